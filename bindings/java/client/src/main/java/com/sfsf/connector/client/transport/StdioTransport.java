package com.sfsf.connector.client.transport;

import com.sfsf.connector.client.ConnectorException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The program of the connector as a child process, for hosts that forbid native code. Each connection has a process of its own; one
 * that has died is started anew by the next request.
 */
public final class StdioTransport implements Transport {
  private final Path program;
  private String info;

  private StdioTransport(Path program) {
    this.program = program;
  }

  /**
   * The program {@code sfsf-connector} in this file.
   *
   * @throws ConnectorException.Configuration if it is not there
   */
  public static StdioTransport at(Path program) {
    if (Files.isExecutable(program)) {
      return new StdioTransport(program.toAbsolutePath());
    }
    String message = "there is no program at " + program + "; this is " + NativeFile.machine();
    throw ConnectorException.configuration(message, null);
  }

  @Override
  public Link open(String configuration) {
    return new StdioLink(program, configuration);
  }

  @Override
  public synchronized String info() {
    if (info == null) {
      try (StdioProcess process = StdioProcess.start(program)) {
        info = process.only("{\"jsonrpc\":\"2.0\",\"id\":\"hello\",\"method\":\"hello\"}").toString();
      }
    }
    return info;
  }

  @Override
  public String toString() {
    return program.toString();
  }
}
