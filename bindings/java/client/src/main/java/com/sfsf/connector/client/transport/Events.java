package com.sfsf.connector.client.transport;

/** The events of one request. */
public interface Events extends AutoCloseable {
  /**
   * Waits for the next event; null after the final one, which is a result or an error and is no exception.
   *
   * @throws com.sfsf.connector.client.ConnectorException.Cancelled if the thread is interrupted; the request is cancelled, and the
   *     thread's interrupt status is set
   */
  Event next();

  /** Ends the request with an error of kind {@code cancelled}. It may be called from any thread. */
  void cancel();

  /** Frees what the request holds. If it has not ended, it is cancelled, and the tenant is asked for nothing more. */
  @Override
  void close();
}
