package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What can be done with the objects of a class. */
public final class ObjectClassManifest extends Json {
  ObjectClassManifest(JsonObject json) {
    super(json);
  }

  /** Its name. */
  public String name() {
    return text("name");
  }

  /** Other names for it. */
  public List<String> aliases() {
    return texts("aliases");
  }

  /** The operations, as the protocol names them. */
  public List<String> operations() {
    return texts("operations");
  }

  /** What a delete does: {@code removes} or {@code inactivates}. */
  public String delete() {
    return text("delete");
  }

  /** The attribute that a new object takes its uid from, or null. */
  public String uidAttribute() {
    return text("uid_attribute");
  }

  /** The attribute that {@code __NAME__} stands for, or null. */
  public String nameAttribute() {
    return text("name_attribute");
  }

  /** Whether a search can be sorted. */
  public boolean hasSortKeys() {
    return object("search").get("sort_keys").getAsBoolean();
  }

  /** Whether an import can bring only what has changed. */
  public boolean hasDelta() {
    return object("import").has("delta") && object("import").get("delta").getAsBoolean();
  }

  /** What to know before using it. */
  public List<String> notes() {
    return texts("notes");
  }
}
