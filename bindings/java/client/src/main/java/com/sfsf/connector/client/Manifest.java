package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What the connector can do. */
public final class Manifest extends Json {
  Manifest(JsonObject json) {
    super(json);
  }

  /** Its name. */
  public String name() {
    return text("name");
  }

  /** What people call it. */
  public String displayName() {
    return text("display_name");
  }

  /** Its version. */
  public String version() {
    return text("version");
  }

  /** The protocol that it speaks. */
  public String protocol() {
    return text("protocol");
  }

  /** Its object classes. */
  public List<ObjectClassManifest> objectClasses() {
    return list("object_classes", ObjectClassManifest::new);
  }
}
