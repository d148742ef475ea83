// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/**
 * What sort of thing is wrong with a record. But for the first, the object comes without the attributes at fault.
 */
public enum ProblemKind {
  /** The record could not be read: there is no object of it. */
  UNREADABLE_RECORD("unreadable_record"),

  /** There are several values where one is wanted, and nothing says which. */
  AMBIGUOUS_VALUE("ambiguous_value"),

  /** A value does not satisfy a rule of the configuration. */
  FAILED_CHECK("failed_check"),

  /** An expression of the configuration cannot be evaluated for this record. */
  FAILED_EXPRESSION("failed_expression"),

  /** A status that nobody has said the meaning of: the object is neither active nor inactive. */
  UNKNOWN_STATUS("unknown_status"),

  /** A time zone that nobody knows; the times were taken for those of another one, which the error names. */
  UNKNOWN_ZONE("unknown_zone"),

  /** What the configuration reads or translates by is not there at this target. */
  MISSING_MAPPING("missing_mapping"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  ProblemKind(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static ProblemKind of(String word) {
    for (ProblemKind one : values()) {
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
