package com.sfsf.connector.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;

/**
 * What is to become of the attributes of an object. What is not mentioned stays as it is. A value that cannot be carried is refused
 * at once, with {@link ConnectorException.InvalidAttribute}.
 */
public final class Changes {
  private final JsonObject json = new JsonObject();

  /** These values and no others. */
  public Changes set(String attribute, Object... values) {
    return replace(attribute, Arrays.asList(values));
  }

  /** These values and no others; none clears. */
  public Changes replace(String attribute, Collection<?> values) {
    json.add(attribute, Values.toWire(attribute, values));
    return this;
  }

  /** No value any more. */
  public Changes clear(String attribute) {
    return replace(attribute, Collections.emptyList());
  }

  /** These values besides the others. */
  public Changes add(String attribute, Collection<?> values) {
    return modify(attribute, "add", values);
  }

  /** The others without these values. */
  public Changes remove(String attribute, Collection<?> values) {
    return modify(attribute, "remove", values);
  }

  private Changes modify(String attribute, String how, Collection<?> values) {
    JsonElement present = json.get(attribute);
    if (present == null || !present.isJsonObject()) {
      json.add(attribute, new JsonObject());
    }
    json.getAsJsonObject(attribute).add(how, Values.toWire(attribute, values));
    return this;
  }

  /** The attributes that are mentioned. */
  public Set<String> attributes() {
    return Collections.unmodifiableSet(json.keySet());
  }

  JsonObject json() {
    return json.deepCopy();
  }

  /** The names only: the values may be secret. */
  @Override
  public String toString() {
    return "changes of " + String.join(", ", json.keySet());
  }
}
