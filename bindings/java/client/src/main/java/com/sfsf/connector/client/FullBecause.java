// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** Why an import brought everything instead of what has changed. */
public final class FullBecause extends Json {
  FullBecause(JsonObject json) {
    super(json);
  }

  /** The reason, to decide by. */
  public FullReason reason() {
    return FullReason.of(text("reason"));
  }

  /** {@code reason} as it came, also where FullReason does not know the word. */
  public String reasonText() {
    return text("reason");
  }

  /** The same in a sentence, with what it is about. */
  public String detail() {
    return text("detail");
  }
}
