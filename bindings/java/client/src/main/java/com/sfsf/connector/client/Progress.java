// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** How far a stream is. */
public final class Progress extends Json {
  Progress(JsonObject json) {
    super(json);
  }

  /** Records read so far. */
  public long fetched() {
    return number("fetched");
  }

  /** Records in all, where the target said so. Null if absent. */
  public Long total() {
    return optionalNumber("total");
  }
}
