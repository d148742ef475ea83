package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What became of a change. */
public final class SaveOutcome extends Json {
  SaveOutcome(JsonObject json) {
    super(json);
  }

  /** The uid of the object. */
  public String uid() {
    return text("uid");
  }

  /** {@code created}, {@code updated}, {@code revived}, {@code suspended}, {@code deleted} or {@code unchanged}. */
  public String action() {
    return text("action");
  }

  /** Whether the object was there before. */
  public String presenceBefore() {
    return text("presence_before");
  }

  /** Whether it is there now. */
  public String presence() {
    return text("presence");
  }

  /** The attributes that were written. */
  public List<String> changed() {
    return texts("changed");
  }

  /** The attributes that were so already. */
  public List<String> unchanged() {
    return texts("unchanged");
  }

  /** What the tenant said, part by part. */
  public List<Part> parts() {
    return list("parts", Part::new);
  }

  /** Sentences for people. */
  public List<String> notices() {
    return texts("notices");
  }
}
