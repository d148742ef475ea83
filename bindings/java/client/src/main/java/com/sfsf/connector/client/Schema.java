package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What objects of the tenant look like. */
public final class Schema extends Json {
  Schema(JsonObject json) {
    super(json);
  }

  /** The object classes. */
  public List<ObjectClassInfo> objectClasses() {
    return list("object_classes", ObjectClassInfo::new);
  }
}
