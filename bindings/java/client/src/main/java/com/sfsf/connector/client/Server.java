// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** The program or library that answers. */
public final class Server extends Json {
  Server(JsonObject json) {
    super(json);
  }

  /** Its name. */
  public String name() {
    return text("name");
  }

  /** Its version. */
  public String version() {
    return text("version");
  }
}
