// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
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
    return list("aliases", one -> one.getAsString());
  }

  /** What can be done. */
  public List<Operation> operations() {
    return list("operations", one -> Operation.of(one.getAsString()));
  }

  /** {@code operations} as it came, also where Operation does not know the word. */
  public List<String> operationsText() {
    return texts("operations");
  }

  /** What a delete does. */
  public DeleteMeaning delete() {
    return DeleteMeaning.of(text("delete"));
  }

  /** {@code delete} as it came, also where DeleteMeaning does not know the word. */
  public String deleteText() {
    return text("delete");
  }

  /** The attribute that a new object takes its uid from; the target makes one up if absent. */
  public String uidAttribute() {
    return text("uid_attribute");
  }

  /** The attribute that {@code __NAME__} stands for. Null if absent. */
  public String nameAttribute() {
    return text("name_attribute");
  }

  /** How much of a search the connector understands. */
  public SearchManifest search() {
    return optional("search", SearchManifest::new);
  }

  /** How much of an import the connector understands. */
  public ImportManifest importManifest() {
    return optional("import", ImportManifest::new);
  }

  /** How much of a save the connector understands. */
  public SaveManifest save() {
    return optional("save", SaveManifest::new);
  }

  /**
   * Whether the objects have days: they are read as of a day ({@code as_of}), and change from a day on ({@code
   * effective_date}). Of others, both are refused.
   */
  public boolean dated() {
    return flag("dated");
  }

  /** What to know before using it. */
  public List<String> notes() {
    return list("notes", one -> one.getAsString());
  }
}
