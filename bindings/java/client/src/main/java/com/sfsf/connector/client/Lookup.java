package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** Whether somebody is there, who it is, and how we know. */
public final class Lookup extends Json {
  Lookup(JsonObject json) {
    super(json);
  }

  /** {@code active}, {@code inactive}, {@code external_active}, {@code external_inactive}, {@code onboarding_active}, {@code
   * onboarding_inactive}, {@code future_only}, {@code not_permitted}, {@code unknown}, {@code ambiguous} or {@code
   * not_found}. */
  public String presence() {
    return text("presence");
  }

  /** The object, or null. */
  public ConnectorObject object() {
    return optional("object", ConnectorObject::new);
  }

  /** What was asked and answered. */
  public List<Evidence> evidence() {
    return list("evidence", Evidence::new);
  }

  /** The uids of those who are meant, if there are several. */
  public List<String> candidates() {
    return texts("candidates");
  }

  /** Attributes that did not come: they are left out of the object, and not known to be empty. */
  public List<String> withheld() {
    return texts("withheld");
  }

  /** What one should know besides. */
  public List<String> notices() {
    return texts("notices");
  }
}
