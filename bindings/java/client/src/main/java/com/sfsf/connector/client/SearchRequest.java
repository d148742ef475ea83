package com.sfsf.connector.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.util.Collection;

/** What to search for. */
public final class SearchRequest {
  private final JsonObject params = new JsonObject();

  /** All objects of a class. */
  public SearchRequest(String objectClass) {
    params.addProperty("object_class", objectClass);
  }

  /** Only those that satisfy this filter. */
  public SearchRequest filter(Filter filter) {
    params.add("filter", filter.json());
    return this;
  }

  /** Only those that satisfy this filter, in its text form. */
  public SearchRequest filter(String text) {
    return filter(Filter.of(text));
  }

  /** With these attributes and no others. */
  public SearchRequest attributesToGet(Collection<String> names) {
    params.add("attributes_to_get", Json.array(names));
    return this;
  }

  /** In this order; further calls tell what decides among equals. */
  public SearchRequest sortBy(String attribute, boolean ascending) {
    if (!params.has("sort_keys")) {
      params.add("sort_keys", new JsonArray());
    }
    JsonObject key = new JsonObject();
    key.addProperty("attribute", attribute);
    key.addProperty("ascending", ascending);
    params.getAsJsonArray("sort_keys").add(key);
    return this;
  }

  /** The first page of this size. */
  public SearchRequest page(int size) {
    JsonObject page = new JsonObject();
    page.addProperty("size", size);
    params.add("page", page);
    return this;
  }

  /** The page of this size that begins where the page with this cookie ended. */
  public SearchRequest pageAfter(int size, String cookie) {
    page(size);
    params.getAsJsonObject("page").addProperty("cookie", cookie);
    return this;
  }

  /** The page of this size that begins with the object at this place, counted from 1. */
  public SearchRequest pageAt(int size, long offset) {
    page(size);
    params.getAsJsonObject("page").addProperty("offset", offset);
    return this;
  }

  /** As of this day, and not of the target's today. A class without days refuses it. */
  public SearchRequest asOf(LocalDate day) {
    params.addProperty("as_of", day.toString());
    return this;
  }

  JsonObject params() {
    return params.deepCopy();
  }
}
