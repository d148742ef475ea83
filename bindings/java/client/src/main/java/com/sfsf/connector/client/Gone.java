package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** An object to let go of. */
public final class Gone extends Json {
  Gone(JsonObject json) {
    super(json);
  }

  /** Its class. */
  public String objectClass() {
    return text("object_class");
  }

  /** Its uid. */
  public String uid() {
    return text("uid");
  }

  /** {@code left_filter} or {@code removed}. */
  public String reason() {
    return text("reason");
  }

  /** How we know. */
  public List<Evidence> evidence() {
    return list("evidence", Evidence::new);
  }
}
