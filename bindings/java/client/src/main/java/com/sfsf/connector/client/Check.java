package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** One thing that a test looked at. */
public final class Check extends Json {
  Check(JsonObject json) {
    super(json);
  }

  /** What was looked at. */
  public String name() {
    return text("name");
  }

  /** {@code ok} or {@code warning}. */
  public String outcome() {
    return text("outcome");
  }

  /** One sentence. */
  public String detail() {
    return text("detail");
  }
}
