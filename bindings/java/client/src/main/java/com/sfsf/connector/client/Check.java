// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** One step of a test. */
public final class Check extends Json {
  Check(JsonObject json) {
    super(json);
  }

  /** What was tried, for example {@code token}. */
  public String name() {
    return text("name");
  }

  /** How it went. */
  public CheckOutcome outcome() {
    return CheckOutcome.of(text("outcome"));
  }

  /** {@code outcome} as it came, also where CheckOutcome does not know the word. */
  public String outcomeText() {
    return text("outcome");
  }

  /** What was seen. */
  public String detail() {
    return text("detail");
  }
}
