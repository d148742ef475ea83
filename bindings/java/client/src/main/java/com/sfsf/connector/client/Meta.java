package com.sfsf.connector.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Map;

/** What goes along with a request. It does not change: each method gives another one. */
public final class Meta {
  /** Nothing. */
  public static final Meta NONE = new Meta(new JsonObject());

  private final JsonObject json;

  private Meta(JsonObject json) {
    this.json = json;
  }

  /** How long the caller waits; then {@link ConnectorException.Timeout} comes. */
  public Meta deadline(Duration deadline) {
    return with("deadline_ms", Values.toWire(deadline.toMillis()));
  }

  /** The id of the call in logs and at the tenant. */
  public Meta correlationId(String id) {
    return with("correlation_id", Values.toWire(id));
  }

  /** The same for every repeat of the request. */
  public Meta idempotencyKey(String key) {
    return with("idempotency_key", Values.toWire(key));
  }

  /** Keys of the configuration for this call alone. */
  public Meta credentials(Map<String, Secret> credentials) {
    return with("credentials", Values.toWire(credentials));
  }

  /** How much is logged of this call. */
  public Meta log(LogLevel level) {
    return with("log", Values.toWire(level.word()));
  }

  /** A request with a field that nobody reads is refused; otherwise the field is ignored, and the answer names it. */
  public Meta strict() {
    return with("strict", Values.toWire(true));
  }

  private Meta with(String name, JsonElement value) {
    JsonObject more = json.deepCopy();
    more.add(name, value);
    return new Meta(more);
  }

  JsonObject json() {
    return json;
  }
}
