package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** An object class of the tenant. */
public final class ObjectClassInfo extends Json {
  ObjectClassInfo(JsonObject json) {
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

  /** Its attributes. */
  public List<AttributeInfo> attributes() {
    return list("attributes", AttributeInfo::new);
  }
}
