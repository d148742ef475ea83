// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** What a delete does. */
public enum DeleteMeaning {
  /** The object is gone, and a second delete is an error. */
  REMOVES("removes"),

  /** The object is made inactive and stays; a second delete succeeds and writes nothing. */
  INACTIVATES("inactivates"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  DeleteMeaning(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static DeleteMeaning of(String word) {
    for (DeleteMeaning one : values()) {
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
