// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What an import can do besides bringing everything. */
public final class ImportManifest extends Json {
  ImportManifest(JsonObject json) {
    super(json);
  }

  /** It brings what has changed since a {@code sync_token}, and knows {@code token_only}. */
  public boolean delta() {
    return flag("delta");
  }

  /** It hands out checkpoints: after one of them as {@code sync_token}, the run goes on that it is of. */
  public boolean resume() {
    return flag("resume");
  }

  /** It looks for {@code missing} objects, and says who is gone. */
  public boolean missing() {
    return flag("missing");
  }
}
