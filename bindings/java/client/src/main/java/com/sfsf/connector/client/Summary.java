// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** How a stream ended. */
public final class Summary extends Json {
  Summary(JsonObject json) {
    super(json);
  }

  /** Whether that was everything. */
  public StreamStatus status() {
    return StreamStatus.of(text("status"));
  }

  /** {@code status} as it came, also where StreamStatus does not know the word. */
  public String statusText() {
    return text("status");
  }

  /** Objects delivered. */
  public long count() {
    return number("count");
  }

  /** Problems told on the way: records that could not be read, or not all of them. */
  public long problems() {
    return number("problems");
  }

  /** Where the next page begins; absent on the last one, and without paging. */
  public String cookie() {
    return text("cookie");
  }

  /** Objects after this page, where that is known. Null if absent. */
  public Long remaining() {
    return optionalNumber("remaining");
  }

  /** A part of the filter was evaluated here and not by the target. */
  public boolean residual() {
    return flag("residual");
  }

  /** What it cost; absent where nobody counted. */
  public Cost cost() {
    return optional("cost", Cost::new);
  }

  /** Where the next import begins, so that only what has changed comes; absent where the target cannot tell. */
  public String syncToken() {
    return text("sync_token");
  }

  /**
   * Attributes that were asked for and that records came without, with the number of those records: {@code {"email":
   * 12}}. They are left out of those objects: whether they have a value is not known.
   */
  public Map<String, Long> withheld() {
    return map("withheld", one -> one.getAsLong());
  }

  /** What the caller should know besides. */
  public List<String> notices() {
    return list("notices", one -> one.getAsString());
  }

  /** What an import did; absent of searches. */
  public ImportFigures importFigures() {
    return optional("import", ImportFigures::new);
  }
}
