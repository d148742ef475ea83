package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What the tenant itself said. */
public final class TargetAnswer extends Json {
  TargetAnswer(JsonObject json) {
    super(json);
  }

  /** The HTTP status, or null. */
  public Long status() {
    return optionalNumber("status");
  }

  /** The code, or null. */
  public String code() {
    return text("code");
  }

  /** The words, or null. */
  public String text() {
    return text("text");
  }
}
