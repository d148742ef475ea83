// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What a connector can do. It is generated from the code and the same over every carrier. */
public final class Manifest extends Json {
  Manifest(JsonObject json) {
    super(json);
  }

  /** The connector's name, for example {@code sfsf}. */
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

  /** The version of the wire protocol that it speaks. */
  public String protocol() {
    return text("protocol");
  }

  /** The minor version of that protocol. */
  public long protocolMinor() {
    return number("protocol_minor");
  }

  /** Its object classes. */
  public List<ObjectClassManifest> objectClasses() {
    return list("object_classes", one -> new ObjectClassManifest(one.getAsJsonObject()));
  }

  /** Its lists of values. */
  public List<LookupManifest> lookups() {
    return list("lookups", one -> new LookupManifest(one.getAsJsonObject()));
  }

  /** The keys of its configuration. */
  public List<ConfigurationProperty> configuration() {
    return list("configuration", one -> new ConfigurationProperty(one.getAsJsonObject()));
  }
}
