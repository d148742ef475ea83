// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** A list of values, for {@code lookup}. */
public final class LookupManifest extends Json {
  LookupManifest(JsonObject json) {
    super(json);
  }

  /** Its name; one that ends with {@code :} goes on with the name of a list of the target. */
  public String name() {
    return text("name");
  }

  /** What is in it. */
  public String help() {
    return text("help");
  }
}
