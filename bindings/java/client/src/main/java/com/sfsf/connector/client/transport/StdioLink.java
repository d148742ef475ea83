package com.sfsf.connector.client.transport;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.sfsf.connector.client.ConnectorException;
import java.nio.file.Path;

/** A connection over a process of its own. */
final class StdioLink implements Link {
  private final Path program;
  private final JsonObject configuration;
  private StdioProcess process;
  private boolean closed;

  StdioLink(Path program, String configuration) {
    this.program = program;
    this.configuration = read(configuration);
    this.process = opened();
  }

  private static JsonObject read(String configuration) {
    try {
      return StrictJson.object(configuration);
    } catch (JsonParseException notJson) {
      throw ConnectorException.invalidRequest("the configuration is not a JSON object: " + notJson.getMessage());
    }
  }

  @Override
  public Events start(String request) {
    return living().start(request);
  }

  /** The process; another one if it has died. */
  private synchronized StdioProcess living() {
    if (closed) {
      throw ConnectorException.invalidRequest("the connection is closed");
    }
    if (!process.isAlive()) {
      process = opened();
    }
    return process;
  }

  private StdioProcess opened() {
    StdioProcess started = StdioProcess.start(program);
    try {
      JsonObject params = new JsonObject();
      params.add("configuration", configuration);
      JsonObject request = new JsonObject();
      request.addProperty("jsonrpc", "2.0");
      request.addProperty("id", "open");
      request.addProperty("method", "open");
      request.add("params", params);
      started.only(request.toString());
      return started;
    } catch (RuntimeException refused) {
      started.close();
      throw refused;
    }
  }

  @Override
  public void close() {
    StdioProcess last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = process;
    }
    last.close();
  }
}
