package com.sfsf.connector.client.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What is written to the program, by a thread of its own: nobody waits for a program that does not read. */
final class StdioInput {
  private static final byte[] END = {};

  private final OutputStream output;
  private final BlockingQueue<byte[]> lines = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  StdioInput(OutputStream output) {
    this.output = output;
    Thread writer = new Thread(this::write, "sfsf-connector input");
    writer.setDaemon(true);
    writer.start();
  }

  /** Hands in a line. It is lost once nobody reads any more, as the reader of the output knows then. */
  void send(byte[] line) {
    if (!ended) {
      lines.add(line);
    }
  }

  /** Closes the input behind what was handed in. */
  void end() {
    ended = true;
    lines.add(END);
  }

  private void write() {
    try (OutputStream closed = output) {
      for (byte[] line = lines.take(); line != END; line = lines.take()) {
        closed.write(line);
        closed.write('\n');
        if (lines.isEmpty()) {
          closed.flush();
        }
      }
    } catch (IOException | InterruptedException gone) {
      // The end of its output says that the program is gone.
    } finally {
      ended = true;
      lines.clear();
    }
  }
}
