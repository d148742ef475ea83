// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What a write did. */
public final class SaveOutcome extends Json {
  SaveOutcome(JsonObject json) {
    super(json);
  }

  /** The uid of the object. */
  public String uid() {
    return text("uid");
  }

  /** What was done. */
  public SaveAction action() {
    return SaveAction.of(text("action"));
  }

  /** {@code action} as it came, also where SaveAction does not know the word. */
  public String actionText() {
    return text("action");
  }

  /** Whether the object was there before, and in which state. */
  public Presence presenceBefore() {
    return Presence.of(text("presence_before"));
  }

  /** {@code presenceBefore} as it came, also where Presence does not know the word. */
  public String presenceBeforeText() {
    return text("presence_before");
  }

  /** Its state now. */
  public Presence presence() {
    return Presence.of(text("presence"));
  }

  /** {@code presence} as it came, also where Presence does not know the word. */
  public String presenceText() {
    return text("presence");
  }

  /** The attributes that were written. */
  public List<String> changed() {
    return list("changed", one -> one.getAsString());
  }

  /** The attributes that were as asked for already. */
  public List<String> unchanged() {
    return list("unchanged", one -> one.getAsString());
  }

  /** One result for each entity that was written at the target. */
  public List<PartResult> parts() {
    return list("parts", one -> new PartResult(one.getAsJsonObject()));
  }

  /** What the caller should know besides. */
  public List<String> notices() {
    return list("notices", one -> one.getAsString());
  }
}
