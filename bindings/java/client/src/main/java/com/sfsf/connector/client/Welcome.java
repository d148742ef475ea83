// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** The answer to {@code hello}: who is there, and what can be done. */
public final class Welcome extends Json {
  Welcome(JsonObject json) {
    super(json);
  }

  /** The protocol. */
  public String protocol() {
    return text("protocol");
  }

  /** Its minor version. */
  public long protocolMinor() {
    return number("protocol_minor");
  }

  /** Who answers. */
  public Server server() {
    return optional("server", Server::new);
  }

  /** How much is taken. */
  public Limits limits() {
    return optional("limits", Limits::new);
  }

  /** What the connector can do. */
  public Manifest manifest() {
    return optional("manifest", Manifest::new);
  }
}
