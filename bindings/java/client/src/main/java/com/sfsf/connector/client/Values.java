package com.sfsf.connector.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.sfsf.connector.client.transport.Texts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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

  /** Values within values. What is deeper, or holds itself, is no value. */
  private static final int DEEPEST = 100;

  /** The largest exponent of a decimal number. */
  private static final int LARGEST_EXPONENT = 1000;

  private static final int SECONDS_OF_A_MINUTE = 60;

  private Values() {}

  /** The values of an attribute, as the protocol has them; a refusal names it. */
  static JsonElement toWire(String attribute, Object value) {
    try {
      return toWire(value);
    } catch (ConnectorException refused) {
      throw ConnectorException.invalidAttribute(attribute, refused.getMessage());
    }
  }

  /**
   * A value, or what is made of values, as the protocol has it.
   *
   * @throws ConnectorException if it cannot be carried as it is; the message has no part of it
   */
  static JsonElement toWire(Object value) {
    return toWire(value, 0);
  }

  private static JsonElement toWire(Object value, int depth) {
    if (depth > DEEPEST) {
      throw ConnectorException.invalidRequest("it is nested too deeply, or holds itself");
    }
    if (value == null) {
      return JsonNull.INSTANCE;
    }
    if (value instanceof JsonElement) {
      return (JsonElement) value;
    }
    if (value instanceof Iterable && !(value instanceof Path)) {
      JsonArray array = new JsonArray();
      ((Iterable<?>) value).forEach(inner -> array.add(toWire(inner, depth + 1)));
      return array;
    }
    if (value instanceof Map) {
      JsonObject object = new JsonObject();
      ((Map<?, ?>) value).forEach((name, inner) -> object.add(name(name), toWire(inner, depth + 1)));
      return object;
    }
    return scalar(value);
  }

  private static String name(Object name) {
    if (name instanceof CharSequence) {
      return Texts.whole(name.toString());
    }
    throw ConnectorException.invalidRequest("a name is a text, and no " + (name == null ? "null" : name.getClass().getName()));
  }

  private static JsonElement scalar(Object value) {
    if (value instanceof Boolean) {
      return new JsonPrimitive((Boolean) value);
    }
    if (value instanceof Number) {
      return number((Number) value);
    }
    if (value instanceof CharSequence || value instanceof Character) {
      return new JsonPrimitive(Texts.whole(value.toString()));
    }
    if (value instanceof Secret) {
      return tagged("$secret", Texts.whole(((Secret) value).reveal()));
    }
    if (value instanceof byte[]) {
      return tagged("$binary", Base64.getEncoder().encodeToString((byte[]) value));
    }
    if (value instanceof Reference) {
      return reference((Reference) value);
    }
    return temporal(value);
  }

  private static JsonElement temporal(Object value) {
    if (value instanceof LocalDate) {
      return tagged("$date", value.toString());
    }
    if (value instanceof OffsetDateTime) {
      return tagged("$date_time", time((OffsetDateTime) value));
    }
    if (value instanceof ZonedDateTime) {
      return tagged("$date_time", time(((ZonedDateTime) value).toOffsetDateTime()));
    }
    if (value instanceof Instant) {
      return tagged("$date_time", value.toString());
    }
    if (value instanceof LocalDateTime) {
      throw ConnectorException.invalidRequest("a time needs its offset: take an OffsetDateTime, or a LocalDate for a day");
    }
    throw ConnectorException.invalidRequest("a " + value.getClass().getName() + " is no value of an attribute");
  }

  private static JsonObject reference(Reference value) {
    JsonObject reference = new JsonObject();
    reference.addProperty("object_class", Texts.whole(value.objectClass()));
    reference.addProperty("uid", Texts.whole(value.uid()));
    JsonObject tagged = new JsonObject();
    tagged.add("$reference", reference);
    return tagged;
  }

  /** With its own offset: where a day is wanted, it is the day of this clock. */
  private static String time(OffsetDateTime time) {
    if (time.getOffset().getTotalSeconds() % SECONDS_OF_A_MINUTE != 0) {
      throw ConnectorException.invalidRequest("the offset of its time zone has seconds");
    }
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }

  private static JsonElement number(Number value) {
    BigDecimal number = decimal(value);
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal || number.scale() > 0) {
      return tagged("$decimal", number.toPlainString());
    }
    BigInteger whole = number.toBigIntegerExact();
    if (whole.bitLength() >= Long.SIZE) {
      throw ConnectorException.invalidRequest("it is a whole number of more than 64 bits");
    }
    boolean exact = whole.abs().compareTo(BigInteger.valueOf(EXACT_IN_EVERY_JSON)) <= 0;
    return exact ? new JsonPrimitive(whole) : tagged("$integer", whole.toString());
  }

  private static BigDecimal decimal(Number value) {
    BigDecimal number;
    try {
      number = new BigDecimal(value.toString());
    } catch (NumberFormatException none) {
      throw ConnectorException.invalidRequest("what is no number, or infinite, cannot be carried");
    }
    long exponent = (long) number.precision() - number.scale();
    if (Math.max(Math.abs((long) number.scale()), Math.abs(exponent)) > LARGEST_EXPONENT) {
      throw ConnectorException.invalidRequest("it has an exponent beyond " + LARGEST_EXPONENT);
    }
    return number;
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
