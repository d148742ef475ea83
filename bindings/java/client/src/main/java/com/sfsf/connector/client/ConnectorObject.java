package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of the tenant. */
public final class ConnectorObject extends Json {
  private final Map<String, List<Object>> attributes = new LinkedHashMap<>();

  ConnectorObject(JsonObject json) {
    super(json);
    object("attributes")
        .entrySet()
        .forEach(
            attribute ->
                attributes.put(
                    attribute.getKey(), Collections.unmodifiableList(Values.listFromWire(attribute.getValue()))));
  }

  /** Its class. */
  public String objectClass() {
    return text("object_class");
  }

  /** What it is told apart by, and what never changes. */
  public String uid() {
    return text("uid");
  }

  /** What people call it by. */
  public String name() {
    return text("name");
  }

  /** The values of each attribute. A list may be empty: the attribute is known and has no value. */
  public Map<String, List<Object>> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  /** The first value of an attribute, or null. */
  public Object first(String attribute) {
    List<Object> values = attributes.get(attribute);
    return values == null || values.isEmpty() ? null : values.get(0);
  }
}
