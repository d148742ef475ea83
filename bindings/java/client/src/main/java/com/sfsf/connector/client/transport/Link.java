package com.sfsf.connector.client.transport;

/** A connection to one tenant, as a transport has it. Any thread may use it. */
public interface Link extends AutoCloseable {
  /**
   * Starts a request, which is one JSON object.
   *
   * @throws com.sfsf.connector.client.ConnectorException if the request makes no sense, or the connection is closed
   */
  Events start(String request);

  /** Closes the connection, and cancels what runs in it. */
  @Override
  void close();
}
