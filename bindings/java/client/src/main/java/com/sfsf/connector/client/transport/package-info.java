/** The ways to the connector: its library, and its program. What they carry is the protocol, as it is. */
package com.sfsf.connector.client.transport;
