// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** One object class. */
public final class ObjectClassInfo extends Json {
  ObjectClassInfo(JsonObject json) {
    super(json);
  }

  /** Its name, as the target calls it. */
  public String name() {
    return text("name");
  }

  /** Other names that are understood, such as {@code __ACCOUNT__}. */
  public List<String> aliases() {
    return list("aliases", one -> one.getAsString());
  }

  /** Its attributes. */
  public List<AttributeInfo> attributes() {
    return list("attributes", one -> new AttributeInfo(one.getAsJsonObject()));
  }
}
