// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** The type of an attribute's values. */
public enum ValueType {
  /** {@code String} */
  STRING("string"),

  /** {@code Boolean} */
  BOOLEAN("boolean"),

  /** {@code Integer} */
  INTEGER("integer"),

  /** {@code Decimal} */
  DECIMAL("decimal"),

  /** {@code Date} */
  DATE("date"),

  /** {@code DateTime} */
  DATE_TIME("date_time"),

  /** {@code Binary} */
  BINARY("binary"),

  /** {@code Secret} */
  SECRET("secret"),

  /** {@code Reference} */
  REFERENCE("reference"),

  /** {@code Complex} */
  COMPLEX("complex"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  ValueType(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static ValueType of(String word) {
    for (ValueType one : values()) {
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
