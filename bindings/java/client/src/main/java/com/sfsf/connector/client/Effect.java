// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** What became of the change that the failed request asked for, from the least to the most. */
public enum Effect {
  /** Nothing was changed. */
  NOT_APPLIED("not_applied"),

  /**
   * The answer was lost and reading back did not settle it. Or a word that this version does not know, which the text
   * beside it tells.
   */
  UNKNOWN("unknown"),

  /** The change, or a part of it, was made. */
  APPLIED("applied");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static Effect of(String word) {
    for (Effect one : values()) {
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
