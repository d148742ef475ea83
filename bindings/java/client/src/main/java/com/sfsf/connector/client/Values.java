package com.sfsf.connector.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of attributes. What JSON has no type for is tagged on the wire and has a type of its own here:
 *
 * <p>{@link String}, {@link Boolean}, {@link Long} (and {@link BigInteger} beyond it), {@link BigDecimal}, {@link LocalDate},
 * {@link OffsetDateTime}, {@code byte[]}, {@link Reference}, {@link Secret}, and {@link Map} for values with named parts.
 */
final class Values {
  private static final long EXACT_IN_EVERY_JSON = 1L << 53;

  private Values() {}

  /** A value, or what is made of values, as the protocol has it. */
  static JsonElement toWire(Object value) {
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof JsonElement) {
      return (JsonElement) value;
    }
    if (value instanceof Iterable) {
      JsonArray array = new JsonArray();
      ((Iterable<?>) value).forEach(inner -> array.add(toWire(inner)));
      return array;
    }
    if (value instanceof Map) {
      JsonObject object = new JsonObject();
      ((Map<?, ?>) value).forEach((name, inner) -> object.add(name.toString(), toWire(inner)));
      return object;
    }
    return scalar(value);
  }

  private static JsonElement scalar(Object value) {
    if (value instanceof Boolean) {
      return new JsonPrimitive((Boolean) value);
    }
    if (value instanceof Number) {
      return number((Number) value);
    }
    if (value instanceof Secret) {
      return tagged("$secret", ((Secret) value).reveal());
    }
    if (value instanceof LocalDate) {
      return tagged("$date", value.toString());
    }
    if (value instanceof OffsetDateTime) {
      return tagged("$date_time", ((OffsetDateTime) value).toInstant().toString());
    }
    if (value instanceof ZonedDateTime) {
      return tagged("$date_time", ((ZonedDateTime) value).toInstant().toString());
    }
    if (value instanceof Instant) {
      return tagged("$date_time", value.toString());
    }
    if (value instanceof byte[]) {
      return tagged("$binary", Base64.getEncoder().encodeToString((byte[]) value));
    }
    if (value instanceof Reference) {
      JsonObject reference = new JsonObject();
      reference.addProperty("object_class", ((Reference) value).objectClass());
      reference.addProperty("uid", ((Reference) value).uid());
      JsonObject tagged = new JsonObject();
      tagged.add("$reference", reference);
      return tagged;
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return new JsonPrimitive(value.toString());
    }
    throw ConnectorException.invalidRequest("a " + value.getClass().getName() + " is no value of an attribute");
  }

  private static JsonElement number(Number value) {
    if (value instanceof Double || value instanceof Float) {
      return tagged("$decimal", new BigDecimal(value.toString()).toPlainString());
    }
    if (value instanceof BigDecimal) {
      return tagged("$decimal", ((BigDecimal) value).toPlainString());
    }
    BigInteger whole = new BigInteger(value.toString());
    boolean exact = whole.abs().compareTo(BigInteger.valueOf(EXACT_IN_EVERY_JSON)) <= 0;
    return exact ? new JsonPrimitive(whole) : tagged("$integer", whole.toString());
  }

  private static JsonObject tagged(String tag, String text) {
    JsonObject object = new JsonObject();
    object.addProperty(tag, text);
    return object;
  }

  /** The values of an attribute. */
  static List<Object> listFromWire(JsonElement values) {
    List<Object> list = new ArrayList<>();
    values.getAsJsonArray().forEach(value -> list.add(fromWire(value)));
    return list;
  }

  /** A value of the protocol as Java has it. A tag that is not known is left as it is. */
  static Object fromWire(JsonElement value) {
    if (value.isJsonNull()) {
      return null;
    }
    if (value.isJsonArray()) {
      return listFromWire(value);
    }
    if (value.isJsonPrimitive()) {
      return primitive(value.getAsJsonPrimitive());
    }
    JsonObject object = value.getAsJsonObject();
    if (object.size() == 1) {
      Map.Entry<String, JsonElement> only = object.entrySet().iterator().next();
      Object typed = untagged(only.getKey(), only.getValue());
      if (typed != null) {
        return typed;
      }
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    object.entrySet().forEach(part -> parts.put(part.getKey(), fromWire(part.getValue())));
    return parts;
  }

  private static Object primitive(JsonPrimitive value) {
    if (value.isBoolean()) {
      return value.getAsBoolean();
    }
    if (!value.isNumber()) {
      return value.getAsString();
    }
    BigDecimal number = value.getAsBigDecimal();
    return number.scale() <= 0 ? whole(number.toBigInteger()) : number;
  }

  private static Object whole(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private static Object untagged(String tag, JsonElement inner) {
    switch (tag) {
      case "$date":
        return LocalDate.parse(inner.getAsString());
      case "$date_time":
        return OffsetDateTime.parse(inner.getAsString());
      case "$decimal":
        return new BigDecimal(inner.getAsString());
      case "$integer":
        return whole(new BigInteger(inner.getAsString()));
      case "$binary":
        return Base64.getDecoder().decode(inner.getAsString());
      case "$secret":
        return new Secret(inner.getAsString());
      case "$reference":
        JsonObject reference = inner.getAsJsonObject();
        return new Reference(reference.get("object_class").getAsString(), reference.get("uid").getAsString());
      default:
        return null;
    }
  }
}
