// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.Map;

/** One value of a list. */
public final class ListValue extends Json {
  ListValue(JsonObject json) {
    super(json);
  }

  /** What is written into an attribute. */
  public String code() {
    return text("code");
  }

  /** What people read, in the target's own language; the code if it has no label. */
  public String label() {
    return text("label");
  }

  /** The label in each language that it has, by locale, such as {@code de_DE}. */
  public Map<String, String> labels() {
    return map("labels", one -> one.getAsString());
  }

  /** Whether it may be chosen still. */
  public ValueStatus status() {
    return ValueStatus.of(text("status"));
  }

  /** {@code status} as it came, also where ValueStatus does not know the word. */
  public String statusText() {
    return text("status");
  }

  /**
   * The code with the instance of the target before it, so that the lists of several instances do not meet: {@code
   * 101~VP-MKT}. If several values of the list have this code, their ids are in the place of it.
   */
  public String key() {
    return text("key");
  }

  /** The label with the name of the instance before it. */
  public String decode() {
    return text("decode");
  }

  /** The target's own id of the value, where that is not its code. Null if absent. */
  public String id() {
    return text("id");
  }
}
