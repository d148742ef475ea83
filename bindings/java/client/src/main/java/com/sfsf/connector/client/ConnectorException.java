package com.sfsf.connector.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A failure: what went wrong, whether to try again, and what became of the change.
 *
 * <p>Decide by the class (or {@link #kind()}), {@link #retry()} and {@link #effect()}; the message is for people. There is one
 * subclass for each kind of error of the protocol; a kind that a newer connector may have is a plain {@code ConnectorException}.
 */
public class ConnectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Details details;

  private ConnectorException(Details details) {
    super(details.message);
    this.details = details;
  }

  /** The kind of error, as the protocol names it. */
  public final String kind() {
    return details.kind;
  }

  /** The JSON-RPC code; zero if the error comes from this package. */
  public final int code() {
    return details.code;
  }

  /** {@code never}, or {@code later} if the very same request may succeed then. */
  public final String retry() {
    String retry = details.text("retry");
    return retry == null ? "never" : retry;
  }

  /** The shortest wait that the tenant asked for, or null. */
  public final Duration retryAfter() {
    Long wait = details.optionalNumber("retry_after_ms");
    return wait == null ? null : Duration.ofMillis(wait);
  }

  /** What became of the change: {@code not_applied}, {@code unknown} or {@code applied}. */
  public final String effect() {
    String effect = details.text("effect");
    return effect == null ? "not_applied" : effect;
  }

  /** The operation that failed, or null. */
  public final String operation() {
    return details.text("operation");
  }

  /** The object class that it is about, or null. */
  public final String objectClass() {
    return details.text("object_class");
  }

  /** The uid of the object that it is about, or null. */
  public final String uid() {
    return details.text("uid");
  }

  /** The attributes that are at fault. */
  public final List<String> attributes() {
    return details.texts("attributes");
  }

  /** What the tenant itself said, or null if it said nothing. */
  public final TargetAnswer target() {
    return details.optional("target", TargetAnswer::new);
  }

  /** What to do next, where that is known, or null. */
  public final String advice() {
    return details.text("advice");
  }

  /** The id of the call in logs and at the tenant, or null. */
  public final String correlationId() {
    return details.text("correlation_id");
  }

  /** The event that brought it, as it came; null if the error comes from this package. */
  public final String event() {
    return details.event;
  }

  /** The kinds that have a subclass. */
  public static Set<String> kinds() {
    return Collections.unmodifiableSet(Details.CLASSES.keySet());
  }

  /** The exception for an event that is, or holds, an error. */
  public static ConnectorException of(String event) {
    JsonObject json = Json.parse(event);
    return json == null ? internal("the connector failed without saying why") : of(json, event);
  }

  static ConnectorException of(JsonObject event, String text) {
    JsonElement error = Json.get(event, "error");
    return Details.of(error == null ? event : error.getAsJsonObject(), text).exception();
  }

  /** A configuration, or the place of the connector, is wrong. */
  public static ConnectorException configuration(String message, Throwable cause) {
    ConnectorException exception = local("configuration", "not_applied", message);
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }

  /** The request makes no sense as it stands. */
  public static ConnectorException invalidRequest(String message) {
    return local("invalid_request", "not_applied", message);
  }

  /** A value that cannot be carried to the connector, and the attribute that it is for. Nothing was sent. */
  public static ConnectorException invalidAttribute(String attribute, String message) {
    JsonArray attributes = new JsonArray();
    attributes.add(attribute);
    JsonObject data = data("invalid_attribute", "not_applied");
    data.add("attributes", attributes);
    return local("'" + attribute + "': " + message, data);
  }

  /** The waiting thread was interrupted, and the request cancelled. */
  public static ConnectorException cancelled(String message) {
    return local("cancelled", "unknown", message);
  }

  /** Somebody has left what brings objects, and goes on with it. */
  static ConnectorException left(String message) {
    return local("cancelled", "not_applied", message);
  }

  /** The way to the connector itself broke. */
  public static ConnectorException connectionBroken(String message) {
    return local("connection_broken", "unknown", message);
  }

  /** The connector did what it must not do. */
  public static ConnectorException internal(String message) {
    return local("internal", "unknown", message);
  }

  private static ConnectorException local(String kind, String effect, String message) {
    return local(message, data(kind, effect));
  }

  private static JsonObject data(String kind, String effect) {
    JsonObject data = new JsonObject();
    data.addProperty("kind", kind);
    data.addProperty("effect", effect);
    data.addProperty("retry", "connection_broken".equals(kind) ? "later" : "never");
    return data;
  }

  private static ConnectorException local(String message, JsonObject data) {
    JsonObject error = new JsonObject();
    error.addProperty("message", message);
    error.add("data", data);
    return Details.of(error, null).exception();
  }

  /** What an error says. */
  private static final class Details extends Json {
    static final Map<String, Function<Details, ConnectorException>> CLASSES = new HashMap<>();

    static {
      CLASSES.put("invalid_request", InvalidRequest::new);
      CLASSES.put("unsupported", Unsupported::new);
      CLASSES.put("configuration", Configuration::new);
      CLASSES.put("service_auth", ServiceAuth::new);
      CLASSES.put("connection_failed", ConnectionFailed::new);
      CLASSES.put("connection_broken", ConnectionBroken::new);
      CLASSES.put("rate_limited", RateLimited::new);
      CLASSES.put("unavailable", Unavailable::new);
      CLASSES.put("timeout", Timeout::new);
      CLASSES.put("permission_denied", PermissionDenied::new);
      CLASSES.put("not_found", NotFound::new);
      CLASSES.put("already_exists", AlreadyExists::new);
      CLASSES.put("invalid_attribute", InvalidAttribute::new);
      CLASSES.put("password_policy", PasswordPolicy::new);
      CLASSES.put("precondition_failed", PreconditionFailed::new);
      CLASSES.put("partial", Partial::new);
      CLASSES.put("conflict", Conflict::new);
      CLASSES.put("login_failed", LoginFailed::new);
      CLASSES.put("password_expired", PasswordExpired::new);
      CLASSES.put("cancelled", Cancelled::new);
      CLASSES.put("target_protocol", TargetProtocol::new);
      CLASSES.put("internal", Internal::new);
    }

    private final String kind;
    private final String message;
    private final int code;
    private final String event;

    private Details(JsonObject data, String message, int code, String event) {
      super(data);
      this.kind = text("kind") == null ? "internal" : text("kind");
      this.message = message;
      this.code = code;
      this.event = event;
    }

    static Details of(JsonObject error, String event) {
      JsonElement data = Json.get(error, "data");
      JsonElement message = Json.get(error, "message");
      JsonElement code = Json.get(error, "code");
      return new Details(
          data == null ? new JsonObject() : data.getAsJsonObject(),
          message == null ? "" : message.getAsString(),
          code == null ? 0 : code.getAsInt(),
          event);
    }

    ConnectorException exception() {
      return CLASSES.getOrDefault(kind, ConnectorException::new).apply(this);
    }
  }

  /** The request makes no sense as it stands. */
  public static final class InvalidRequest extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private InvalidRequest(Details details) {
      super(details);
    }
  }

  /** The connector, or this tenant, does not do this. */
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

  /** The tenant refused the connector's own credentials. */
  public static final class ServiceAuth extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private ServiceAuth(Details details) {
      super(details);
    }
  }

  /** No connection came about. */
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

  /** The tenant asks to slow down. */
  public static final class RateLimited extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private RateLimited(Details details) {
      super(details);
    }
  }

  /** The tenant is in maintenance, or overloaded. */
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

  /** An object with this uid or name exists already. */
  public static final class AlreadyExists extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private AlreadyExists(Details details) {
      super(details);
    }
  }

  /** The tenant does not accept an attribute or its value. */
  public static final class InvalidAttribute extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private InvalidAttribute(Details details) {
      super(details);
    }
  }

  /** The password does not satisfy the tenant's policy. */
  public static final class PasswordPolicy extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private PasswordPolicy(Details details) {
      super(details);
    }
  }

  /** The object changed since it was read. */
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

  /** Wrong credentials were given to authenticate with. */
  public static final class LoginFailed extends ConnectorException {
    private static final long serialVersionUID = 1L;

    private LoginFailed(Details details) {
      super(details);
    }
  }

  /** Right credentials, but the password has expired. */
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

  /** The tenant answered something that its protocol does not allow. */
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
