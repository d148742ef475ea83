// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** A condition that the target does not evaluate. */
public final class Residual extends Json {
  Residual(JsonObject json) {
    super(json);
  }

  /** The condition, as text. */
  public String filter() {
    return text("filter");
  }

  /** Why the target does not evaluate it. */
  public String reason() {
    return text("reason");
  }
}
