package com.sfsf.connector.client.transport;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.sfsf.connector.client.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The program while it runs, and the requests that wait for it. */
final class StdioProcess implements AutoCloseable {
  /** The program gives what is under way 3 seconds. */
  private static final long GRACE_SECONDS = 5;

  /** It says hello at once, and opens a session as fast as files are read and keys decrypted. */
  private static final long START_MS = 30_000;

  /** What it has said before it ended is read in this time. */
  private static final long REST_MS = 1000;

  private static final String SHUTDOWN = "\"shutdown\"";

  private final Process process;
  private final StdioInput input;
  private final Map<String, StdioEvents> waiting = new ConcurrentHashMap<>();
  private volatile StdioFailure ended;

  private StdioProcess(Process process) {
    this.process = process;
    this.input = new StdioInput(process.getOutputStream());
    Thread reader = new Thread(this::read, "sfsf-connector output");
    reader.setDaemon(true);
    reader.start();
    // A child of its own may hold its output open.
    process.onExit().thenRun(() -> endAfter(reader));
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
    return ended == null && process.isAlive();
  }

  StdioEvents start(String text) {
    StdioRequest request = StdioRequest.of(text);
    return start(request, request.deadline);
  }

  private StdioEvents start(StdioRequest request, Long deadline) {
    StdioEvents events = new StdioEvents(this, request, deadline);
    if (waiting.putIfAbsent(request.id, events) != null) {
      throw ConnectorException.invalidRequest("a request with the id " + request.id + " is under way");
    }
    input.send(request.line);
    if (ended != null) {
      breakOff();
    }
    return events;
  }

  /**
   * The result of a request around the operations, of which nothing is under way yet.
   *
   * @throws ConnectorException the error that it brings; nothing was changed
   */
  JsonObject only(String request) {
    JsonObject answer = last(request).json();
    if (!answer.has("error")) {
      return answer.getAsJsonObject("result");
    }
    // The id is this package's own, and no operation has begun.
    answer.add("id", JsonNull.INSTANCE);
    answer.getAsJsonObject("error").getAsJsonObject("data").addProperty("effect", "not_applied");
    throw ConnectorException.of(answer.toString());
  }

  private Event last(String request) {
    try (StdioEvents events = start(StdioRequest.of(request), START_MS)) {
      Event event = events.next();
      while (!event.isFinal()) {
        event = events.next();
      }
      return event;
    }
  }

  /** Hands in a line that nobody answers. */
  void notify(String line) {
    input.send(Texts.bytes(line));
  }

  private void read() {
    try (InputStream output = process.getInputStream()) {
      Lines lines = new Lines(output);
      for (String line = lines.next(); line != null; line = lines.next()) {
        deliver(new Event(line));
      }
      end(StdioFailure.GONE);
    } catch (IOException broken) {
      process.destroyForcibly();
      end(StdioFailure.GONE);
    } catch (RuntimeException foreign) {
      process.destroyForcibly();
      end(StdioFailure.FOREIGN);
    }
  }

  private void deliver(Event event) {
    JsonObject json = event.json();
    boolean last = event.isFinal();
    JsonElement id = last ? json.get("id") : json.getAsJsonObject("params").get("id");
    if (id == null || last && !isObject(json.get("result")) && !isObject(json.get("error"))) {
      throw new JsonParseException("no event of the protocol");
    }
    String key = StdioRequest.key(id);
    StdioEvents events = last ? answered(key) : waiting.get(key);
    if (events != null && !"keep_alive".equals(event.method())) {
      events.deliver(event);
    }
  }

  private static boolean isObject(JsonElement json) {
    return json != null && json.isJsonObject();
  }

  /** Whose answer this is. What the program and we read differently is answered under another id. */
  private StdioEvents answered(String key) {
    StdioEvents events = waiting.remove(key);
    if (events == null && !key.equals(SHUTDOWN)) {
      boolean isOnlyOne = key.equals(StdioRequest.NO_ID) && waiting.size() == 1;
      return waiting.remove(isOnlyOne ? waiting.keySet().iterator().next() : StdioRequest.NO_ID);
    }
    return events;
  }

  private void endAfter(Thread reader) {
    try {
      reader.join(REST_MS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    end(StdioFailure.GONE);
  }

  private void end(StdioFailure how) {
    synchronized (this) {
      ended = ended == null ? how : ended;
    }
    input.end();
    breakOff();
  }

  /** The end of the program is the end of everything under way. */
  private void breakOff() {
    for (String id : waiting.keySet()) {
      StdioEvents events = waiting.remove(id);
      if (events != null) {
        events.fail(ended);
      }
    }
  }

  /** Ends the program: what is under way is cancelled. One that does not end is killed. */
  @Override
  public void close() {
    notify("{\"jsonrpc\":\"2.0\",\"id\":" + SHUTDOWN + ",\"method\":\"shutdown\"}");
    input.end();
    try {
      if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    end(StdioFailure.GONE);
  }
}
