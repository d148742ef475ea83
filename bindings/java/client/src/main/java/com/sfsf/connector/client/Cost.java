package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What a stream asked of the tenant. */
public final class Cost extends Json {
  Cost(JsonObject json) {
    super(json);
  }

  /** Requests. */
  public long requests() {
    return number("requests");
  }

  /** How many of them were repeats. */
  public long retries() {
    return number("retries");
  }

  /** Bytes that came. */
  public long bytes() {
    return number("bytes");
  }
}
