package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What an attribute is, and what can be done with it. */
public final class AttributeInfo extends Json {
  AttributeInfo(JsonObject json) {
    super(json);
  }

  /** Its name. */
  public String name() {
    return text("name");
  }

  /** The type of its values: {@code string}, {@code boolean}, {@code integer}, {@code decimal}, {@code date}, {@code date_time},
   * {@code binary}, {@code secret}, {@code reference} or {@code complex}. */
  public String valueType() {
    return text("value_type");
  }

  /** The tenant's name for it where that differs, or null. */
  public String nativeName() {
    return text("native_name");
  }

  /** What people call it, or null. */
  public String label() {
    return text("label");
  }

  /** The class that a reference points to, or null. */
  public String referencedObjectClass() {
    return text("referenced_object_class");
  }

  /** The longest text that the tenant takes, in characters, or null. */
  public Long maxLength() {
    return optionalNumber("max_length");
  }

  /** Whether a create without it fails. */
  public boolean isRequired() {
    return flag("required");
  }

  /** Whether it may have more than one value. */
  public boolean isMultivalued() {
    return flag("multivalued");
  }

  /** Whether it may be given when an object is created. */
  public boolean isCreatable() {
    return flag("creatable");
  }

  /** Whether it may be changed later. */
  public boolean isUpdatable() {
    return flag("updatable");
  }

  /** Whether it can be read. */
  public boolean isReadable() {
    return flag("readable");
  }

  /** Whether it comes with an object without being asked for. */
  public boolean isReturnedByDefault() {
    return flag("returned_by_default");
  }

  /** Whether the tenant itself can filter by it; what it cannot filter by is evaluated by the connector. */
  public boolean isFilterable() {
    return flag("filterable");
  }

  /** Whether the tenant can sort by it. */
  public boolean isSortable() {
    return flag("sortable");
  }

  /** Whether it is personal to a degree that calls for care, or secret. */
  public boolean isSensitive() {
    return flag("sensitive");
  }
}
