// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What an operation cost the target. */
public final class Cost extends Json {
  Cost(JsonObject json) {
    super(json);
  }

  /** Requests sent, repeats included. */
  public long requests() {
    return number("requests");
  }

  /** Repeats among them. */
  public long retries() {
    return number("retries");
  }

  /** Bytes of answers, after decompression. */
  public long bytes() {
    return number("bytes");
  }
}
