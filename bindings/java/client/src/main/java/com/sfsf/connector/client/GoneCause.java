// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** Why an object is gone. */
public enum GoneCause {
  /** It goes by another uid from now on: {@code new_uid}. */
  RENAMED("renamed"),

  /** It was taken back before it began, such as a hire that did not take place. */
  RESCINDED("rescinded"),

  /** The target has deleted it for good. */
  PURGED("purged"),

  /**
   * It is there, and no longer among the objects that the import is of: filter or configuration leave it out.
   */
  LEFT_POPULATION("left_population"),

  /** It is there, and the connector's user may not see it any more. */
  NOT_PERMITTED("not_permitted"),

  /**
   * It was there and is not any more, and nobody knows why. Or a word that this version does not know, which the text
   * beside it tells.
   */
  UNKNOWN("unknown");

  private final String word;

  GoneCause(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static GoneCause of(String word) {
    for (GoneCause one : values()) {
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
