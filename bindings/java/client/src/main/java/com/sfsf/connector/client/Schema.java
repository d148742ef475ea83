// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** The object classes of one target, as that very target has them. */
public final class Schema extends Json {
  Schema(JsonObject json) {
    super(json);
  }

  /** The classes. */
  public List<ObjectClassInfo> objectClasses() {
    return list("object_classes", one -> new ObjectClassInfo(one.getAsJsonObject()));
  }
}
