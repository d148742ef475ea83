package com.sfsf.connector.client.transport;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sfsf.connector.client.ConnectorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program while it runs, and the requests that wait for it. */
final class StdioProcess implements AutoCloseable {
  /** The program gives what is under way 3 seconds. */
  private static final long GRACE_SECONDS = 5;

  private static final String NO_ID = "null";

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");

  private final Process process;
  private final Writer input;
  private final Map<String, StdioEvents> waiting = new ConcurrentHashMap<>();
  private volatile boolean ended;

  private StdioProcess(Process process) {
    this.process = process;
    this.input = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "sfsf-connector output");
    reader.setDaemon(true);
    reader.start();
  }

  static StdioProcess start(Path program) {
    ProcessBuilder builder = new ProcessBuilder(program.toString(), "stdio", "--log-level", "off");
    builder.environment().remove("SFSF_CONFIG");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      return new StdioProcess(builder.start());
    } catch (IOException cause) {
      String message = "the program " + program + " cannot be started on " + NativeFile.machine() + ": " + cause.getMessage();
      throw ConnectorException.configuration(message, cause);
    }
  }

  boolean isAlive() {
    return !ended && process.isAlive();
  }

  StdioEvents start(String request) {
    String id = idOf(request);
    StdioEvents events = new StdioEvents(this, id);
    if (waiting.putIfAbsent(id, events) != null) {
      throw ConnectorException.invalidRequest("a request with the id " + id + " is under way");
    }
    if (!send(request.replace('\n', ' ').replace('\r', ' ')) || ended) {
      breakOff();
    }
    return events;
  }

  /** The final event of a request that has no others. */
  Event only(String request) {
    try (StdioEvents events = start(request)) {
      Event event = events.next();
      while (event != null && !event.isFinal()) {
        event = events.next();
      }
      return event;
    }
  }

  /** The id, if it is one: a text or a whole number. What has none is answered with a null. */
  private static String idOf(String request) {
    try {
      JsonElement json = JsonParser.parseString(request);
      JsonElement id = json.isJsonObject() ? json.getAsJsonObject().get("id") : null;
      return id != null && id.isJsonPrimitive() && isId(id.getAsJsonPrimitive()) ? id.toString() : NO_ID;
    } catch (JsonParseException notJson) {
      return NO_ID;
    }
  }

  private static boolean isId(JsonPrimitive id) {
    return id.isString() || id.isNumber() && WHOLE.matcher(id.getAsString()).matches();
  }

  /** Writes a line. False: nobody reads any more, and the reader knows. */
  synchronized boolean send(String line) {
    try {
      input.write(line);
      input.write('\n');
      input.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private void read() {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        deliver(new Event(line));
      }
    } catch (IOException | RuntimeException broken) {
      process.destroy();
    }
    ended = true;
    breakOff();
  }

  private void deliver(Event event) {
    JsonObject json = event.json();
    boolean last = event.isFinal();
    JsonElement id = last ? json.get("id") : json.getAsJsonObject("params").get("id");
    String key = String.valueOf(id);
    StdioEvents events = last ? waiting.remove(key) : waiting.get(key);
    if (events != null && !"keep_alive".equals(event.method())) {
      events.deliver(event);
    }
  }

  /** The end of the output is the end of everything under way. */
  private void breakOff() {
    for (String id : waiting.keySet()) {
      StdioEvents events = waiting.remove(id);
      if (events != null) {
        events.deliver(new Event(broken(id)));
      }
    }
  }

  private static String broken(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"error\":{\"code\":-31005,\"message\":\"the connector's process has ended before it answered; what became of a change is"
        + " unknown\",\"data\":{\"kind\":\"connection_broken\",\"retry\":\"later\",\"effect\":\"unknown\"}}}";
  }

  /** Ends the program: what is under way is cancelled. */
  @Override
  public void close() {
    send("{\"jsonrpc\":\"2.0\",\"id\":\"shutdown\",\"method\":\"shutdown\"}");
    try {
      process.getOutputStream().close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException gone) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
