// Generated from the protocol's schema; run `UPDATE_SNAPSHOTS=1 cargo test -p tests --test protocol`.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What the target said about one entity of a write. */
public final class PartResult extends Json {
  PartResult(JsonObject json) {
    super(json);
  }

  /** The entity at the target. */
  public String entity() {
    return text("entity");
  }

  /** The target's word for the outcome. */
  public String status() {
    return text("status");
  }

  /** The target's code for the outcome. Null if absent. */
  public Long code() {
    return optionalNumber("code");
  }

  /** The target's text, if it said anything. Null if absent. */
  public String message() {
    return text("message");
  }
}
