package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.util.Collection;

/** Whom to get. */
public final class GetRequest {
  private final JsonObject params = new JsonObject();

  /** The object with this uid, or with this value of the attribute to look {@link #by}. */
  public GetRequest(String objectClass, String uid) {
    params.addProperty("object_class", objectClass);
    params.addProperty("uid", uid);
  }

  /** By this attribute, such as {@code __NAME__}. */
  public GetRequest by(String attribute) {
    params.addProperty("by", attribute);
    return this;
  }

  /** With these attributes and no others. */
  public GetRequest attributesToGet(Collection<String> names) {
    params.add("attributes_to_get", Json.array(names));
    return this;
  }

  /** As of this day, and not of the target's today. A class without days refuses it. */
  public GetRequest asOf(LocalDate day) {
    params.addProperty("as_of", day.toString());
    return this;
  }

  JsonObject params() {
    return params.deepCopy();
  }
}
