// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What a save can do besides writing. */
public final class SaveManifest extends Json {
  SaveManifest(JsonObject json) {
    super(json);
  }

  /** It makes objects that are not there. Without it, only those that are there can be changed. */
  public boolean create() {
    return flag("create");
  }

  /** It compares what is there with what is {@code expected}, and writes nothing if that differs. */
  public boolean expected() {
    return flag("expected");
  }

  /** {@code explain} of a save says what would be sent. */
  public boolean dryRun() {
    return flag("dry_run");
  }
}
