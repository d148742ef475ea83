// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What a save would do. Nothing was written. It fails as the save would fail before anything is sent: what is not
 * there, what may not be written, what was expected and is not so. It cannot tell what the target would refuse.
 */
public final class SaveExplanation extends Json {
  SaveExplanation(JsonObject json) {
    super(json);
  }

  /** The uid of the object; absent of a new one whose uid the target makes up. */
  public String uid() {
    return text("uid");
  }

  /** Whether the object is there now. */
  public Presence presence() {
    return Presence.of(text("presence"));
  }

  /** {@code presence} as it came, also where Presence does not know the word. */
  public String presenceText() {
    return text("presence");
  }

  /** What would be done. */
  public SaveAction action() {
    return SaveAction.of(text("action"));
  }

  /** {@code action} as it came, also where SaveAction does not know the word. */
  public String actionText() {
    return text("action");
  }

  /** The attributes that would be written. */
  public List<String> changed() {
    return list("changed", one -> one.getAsString());
  }

  /** The attributes that are as asked for already. */
  public List<String> unchanged() {
    return list("unchanged", one -> one.getAsString());
  }

  /** What would be sent, in that order. */
  public List<PlannedRecord> records() {
    return list("records", one -> new PlannedRecord(one.getAsJsonObject()));
  }

  /** What the caller should know besides. */
  public List<String> notices() {
    return list("notices", one -> one.getAsString());
  }
}
