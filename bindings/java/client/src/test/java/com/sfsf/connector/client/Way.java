package com.sfsf.connector.client;

import com.sfsf.connector.client.transport.NativeTransport;
import com.sfsf.connector.client.transport.StdioTransport;
import com.sfsf.connector.client.transport.Transport;
import com.sfsf.connector.sandbox.Sandbox;

/** A way to the connector. */
enum Way {
  NATIVE,
  STDIO;

  Transport transport() {
    return this == NATIVE ? NativeTransport.load() : StdioTransport.at(Sandbox.program());
  }
}
