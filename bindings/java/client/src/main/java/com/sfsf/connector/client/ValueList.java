package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** A list of values, such as departments. */
public final class ValueList extends Json {
  ValueList(JsonObject json) {
    super(json);
  }

  /** Its name. */
  public String name() {
    return text("name");
  }

  /** How old the answer is. */
  public java.time.Duration age() {
    return java.time.Duration.ofMillis(number("age_ms"));
  }

  /** The values. */
  public List<ListValue> values() {
    return list("values", ListValue::new);
  }
}
