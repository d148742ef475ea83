// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** What a write did to an object, in one word. */
public enum SaveAction {
  /** It was made. */
  CREATED("created"),

  /** It was changed. */
  UPDATED("updated"),

  /** It was inactive and is active again, whatever else was changed. */
  REVIVED("revived"),

  /** It was active and is inactive now, whatever else was changed. */
  SUSPENDED("suspended"),

  /** It was removed. */
  DELETED("deleted"),

  /** It was so already; nothing was written. */
  UNCHANGED("unchanged"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  SaveAction(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static SaveAction of(String word) {
    for (SaveAction one : values()) {
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
