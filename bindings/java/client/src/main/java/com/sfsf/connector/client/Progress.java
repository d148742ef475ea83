package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** How far a stream is. */
public final class Progress extends Json {
  Progress(JsonObject json) {
    super(json);
  }

  /** Objects read so far. */
  public long fetched() {
    return number("fetched");
  }

  /** Objects altogether, or null if nobody knows. */
  public Long total() {
    return optionalNumber("total");
  }
}
