package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.util.Collection;

/** What to import. */
public final class ImportRequest {
  private final JsonObject params = new JsonObject();

  /** All objects of a class. */
  public ImportRequest(String objectClass) {
    params.addProperty("object_class", objectClass);
  }

  /** Only those that satisfy this filter. */
  public ImportRequest filter(Filter filter) {
    params.add("filter", filter.json());
    return this;
  }

  /** With these attributes and no others. */
  public ImportRequest attributesToGet(Collection<String> names) {
    params.add("attributes_to_get", Json.array(names));
    return this;
  }

  /** Only what has changed since the import that handed out this token, or what comes after this checkpoint. */
  public ImportRequest since(String syncToken) {
    params.addProperty("sync_token", syncToken);
    return this;
  }

  /** The uids that a complete import did not bring; whoever of them is nowhere comes as gone. */
  public ImportRequest missing(Collection<String> uids) {
    params.add("missing", Json.array(uids));
    return this;
  }

  /** Nobody: {@link Summary#syncToken()} is then the token with which an import brings what changes from now on. */
  public ImportRequest tokenOnly() {
    params.addProperty("token_only", true);
    return this;
  }

  /** As of this day, and not of the target's today. A class without days refuses it. */
  public ImportRequest asOf(LocalDate day) {
    params.addProperty("as_of", day.toString());
    return this;
  }

  JsonObject params() {
    return params.deepCopy();
  }
}
