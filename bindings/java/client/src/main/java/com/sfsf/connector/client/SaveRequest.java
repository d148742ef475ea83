package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.util.Arrays;

/** What to save. */
public final class SaveRequest {
  private final String objectClass;
  private final JsonObject save = new JsonObject();

  /** These changes to the object with this uid, which is created if it is not there. The uid may be null if the changes have it. */
  public SaveRequest(String objectClass, String uid, Changes changes) {
    this.objectClass = objectClass;
    if (uid != null) {
      save.addProperty("uid", uid);
    }
    save.addProperty("mode", SaveMode.CREATE_OR_UPDATE.word());
    save.add("attributes", changes.json());
  }

  /** As the mode says. */
  public SaveRequest mode(SaveMode mode) {
    save.addProperty("mode", mode.word());
    return this;
  }

  /** From this day on, and not from the target's today. A class without days refuses it. */
  public SaveRequest effectiveDate(LocalDate day) {
    save.addProperty("effective_date", day.toString());
    return this;
  }

  /**
   * Only if this attribute has these values, in whatever order; none means no value. If it has anything else, nothing is written,
   * and {@link ConnectorException.PreconditionFailed} names the attributes that differ.
   */
  public SaveRequest expecting(String attribute, Object... values) {
    if (!save.has("expected")) {
      save.add("expected", new JsonObject());
    }
    save.getAsJsonObject("expected").add(attribute, Values.toWire(attribute, Arrays.asList(values)));
    return this;
  }

  JsonObject params() {
    JsonObject params = save.deepCopy();
    params.addProperty("object_class", objectClass);
    return params;
  }

  /** The parameters of its explanation. */
  JsonObject explained() {
    JsonObject params = new JsonObject();
    params.addProperty("object_class", objectClass);
    params.add("save", save.deepCopy());
    return params;
  }
}
