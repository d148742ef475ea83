// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** One attribute of an object class. Flags that are false are left out of the JSON. */
public final class AttributeInfo extends Json {
  AttributeInfo(JsonObject json) {
    super(json);
  }

  /** Its name. */
  public String name() {
    return text("name");
  }

  /** The target's name for it, where that differs. Null if absent. */
  public String nativeName() {
    return text("native_name");
  }

  /** What people call it. Null if absent. */
  public String label() {
    return text("label");
  }

  /** The type of its values. */
  public ValueType valueType() {
    return ValueType.of(text("value_type"));
  }

  /** {@code valueType} as it came, also where ValueType does not know the word. */
  public String valueTypeText() {
    return text("value_type");
  }

  /** The parts of its values, where they are complex: what each is called and may hold. */
  public List<AttributeInfo> attributes() {
    return list("attributes", one -> new AttributeInfo(one.getAsJsonObject()));
  }

  /** The list that its values are codes of: what {@code lookup} takes as {@code name}. Null if absent. */
  public String valueList() {
    return text("value_list");
  }

  /** The class that a reference points to. Null if absent. */
  public String referencedObjectClass() {
    return text("referenced_object_class");
  }

  /** The longest text that the target takes, in characters. Null if absent. */
  public Long maxLength() {
    return optionalNumber("max_length");
  }

  /** A create without it fails. */
  public boolean required() {
    return flag("required");
  }

  /** It may have more than one value. */
  public boolean multivalued() {
    return flag("multivalued");
  }

  /** It may be given when an object is created. */
  public boolean creatable() {
    return flag("creatable");
  }

  /** It may be changed later. */
  public boolean updatable() {
    return flag("updatable");
  }

  /** It can be read. */
  public boolean readable() {
    return flag("readable");
  }

  /** It comes with an object without being asked for. */
  public boolean returnedByDefault() {
    return flag("returned_by_default");
  }

  /** The target itself can filter by it. What it cannot filter by is evaluated here, after reading. */
  public boolean filterable() {
    return flag("filterable");
  }

  /** The target can sort by it. */
  public boolean sortable() {
    return flag("sortable");
  }

  /** It is personal to a degree that calls for care, or secret. */
  public boolean sensitive() {
    return flag("sensitive");
  }
}
