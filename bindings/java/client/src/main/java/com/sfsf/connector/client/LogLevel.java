// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** How much is logged. Each level contains those before it. */
public enum LogLevel {
  /** Nothing. */
  OFF("off"),

  /** What failed. */
  ERROR("error"),

  /** What somebody should look at. */
  WARN("warn"),

  /** What happened: one line for each operation. */
  INFO("info"),

  /** Requests and answers, without their content. */
  DEBUG("debug"),

  /** Everything there is. */
  TRACE("trace");

  private final String word;

  LogLevel(String word) {
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
