// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** What became of one record of a write, and what the target said about it. */
public final class PartResult extends Json {
  PartResult(JsonObject json) {
    super(json);
  }

  /** The entity at the target. */
  public String entity() {
    return text("entity");
  }

  /** The record's key, by the target's names of its parts. */
  public Map<String, String> key() {
    return map("key", one -> one.getAsString());
  }

  /** What became of the record: one that was not sent is {@code not_applied}. */
  public Effect effect() {
    return Effect.of(text("effect"));
  }

  /** {@code effect} as it came, also where Effect does not know the word. */
  public String effectText() {
    return text("effect");
  }

  /** The attributes that are in the record. */
  public List<String> attributes() {
    return list("attributes", one -> one.getAsString());
  }

  /** The target's word for the outcome. */
  public String status() {
    return text("status");
  }

  /** The target's code for the outcome. Null if absent. */
  public Long code() {
    return optionalNumber("code");
  }

  /** The target's text, if it said anything. Null if absent. */
  public String message() {
    return text("message");
  }
}
