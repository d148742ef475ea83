// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/** What went wrong. The list is closed: every carrier and every binding knows all of it. */
public enum ErrorKind {
  /** The request makes no sense as it stands; the caller has to change it. */
  INVALID_REQUEST("invalid_request"),

  /** The connector does not do this, and its manifest says so. */
  UNSUPPORTED("unsupported"),

  /** The configuration is incomplete or contradictory. */
  CONFIGURATION("configuration"),

  /** The target refused the connector's own credentials. */
  SERVICE_AUTH("service_auth"),

  /** No connection came about: name resolution, routing, TLS. */
  CONNECTION_FAILED("connection_failed"),

  /** A connection was lost in the middle of an exchange. */
  CONNECTION_BROKEN("connection_broken"),

  /** The target asks to slow down. */
  RATE_LIMITED("rate_limited"),

  /** The target is in maintenance, or overloaded. */
  UNAVAILABLE("unavailable"),

  /** The deadline passed before an answer came. */
  TIMEOUT("timeout"),

  /** The connector's user may not do this. */
  PERMISSION_DENIED("permission_denied"),

  /** There is no such object. */
  NOT_FOUND("not_found"),

  /** An object with this identifier or name exists already. */
  ALREADY_EXISTS("already_exists"),

  /** The target does not accept an attribute or its value. */
  INVALID_ATTRIBUTE("invalid_attribute"),

  /** The password does not satisfy the target's policy. */
  PASSWORD_POLICY("password_policy"),

  /** The object is not as the writer expected; nothing was written. */
  PRECONDITION_FAILED("precondition_failed"),

  /** Some parts of the change were made, others not. */
  PARTIAL("partial"),

  /** Somebody else is changing the same object. */
  CONFLICT("conflict"),

  /** The credentials given to {@code authenticate} are wrong. */
  LOGIN_FAILED("login_failed"),

  /** The credentials given to {@code authenticate} are right, but the password has expired. */
  PASSWORD_EXPIRED("password_expired"),

  /** The caller cancelled the operation. */
  CANCELLED("cancelled"),

  /** The target answered something that its protocol does not allow. */
  TARGET_PROTOCOL("target_protocol"),

  /** A fault in the connector itself. */
  INTERNAL("internal"),

  /** A word that this version does not know, which the text beside it tells. */
  UNKNOWN("unknown");

  private final String word;

  ErrorKind(String word) {
    this.word = word;
  }

  /** The protocol's word for it. */
  public String word() {
    return word;
  }

  /** The one of this word; {@link #UNKNOWN} for one that is none of these, and null for null. */
  static ErrorKind of(String word) {
    for (ErrorKind one : values()) {
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
