package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What the tenant said to one part of a change. */
public final class Part extends Json {
  Part(JsonObject json) {
    super(json);
  }

  /** The entity that was written. */
  public String entity() {
    return text("entity");
  }

  /** What became of it. */
  public String status() {
    return text("status");
  }

  /** The code, or null. */
  public Long code() {
    return optionalNumber("code");
  }

  /** The words, or null. */
  public String message() {
    return text("message");
  }
}
