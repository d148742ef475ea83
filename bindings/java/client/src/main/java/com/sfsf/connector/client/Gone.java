// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** An object that the caller has to let go of, if it has it. */
public final class Gone extends Json {
  Gone(JsonObject json) {
    super(json);
  }

  /** Its class. */
  public String objectClass() {
    return text("object_class");
  }

  /** Its uid. */
  public String uid() {
    return text("uid");
  }

  /** What became of it. */
  public GoneReason reason() {
    return GoneReason.of(text("reason"));
  }

  /** {@code reason} as it came, also where GoneReason does not know the word. */
  public String reasonText() {
    return text("reason");
  }

  /** Why, where that is known. */
  public GoneCause cause() {
    return GoneCause.of(text("cause"));
  }

  /** {@code cause} as it came, also where GoneCause does not know the word. */
  public String causeText() {
    return text("cause");
  }

  /** Its uid from now on, if it was renamed. Null if absent. */
  public String newUid() {
    return text("new_uid");
  }

  /** How we know. */
  public List<Evidence> evidence() {
    return list("evidence", one -> new Evidence(one.getAsJsonObject()));
  }
}
