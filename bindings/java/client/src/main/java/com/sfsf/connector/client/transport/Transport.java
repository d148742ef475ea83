package com.sfsf.connector.client.transport;

/** A way to the connector. Several connections may be opened over it. */
public interface Transport {
  /**
   * Opens a connection with a configuration in JSON. Nothing is sent to the tenant.
   *
   * @throws com.sfsf.connector.client.ConnectorException if the connector refuses the configuration, or cannot be reached
   */
  Link open(String configuration);

  /**
   * Versions, limits and the manifest, as JSON.
   *
   * @throws com.sfsf.connector.client.ConnectorException if the connector cannot be reached
   */
  String info();
}
