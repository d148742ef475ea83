// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What a successful test found out. A test that fails is an error, with advice. */
public final class TestReport extends Json {
  TestReport(JsonObject json) {
    super(json);
  }

  /** The steps, in the order in which they were taken. */
  public List<Check> checks() {
    return list("checks", one -> new Check(one.getAsJsonObject()));
  }
}
