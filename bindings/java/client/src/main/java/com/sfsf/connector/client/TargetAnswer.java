// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What the target itself said, kept apart from our own words. */
public final class TargetAnswer extends Json {
  TargetAnswer(JsonObject json) {
    super(json);
  }

  /** The status of the answer, such as an HTTP status. Null if absent. */
  public Long status() {
    return optionalNumber("status");
  }

  /** The target's own error code. Null if absent. */
  public String code() {
    return text("code");
  }

  /** The target's own text, shortened if it is long. Null if absent. */
  public String text() {
    return text("text");
  }
}
