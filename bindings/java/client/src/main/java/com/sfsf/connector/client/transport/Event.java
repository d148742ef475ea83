package com.sfsf.connector.client.transport;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** One event of a request. */
public final class Event {
  private final String line;
  private JsonObject json;

  Event(String line) {
    this.line = line;
  }

  /** As it came: one JSON object. */
  public String line() {
    return line;
  }

  /** What it says. */
  public JsonObject json() {
    if (json == null) {
      json = StrictJson.object(line);
    }
    return json;
  }

  /** What kind of notification it is; null for a result or an error. */
  public String method() {
    JsonElement method = json().get("method");
    return method == null ? null : method.getAsString();
  }

  boolean isFinal() {
    return method() == null;
  }
}
