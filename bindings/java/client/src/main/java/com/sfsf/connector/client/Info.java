package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** The connector that was loaded. */
public final class Info extends Json {
  Info(JsonObject json) {
    super(json);
  }

  /** The protocol that it speaks. */
  public String protocol() {
    return text("protocol");
  }

  /** What it can do. */
  public Manifest manifest() {
    return new Manifest(object("manifest"));
  }
}
