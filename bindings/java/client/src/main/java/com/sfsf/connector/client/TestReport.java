package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What a test found. */
public final class TestReport extends Json {
  TestReport(JsonObject json) {
    super(json);
  }

  /** The checks, in the order in which they were made. */
  public List<Check> checks() {
    return list("checks", Check::new);
  }
}
