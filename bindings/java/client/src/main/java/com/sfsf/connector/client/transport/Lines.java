package com.sfsf.connector.client.transport;

import com.google.gson.JsonParseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of an output. A last one that is not whole is none: whoever wrote it has ended in the middle. */
final class Lines {
  /** Far more than the connector says at once, and far less than a host has. */
  private static final int LONGEST = 64 << 20;

  private final InputStream input;
  private final byte[] buffer = new byte[64 << 10];
  private int from;
  private int to;

  Lines(InputStream input) {
    this.input = input;
  }

  /** The next line; null at the end. */
  String next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    while (fill()) {
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, from, end - from);
      boolean whole = end < to;
      from = whole ? end + 1 : to;
      if (whole) {
        return Texts.text(line.toByteArray());
      }
      if (line.size() > LONGEST) {
        throw new JsonParseException("a line has no end");
      }
    }
    return null;
  }

  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(input.read(buffer), 0);
    }
    return to > 0;
  }
}
