package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** How a stream ended. */
public final class Summary extends Json {
  Summary(JsonObject json) {
    super(json);
  }

  /** {@code complete} or {@code stopped}. */
  public String status() {
    return text("status");
  }

  /** Objects delivered. */
  public long count() {
    return number("count");
  }

  /** Records that could not be read. */
  public long problems() {
    return number("problems");
  }

  /** Where the next page begins; null on the last one, and without paging. */
  public String cookie() {
    return text("cookie");
  }

  /** Objects after this page, or null if nobody knows. */
  public Long remaining() {
    return optionalNumber("remaining");
  }

  /** Whether a part of the filter was evaluated by the connector. */
  public boolean isResidual() {
    return flag("residual");
  }

  /** What it cost. */
  public Cost cost() {
    return new Cost(object("cost"));
  }

  /** What the next import begins with, to bring only what has changed, or null. */
  public String syncToken() {
    return text("sync_token");
  }

  /** Attributes that some objects came without: left out of those, and not known to be empty. */
  public List<String> withheld() {
    return texts("withheld");
  }

  /** What one should know besides. */
  public List<String> notices() {
    return texts("notices");
  }

  /** What an import did, as the protocol has it. */
  public JsonObject figures() {
    return object("import").deepCopy();
  }
}
