// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** What to do about objects that are, or are not, there. */
public enum SaveMode {
  /** Create the object if it is not there. */
  CREATE_OR_UPDATE("create_or_update"),

  /** An object that is there is an error ({@code AlreadyExists}). */
  CREATE("create"),

  /** An object that is not there is an error ({@code NotFound}). */
  UPDATE("update");

  private final String word;

  SaveMode(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The protocol's word for it. */
  @Override
  public String toString() {
    return word;
  }
}
