// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/**
 * Whether an object is there. Never "empty": a person who is inactive is not a person who is missing. What kind of
 * person it is, an employee or somebody external, is an attribute and not a presence.
 */
public enum Presence {
  /** There, and may log in. */
  ACTIVE("active"),

  /** There, and may not log in. */
  INACTIVE("inactive"),

  /** Known to the target, but only from a later day on. There may be no object yet. */
  FUTURE_ONLY("future_only"),

  /** There, but the connector's user may not see it. */
  NOT_PERMITTED("not_permitted"),

  /**
   * There, but in a state that the connector does not know: neither active nor inactive is said of it. Or a word that
   * this version does not know, which the text beside it tells.
   */
  UNKNOWN("unknown"),

  /** What was asked for fits more than one object. */
  AMBIGUOUS("ambiguous"),

  /** Not there. */
  NOT_FOUND("not_found");

  private final String word;

  Presence(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static Presence of(String word) {
    for (Presence one : values()) {
      if (one.word.equals(word)) {
        return one;
      }
    }
    return word == null ? null : UNKNOWN;
  }

  /** The protocol's word for it. */
  @Override
  public String toString() {
    return word;
  }
}
