package com.sfsf.connector.client.transport;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sfsf.connector.client.ConnectorException;
import java.nio.file.Path;

/** A connection over a process of its own. */
final class StdioLink implements Link {
  private final Path program;
  private final String configuration;
  private StdioProcess process;
  private boolean closed;

  StdioLink(Path program, String configuration) {
    this.program = program;
    this.configuration = configuration;
    this.process = opened();
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
      params.add("configuration", JsonParser.parseString(configuration));
      JsonObject request = new JsonObject();
      request.addProperty("jsonrpc", "2.0");
      request.addProperty("id", "open");
      request.addProperty("method", "open");
      request.add("params", params);
      JsonObject answer = started.only(request.toString()).json();
      if (answer.has("error")) {
        // The id is this class's own.
        answer.add("id", JsonNull.INSTANCE);
        throw ConnectorException.of(answer.toString());
      }
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
