package com.sfsf.connector.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sfsf.connector.client.transport.Events;
import com.sfsf.connector.client.transport.Link;
import com.sfsf.connector.client.transport.StrictJson;
import com.sfsf.connector.client.transport.Transport;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection to one tenant. Nothing is sent when it is opened. Close it; what still runs then is cancelled.
 *
 * <p>It may be used by several threads at the same time.
 */
public final class Connection extends Operations implements AutoCloseable {
  /** What is longer is no key, and may be a secret. */
  private static final int LONGEST_NAME = 60;

  private final Link link;
  private final Transport transport;

  private Connection(Transport transport, Link link) {
    super(link, new AtomicLong(), Meta.NONE);
    this.transport = transport;
    this.link = link;
  }

  /**
   * Opens a connection with the keys of a configuration; values are texts, or {@link Secret}s.
   *
   * @throws ConnectorException.Configuration if the connector refuses the configuration
   */
  public static Connection open(Transport transport, Map<String, ?> configuration) {
    JsonObject keys = new JsonObject();
    configuration.forEach((key, value) -> keys.add(key, carried(key, revealed(value))));
    return open(transport, keys.toString());
  }

  /**
   * Opens a connection with a configuration in JSON. Of a key that stands there twice, none is taken.
   *
   * @throws ConnectorException.Configuration if the connector refuses the configuration
   */
  public static Connection open(Transport transport, String configuration) {
    if (StrictJson.repeatsKey(configuration)) {
      throw ConnectorException.configuration("the configuration names a key twice", null);
    }
    return new Connection(transport, transport.open(configuration));
  }

  private static JsonElement carried(String key, Object value) {
    try {
      return Values.toWire(value);
    } catch (ConnectorException refused) {
      boolean isName = key.length() <= LONGEST_NAME && key.chars().noneMatch(Character::isISOControl);
      String name = isName ? key : "a key of the configuration";
      throw ConnectorException.configuration("the configuration is not usable: " + name + ": " + refused.getMessage(), null);
    }
  }

  /** A key of the configuration is a secret by its name, and its value a plain text. */
  private static Object revealed(Object value) {
    return value instanceof Secret ? ((Secret) value).reveal() : value;
  }

  /** The connector, and what it can do. */
  public Welcome info() {
    return new Welcome(Json.parse(transport.info()));
  }

  /** Any request of the protocol as it is; gives its events, result and error among them. */
  public Events events(String request) {
    return link.start(request);
  }

  @Override
  public void close() {
    link.close();
  }

  @Override
  public String toString() {
    return "connection over " + transport;
  }
}
