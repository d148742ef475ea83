// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What became of looking for an object. That it is not there is an answer, not an error. */
public final class GetOutcome extends Json {
  GetOutcome(JsonObject json) {
    super(json);
  }

  /** Whether it is there. */
  public Presence presence() {
    return Presence.of(text("presence"));
  }

  /** {@code presence} as it came, also where Presence does not know the word. */
  public String presenceText() {
    return text("presence");
  }

  /** The object, if it is there. Null if absent. */
  public ConnectorObject object() {
    return optional("object", ConnectorObject::new);
  }

  /** Whom it may mean, if it is {@code Ambiguous}; the first of them if they are many. */
  public List<String> candidates() {
    return list("candidates", one -> one.getAsString());
  }

  /** How we know. */
  public List<Evidence> evidence() {
    return list("evidence", one -> new Evidence(one.getAsJsonObject()));
  }

  /**
   * Attributes that were asked for and did not come. They are left out of the object: whether they have a value is
   * not known.
   */
  public List<String> withheld() {
    return list("withheld", one -> one.getAsString());
  }

  /** What the caller should know besides. */
  public List<String> notices() {
    return list("notices", one -> one.getAsString());
  }
}
