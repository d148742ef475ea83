// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;

/** What a search with a filter does. Nothing was searched for. */
public final class FilterExplanation extends Json {
  FilterExplanation(JsonObject json) {
    super(json);
  }

  /** The filter, as text. */
  public String filter() {
    return text("filter");
  }

  /**
   * The first question that would be put to the target; none if nothing can satisfy the filter. Null if absent.
   */
  public String query() {
    return text("query");
  }

  /** The conditions that the target evaluates, in its own words. What it lets through is checked here. */
  public List<String> atTarget() {
    return list("at_target", one -> one.getAsString());
  }

  /** The conditions that are evaluated here alone, after reading. */
  public List<Residual> here() {
    return list("here", one -> new Residual(one.getAsJsonObject()));
  }
}
