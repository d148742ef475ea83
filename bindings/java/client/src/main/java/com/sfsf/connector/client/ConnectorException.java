// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

/**
 * A failure: what went wrong, whether to try again, and what became of the change.
 *
 * <p>Decide by the class (or {@link #kind()}), {@link #retry()} and {@link #effect()}; the message is for people. There is one
 * subclass for each kind of error of the protocol; a kind that a newer connector may have is a plain {@code ConnectorException}.
 */
public class ConnectorException extends Failure {
  private static final long serialVersionUID = 1L;

  private ConnectorException(Details details) {
    super(details);
  }

  static ConnectorException of(Details details) {
    switch (details.kind()) {
      case INVALID_REQUEST:
        return new InvalidRequest(details);
      case UNSUPPORTED:
        return new Unsupported(details);
      case CONFIGURATION:
        return new Configuration(details);
      case SERVICE_AUTH:
        return new ServiceAuth(details);
      case CONNECTION_FAILED:
        return new ConnectionFailed(details);
      case CONNECTION_BROKEN:
        return new ConnectionBroken(details);
      case RATE_LIMITED:
        return new RateLimited(details);
      case UNAVAILABLE:
        return new Unavailable(details);
      case TIMEOUT:
        return new Timeout(details);
      case PERMISSION_DENIED:
        return new PermissionDenied(details);
      case NOT_FOUND:
        return new NotFound(details);
      case ALREADY_EXISTS:
        return new AlreadyExists(details);
      case INVALID_ATTRIBUTE:
        return new InvalidAttribute(details);
      case PASSWORD_POLICY:
        return new PasswordPolicy(details);
      case PRECONDITION_FAILED:
        return new PreconditionFailed(details);
      case PARTIAL:
        return new Partial(details);
      case CONFLICT:
        return new Conflict(details);
      case LOGIN_FAILED:
        return new LoginFailed(details);
      case PASSWORD_EXPIRED:
        return new PasswordExpired(details);
      case CANCELLED:
        return new Cancelled(details);
      case TARGET_PROTOCOL:
        return new TargetProtocol(details);
      case INTERNAL:
        return new Internal(details);
      default:
        return new ConnectorException(details);
    }
  }

  /** The request makes no sense as it stands; the caller has to change it. */
  public static final class InvalidRequest extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private InvalidRequest(Details details) {
      super(details);
    }
  }

  /** The connector does not do this, and its manifest says so. */
  public static final class Unsupported extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Unsupported(Details details) {
      super(details);
    }
  }

  /** The configuration is incomplete or contradictory. */
  public static final class Configuration extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Configuration(Details details) {
      super(details);
    }
  }

  /** The target refused the connector's own credentials. */
  public static final class ServiceAuth extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private ServiceAuth(Details details) {
      super(details);
    }
  }

  /** No connection came about: name resolution, routing, TLS. */
  public static final class ConnectionFailed extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private ConnectionFailed(Details details) {
      super(details);
    }
  }

  /** A connection was lost in the middle of an exchange. */
  public static final class ConnectionBroken extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private ConnectionBroken(Details details) {
      super(details);
    }
  }

  /** The target asks to slow down. */
  public static final class RateLimited extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private RateLimited(Details details) {
      super(details);
    }
  }

  /** The target is in maintenance, or overloaded. */
  public static final class Unavailable extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Unavailable(Details details) {
      super(details);
    }
  }

  /** The deadline passed before an answer came. */
  public static final class Timeout extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Timeout(Details details) {
      super(details);
    }
  }

  /** The connector's user may not do this. */
  public static final class PermissionDenied extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private PermissionDenied(Details details) {
      super(details);
    }
  }

  /** There is no such object. */
  public static final class NotFound extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private NotFound(Details details) {
      super(details);
    }
  }

  /** An object with this identifier or name exists already. */
  public static final class AlreadyExists extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private AlreadyExists(Details details) {
      super(details);
    }
  }

  /** The target does not accept an attribute or its value. */
  public static final class InvalidAttribute extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private InvalidAttribute(Details details) {
      super(details);
    }
  }

  /** The password does not satisfy the target's policy. */
  public static final class PasswordPolicy extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private PasswordPolicy(Details details) {
      super(details);
    }
  }

  /** The object is not as the writer expected; nothing was written. */
  public static final class PreconditionFailed extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private PreconditionFailed(Details details) {
      super(details);
    }
  }

  /** Some parts of the change were made, others not. */
  public static final class Partial extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Partial(Details details) {
      super(details);
    }
  }

  /** Somebody else is changing the same object. */
  public static final class Conflict extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Conflict(Details details) {
      super(details);
    }
  }

  /** The credentials given to {@code authenticate} are wrong. */
  public static final class LoginFailed extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private LoginFailed(Details details) {
      super(details);
    }
  }

  /** The credentials given to {@code authenticate} are right, but the password has expired. */
  public static final class PasswordExpired extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private PasswordExpired(Details details) {
      super(details);
    }
  }

  /** The caller cancelled the operation. */
  public static final class Cancelled extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Cancelled(Details details) {
      super(details);
    }
  }

  /** The target answered something that its protocol does not allow. */
  public static final class TargetProtocol extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private TargetProtocol(Details details) {
      super(details);
    }
  }

  /** A fault in the connector itself. */
  public static final class Internal extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private Internal(Details details) {
      super(details);
    }
  }
}
