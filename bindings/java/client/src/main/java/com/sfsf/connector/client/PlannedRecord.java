// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A record that a save would send. */
public final class PlannedRecord extends Json {
  PlannedRecord(JsonObject json) {
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

  /** The first day on which it holds, where the entity has days. Null if absent. */
  public LocalDate effectiveDate() {
    return day("effective_date");
  }

  /** How it would be sent, for example {@code POST}. */
  public String method() {
    return text("method");
  }

  /** Where to, for example {@code /path?query}. */
  public String path() {
    return text("path");
  }

  /** What would be sent, to the byte, but for secrets: {@code redacted} stands in their place. */
  public String body() {
    return text("body");
  }

  /** The target's names of the properties whose values are redacted in the body. */
  public List<String> redacted() {
    return list("redacted", one -> one.getAsString());
  }

  /** The attributes that are in it. */
  public List<String> attributes() {
    return list("attributes", one -> one.getAsString());
  }
}
