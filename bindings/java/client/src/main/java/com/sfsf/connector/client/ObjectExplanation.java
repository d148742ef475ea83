// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** How presence and state of an object come about. */
public final class ObjectExplanation extends Json {
  ObjectExplanation(JsonObject json) {
    super(json);
  }

  /** Its uid. */
  public String uid() {
    return text("uid");
  }

  /** Whether it is there. */
  public Presence presence() {
    return Presence.of(text("presence"));
  }

  /** {@code presence} as it came, also where Presence does not know the word. */
  public String presenceText() {
    return text("presence");
  }

  /** Whether the account is enabled, if there is one. Null if absent. */
  public Boolean enabled() {
    return optionalFlag("enabled");
  }

  /** What was asked, and what the target said. */
  public List<Evidence> evidence() {
    return list("evidence", one -> new Evidence(one.getAsJsonObject()));
  }

  /** What follows from that, and why, in sentences. */
  public List<String> reasons() {
    return list("reasons", one -> one.getAsString());
  }
}
