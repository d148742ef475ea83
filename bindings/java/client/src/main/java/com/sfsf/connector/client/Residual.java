// Generated from the protocol's schema; run `UPDATE_SNAPSHOTS=1 cargo test -p tests --test protocol`.
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
