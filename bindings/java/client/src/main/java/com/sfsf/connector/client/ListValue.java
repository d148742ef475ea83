package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.Map;

/** One value of a list. */
public final class ListValue extends Json {
  ListValue(JsonObject json) {
    super(json);
  }

  /** What is written into an attribute. */
  public String code() {
    return text("code");
  }

  /** What people call it, or null. */
  public String label() {
    return text("label");
  }

  /** The labels by language. */
  public Map<String, String> labels() {
    return textMap("labels");
  }

  /** Its status, or null. */
  public String status() {
    return text("status");
  }

  /** The key that tells several tenants apart, or null. */
  public String key() {
    return text("key");
  }

  /** The label that tells several tenants apart, or null. */
  public String decode() {
    return text("decode");
  }

  /** The tenant's own id of it, or null. */
  public String id() {
    return text("id");
  }
}
