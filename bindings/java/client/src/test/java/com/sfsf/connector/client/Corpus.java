package com.sfsf.connector.client;

import com.google.gson.JsonParseException;
import com.sfsf.connector.client.transport.Event;
import com.sfsf.connector.client.transport.Events;
import com.sfsf.connector.client.transport.NativeTransport;
import com.sfsf.connector.client.transport.StdioTransport;
import com.sfsf.connector.client.transport.StrictJson;
import com.sfsf.connector.client.transport.Transport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.function.Consumer;

/**
 * Carries the requests of a file to a tenant and prints the events: {@code native|stdio FILE CONFIGURATION REQUESTS}. With {@code
 * json TEXTS} in their place, it reads each line as JSON; with {@code open TEXTS}, as a configuration. {@code tests/corpus/README.md}
 * has the form of the files.
 */
public final class Corpus {
  private static final String CANCEL = "cancel ";

  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

  private Corpus() {}

  /** See {@link Corpus}. */
  public static void main(String... arguments) throws IOException {
    Path connector = Paths.get(arguments[1]);
    Transport transport =
        "stdio".equals(arguments[0]) ? StdioTransport.at(connector) : NativeTransport.at(connector);
    Corpus corpus = new Corpus();
    switch (arguments[2]) {
      case "json":
        corpus.judge(Paths.get(arguments[3]), StrictJson::read);
        break;
      case "open":
        corpus.judge(Paths.get(arguments[3]), text -> Connection.open(transport, text).close());
        break;
      default:
        corpus.carry(transport, Files.readString(Paths.get(arguments[2])), Paths.get(arguments[3]));
    }
    corpus.out.flush();
  }

  /** Says of each line whether a reader takes it. Lines are bytes: some are no UTF-8. */
  private void judge(Path texts, Consumer<String> reader) throws IOException {
    for (String line : new String(Files.readAllBytes(texts), StandardCharsets.ISO_8859_1).split("\n")) {
      out.println(isTaken(line.getBytes(StandardCharsets.ISO_8859_1), reader) ? "accepted" : "refused");
    }
  }

  private static boolean isTaken(byte[] line, Consumer<String> reader) {
    try {
      reader.accept(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString());
      return true;
    } catch (CharacterCodingException | JsonParseException refused) {
      return false;
    } catch (ConnectorException refused) {
      return !(refused instanceof ConnectorException.InvalidRequest);
    }
  }

  private void carry(Transport transport, String configuration, Path requests) throws IOException {
    try (Connection connection = Connection.open(transport, configuration)) {
      // Only a line feed ends a request: readAllLines() would take a lone carriage return for an end too.
      for (String line : Files.readString(requests).split("\n")) {
        boolean cancelled = line.startsWith(CANCEL);
        carry(connection, cancelled ? line.substring(CANCEL.length()) : line, cancelled);
      }
    } catch (ConnectorException refused) {
      out.println(told(refused));
    }
  }

  private void carry(Connection connection, String request, boolean cancelled) {
    try (Events events = connection.events(request)) {
      if (cancelled) {
        events.cancel();
      }
      for (Event event = events.next(); event != null; event = events.next()) {
        out.println(event.line());
      }
    } catch (ConnectorException refused) {
      out.println(told(refused));
    }
  }

  /** The event of a failure; of one that comes from this library itself, its kind in the form of one. */
  private static String told(ConnectorException refused) {
    String own = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"data\":{\"kind\":\"" + refused.kindText() + "\"}}}";
    return refused.event() == null ? own : refused.event();
  }
}
