// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** A key of the configuration. */
public final class ConfigurationProperty extends Json {
  ConfigurationProperty(JsonObject json) {
    super(json);
  }

  /** The key. */
  public String name() {
    return text("name");
  }

  /** What people call it. */
  public String displayName() {
    return text("display_name");
  }

  /** What it means and what it may be. */
  public String help() {
    return text("help");
  }

  /**
   * It must be given, whatever else is. What another key can replace is not required: its help says when it is
   * needed.
   */
  public boolean required() {
    return flag("required");
  }

  /** It must not be shown. */
  public boolean confidential() {
    return flag("confidential");
  }

  /** What holds if it is not given. Null if absent. */
  public String defaultValue() {
    return text("default");
  }
}
