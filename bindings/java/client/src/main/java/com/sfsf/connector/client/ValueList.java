// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;

/** A list of values. */
public final class ValueList extends Json {
  ValueList(JsonObject json) {
    super(json);
  }

  /** Its name. */
  public String name() {
    return text("name");
  }

  /** How long ago the target was asked, in milliseconds. */
  public Duration age() {
    return duration("age_ms");
  }

  /**
   * Its values. Each code comes once, unless the target itself gives it to several values: then their ids and keys
   * tell them apart.
   */
  public List<ListValue> values() {
    return list("values", one -> new ListValue(one.getAsJsonObject()));
  }
}
