package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** A query, and what the tenant answered. */
public final class Evidence extends Json {
  Evidence(JsonObject json) {
    super(json);
  }

  /** What was asked. */
  public String query() {
    return text("query");
  }

  /** What was answered. */
  public String answer() {
    return text("answer");
  }
}
