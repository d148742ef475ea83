// Generated from the protocol's schema; run `UPDATE_SNAPSHOTS=1 cargo test -p tests --test protocol`.
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
