// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** Why what has changed since a token cannot be told, or not told with certainty. */
public enum FullReason {
  /** The token is older than the target remembers changes. */
  TOKEN_TOO_OLD("token_too_old"),

  /** The target does not say when records were changed. */
  NO_TIME_STAMP("no_time_stamp"),

  /** The configuration makes other objects of the same records than it did for the earlier run. */
  CONFIGURATION_CHANGED("configuration_changed"),

  /** Other attributes are asked for, or can be read, than in the earlier run. */
  ATTRIBUTES_CHANGED("attributes_changed"),

  /** A list of values that attributes are read through has changed. */
  VALUE_LISTS_CHANGED("value_lists_changed"),

  /** So much has changed that reading everything is less work. */
  TOO_MANY_CHANGES("too_many_changes"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  FullReason(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static FullReason of(String word) {
    for (FullReason one : values()) {
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
