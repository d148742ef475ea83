package com.sfsf.connector.client;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;

/** What all exceptions of the connector have in common; {@link ConnectorException} has their classes. */
abstract class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Details details;

  Failure(Details details) {
    super(details.message);
    this.details = details;
  }

  /** The kind of error. */
  public final ErrorKind kind() {
    return details.kind();
  }

  /** {@code kind} as it came, also where ErrorKind does not know the word. */
  public final String kindText() {
    return details.text("kind", "internal");
  }

  /** The JSON-RPC code; zero if the error comes from this package. */
  public final int code() {
    return details.code;
  }

  /** Whether the very same request may succeed later. */
  public final Retry retry() {
    return Retry.of(retryText());
  }

  /** {@code retry} as it came, also where Retry does not know the word. */
  public final String retryText() {
    return details.text("retry", "never");
  }

  /** The shortest wait that the tenant asked for, or null. */
  public final Duration retryAfter() {
    return details.duration("retry_after_ms");
  }

  /** What became of the change. */
  public final Effect effect() {
    return Effect.of(effectText());
  }

  /** {@code effect} as it came, also where Effect does not know the word. */
  public final String effectText() {
    return details.text("effect", "not_applied");
  }

  /** The operation that failed, or null. */
  public final Operation operation() {
    return Operation.of(operationText());
  }

  /** {@code operation} as it came, also where Operation does not know the word; or null. */
  public final String operationText() {
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

  /** The exception for an event that is, or holds, an error. */
  public static ConnectorException of(String event) {
    JsonObject json = Json.parse(event);
    return json == null ? internal("the connector failed without saying why") : of(json, event);
  }

  static ConnectorException of(JsonObject event, String text) {
    JsonElement error = Json.get(event, "error");
    return ConnectorException.of(Details.of(error == null ? event : error.getAsJsonObject(), text));
  }

  /** A configuration, or the place of the connector, is wrong. */
  public static ConnectorException configuration(String message, Throwable cause) {
    ConnectorException exception = local(ErrorKind.CONFIGURATION, Effect.NOT_APPLIED, message);
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }

  /** The request makes no sense as it stands. */
  public static ConnectorException invalidRequest(String message) {
    return local(ErrorKind.INVALID_REQUEST, Effect.NOT_APPLIED, message);
  }

  /** A value that cannot be carried to the connector, and the attribute that it is for. Nothing was sent. */
  public static ConnectorException invalidAttribute(String attribute, String message) {
    JsonArray attributes = new JsonArray();
    attributes.add(attribute);
    JsonObject data = data(ErrorKind.INVALID_ATTRIBUTE, Effect.NOT_APPLIED);
    data.add("attributes", attributes);
    return local("'" + attribute + "': " + message, data);
  }

  /** The waiting thread was interrupted, and the request cancelled. */
  public static ConnectorException cancelled(String message) {
    return local(ErrorKind.CANCELLED, Effect.UNKNOWN, message);
  }

  /** Somebody has left what brings objects, and goes on with it. */
  static ConnectorException left(String message) {
    return local(ErrorKind.CANCELLED, Effect.NOT_APPLIED, message);
  }

  /** The way to the connector itself broke. */
  public static ConnectorException connectionBroken(String message) {
    return local(ErrorKind.CONNECTION_BROKEN, Effect.UNKNOWN, message);
  }

  /** The connector did what it must not do. */
  public static ConnectorException internal(String message) {
    return local(ErrorKind.INTERNAL, Effect.UNKNOWN, message);
  }

  private static ConnectorException local(ErrorKind kind, Effect effect, String message) {
    return local(message, data(kind, effect));
  }

  private static JsonObject data(ErrorKind kind, Effect effect) {
    JsonObject data = new JsonObject();
    data.addProperty("kind", kind.word());
    data.addProperty("effect", effect.word());
    data.addProperty("retry", (kind == ErrorKind.CONNECTION_BROKEN ? Retry.LATER : Retry.NEVER).word());
    return data;
  }

  private static ConnectorException local(String message, JsonObject data) {
    JsonObject error = new JsonObject();
    error.addProperty("message", message);
    error.add("data", data);
    return ConnectorException.of(Details.of(error, null));
  }

  /** What an error says. */
  static final class Details extends Json {
    private final String message;
    private final int code;
    private final String event;

    private Details(JsonObject data, String message, int code, String event) {
      super(data);
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

    ErrorKind kind() {
      return ErrorKind.of(text("kind", "internal"));
    }

    String text(String name, String otherwise) {
      String text = text(name);
      return text == null ? otherwise : text;
    }
  }
}
