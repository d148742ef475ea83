// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What an import can do besides bringing everything. */
public final class ImportManifest extends Json {
  ImportManifest(JsonObject json) {
    super(json);
  }

  /**
   * It brings what has changed since a {@code sync_token}, hands out checkpoints to go on from, and knows {@code
   * token_only}.
   */
  public boolean delta() {
    return flag("delta");
  }

  /** It looks for {@code missing} objects, and says who is gone. */
  public boolean missing() {
    return flag("missing");
  }
}
