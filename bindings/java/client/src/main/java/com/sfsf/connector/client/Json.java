package com.sfsf.connector.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.sfsf.connector.client.transport.StrictJson;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that came as JSON. Fields that a newer connector may add are passed over; what is left out is null, false, zero or
 * empty.
 */
abstract class Json {
  private final JsonObject json;

  Json(JsonObject json) {
    this.json = json;
  }

  /** As it came. */
  @Override
  public final String toString() {
    return json.toString();
  }

  /** Two are equal if they came with the same fields. */
  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass() && ((Json) other).json.equals(json);
  }

  @Override
  public final int hashCode() {
    return json.hashCode();
  }

  final String text(String name) {
    JsonElement value = get(json, name);
    return value == null ? null : value.getAsString();
  }

  final boolean flag(String name) {
    JsonElement value = get(json, name);
    return value != null && value.getAsBoolean();
  }

  final long number(String name) {
    Long value = optionalNumber(name);
    return value == null ? 0 : value;
  }

  final Long optionalNumber(String name) {
    JsonElement value = get(json, name);
    return value == null ? null : Long.valueOf(value.getAsLong());
  }

  final JsonObject object(String name) {
    JsonElement value = get(json, name);
    return value == null ? new JsonObject() : value.getAsJsonObject();
  }

  final <T> T optional(String name, Function<JsonObject, T> make) {
    JsonElement value = get(json, name);
    return value == null ? null : make.apply(value.getAsJsonObject());
  }

  final <T> List<T> list(String name, Function<JsonElement, T> make) {
    JsonElement value = get(json, name);
    return value == null ? Collections.emptyList() : elements(value, make);
  }

  final List<String> texts(String name) {
    return list(name, JsonElement::getAsString);
  }

  final <T> Map<String, T> map(String name, Function<JsonElement, T> make) {
    return members(object(name), make);
  }

  final Boolean optionalFlag(String name) {
    JsonElement value = get(json, name);
    return value == null ? null : Boolean.valueOf(value.getAsBoolean());
  }

  /** A span of time in milliseconds, or null. */
  final Duration duration(String name) {
    Long value = optionalNumber(name);
    return value == null ? null : Duration.ofMillis(value);
  }

  /** A day, or null. */
  final LocalDate day(String name) {
    String text = text(name);
    return text == null ? null : LocalDate.parse(text);
  }

  static JsonElement get(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null || value.isJsonNull() ? null : value;
  }

  static <T> List<T> elements(JsonElement list, Function<JsonElement, T> make) {
    List<T> made = new ArrayList<>();
    list.getAsJsonArray().forEach(one -> made.add(make.apply(one)));
    return Collections.unmodifiableList(made);
  }

  static <T> Map<String, T> members(JsonElement object, Function<JsonElement, T> make) {
    Map<String, T> made = new LinkedHashMap<>();
    object.getAsJsonObject().entrySet().forEach(one -> made.put(one.getKey(), make.apply(one.getValue())));
    return Collections.unmodifiableMap(made);
  }

  static JsonArray array(Iterable<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  /** A text that should be a JSON object; null if it is none. */
  static JsonObject parse(String text) {
    try {
      return StrictJson.object(text);
    } catch (JsonParseException notJson) {
      return null;
    }
  }
}
