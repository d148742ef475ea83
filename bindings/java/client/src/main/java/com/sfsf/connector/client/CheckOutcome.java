// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** How a step went. */
public enum CheckOutcome {
  /** As it should. */
  OK("ok"),

  /** It works, but somebody should look at it. */
  WARNING("warning"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  CheckOutcome(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static CheckOutcome of(String word) {
    for (CheckOutcome one : values()) {
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
