// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** The name of an operation, the same on every carrier. */
public enum Operation {
  /** Is the target reachable, and are we let in? */
  TEST("test"),

  /** What do objects look like? */
  SCHEMA("schema"),

  /** One object by its uid, or the certainty that there is none. */
  GET("get"),

  /** The objects that satisfy a filter. */
  SEARCH("search"),

  /** All objects. */
  IMPORT("import"),

  /** Create an object, or change it. */
  SAVE("save"),

  /** Remove an object, or what the target has instead. */
  DELETE("delete"),

  /** Make an account inactive. */
  SUSPEND("suspend"),

  /** Make an account active. */
  RESUME("resume"),

  /** Set a password. */
  RESET_PASSWORD("reset_password"),

  /** The values that an attribute may have. */
  LOOKUP("lookup"),

  /** What would be asked, and how an answer came about. */
  EXPLAIN("explain"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  Operation(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static Operation of(String word) {
    for (Operation one : values()) {
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
