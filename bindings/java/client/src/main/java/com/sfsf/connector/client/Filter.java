package com.sfsf.connector.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.Collection;

/**
 * A condition that objects satisfy or not. What the tenant cannot filter by is evaluated by the connector: exactly the right
 * objects come, or the filter is refused.
 */
public final class Filter {
  private final JsonElement json;

  private Filter(JsonElement json) {
    this.json = json;
  }

  /** A filter in its text form: {@code status eq 't' and startswith(lastName,'S')}. */
  public static Filter of(String text) {
    return new Filter(new JsonPrimitive(text));
  }

  /** The attribute has this value. */
  public static Filter equal(String attribute, Object value) {
    return of("equal", attribute, Values.toWire(attribute, value));
  }

  /** The attribute has a value greater than this one. */
  public static Filter greater(String attribute, Object value) {
    return of("greater", attribute, Values.toWire(attribute, value));
  }

  /** The attribute has this value or a greater one. */
  public static Filter greaterOrEqual(String attribute, Object value) {
    return of("greater_or_equal", attribute, Values.toWire(attribute, value));
  }

  /** The attribute has a value less than this one. */
  public static Filter less(String attribute, Object value) {
    return of("less", attribute, Values.toWire(attribute, value));
  }

  /** The attribute has this value or one that is less. */
  public static Filter lessOrEqual(String attribute, Object value) {
    return of("less_or_equal", attribute, Values.toWire(attribute, value));
  }

  /** The attribute has this text as a value, in whatever case. */
  public static Filter equalsIgnoreCase(String attribute, String text) {
    return of("equals_ignore_case", attribute, new JsonPrimitive(text));
  }

  /** The attribute has a value that starts with this text; with an empty text, any value. */
  public static Filter startsWith(String attribute, String text) {
    return of("starts_with", attribute, new JsonPrimitive(text));
  }

  /** The attribute has a value that ends with this text. */
  public static Filter endsWith(String attribute, String text) {
    return of("ends_with", attribute, new JsonPrimitive(text));
  }

  /** The attribute has a value that contains this text. */
  public static Filter contains(String attribute, String text) {
    return of("contains", attribute, new JsonPrimitive(text));
  }

  /** The attribute has one of these values. */
  public static Filter in(String attribute, Collection<?> values) {
    return of("in", attribute, Values.toWire(attribute, values));
  }

  /** The attribute has all of these values. */
  public static Filter containsAll(String attribute, Collection<?> values) {
    return of("contains_all", attribute, Values.toWire(attribute, values));
  }

  /** The attribute has a value. */
  public static Filter present(String attribute) {
    return of("present", new JsonPrimitive(attribute));
  }

  /** All of these hold. */
  public static Filter and(Filter... filters) {
    return of("and", all(Arrays.asList(filters)));
  }

  /** One of these holds. */
  public static Filter or(Filter... filters) {
    return of("or", all(Arrays.asList(filters)));
  }

  /** This does not hold. */
  public static Filter not(Filter filter) {
    return of("not", filter.json);
  }

  private static JsonArray all(Collection<Filter> filters) {
    JsonArray array = new JsonArray();
    filters.forEach(filter -> array.add(filter.json));
    return array;
  }

  private static Filter of(String key, String attribute, JsonElement value) {
    JsonArray pair = new JsonArray();
    pair.add(attribute);
    pair.add(value);
    return of(key, pair);
  }

  private static Filter of(String key, JsonElement inner) {
    JsonObject object = new JsonObject();
    object.add(key, inner);
    return new Filter(object);
  }

  JsonElement json() {
    return json;
  }

  /** As the protocol has it. */
  @Override
  public String toString() {
    return json.toString();
  }
}
