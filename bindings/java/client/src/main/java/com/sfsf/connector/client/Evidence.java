// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** A question that was put to the target, and what it said. */
public final class Evidence extends Json {
  Evidence(JsonObject json) {
    super(json);
  }

  /** The question, as the target understands it. */
  public String query() {
    return text("query");
  }

  /** What it answered, in short. */
  public String answer() {
    return text("answer");
  }
}
