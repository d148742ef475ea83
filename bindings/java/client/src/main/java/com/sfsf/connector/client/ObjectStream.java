package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import com.sfsf.connector.client.transport.Event;
import com.sfsf.connector.client.transport.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * The objects that a search or an import brings. Iterate over it once, and close it: if it has not ended then, the tenant is asked
 * for nothing more. When the iteration is over, {@link #summary()} says how it ended; a failure comes out of the iteration. Records
 * that could not be read do not end it. It belongs to one thread at a time; {@link #cancel()} and {@link #close()} may be called
 * from any.
 */
public final class ObjectStream implements Iterable<ConnectorObject>, Iterator<ConnectorObject>, AutoCloseable {
  private final Events events;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Gone> gone = new ArrayList<>();
  private Consumer<Progress> onProgress = progress -> {};
  private Consumer<String> onCheckpoint = token -> {};
  private ConnectorObject next;
  private Summary summary;
  private boolean failed;
  private volatile boolean left;

  ObjectStream(Events events) {
    this.events = events;
  }

  /** Calls this with how far the stream is. */
  public ObjectStream onProgress(Consumer<Progress> consumer) {
    onProgress = consumer;
    return this;
  }

  /** Calls this with tokens with which an import that broke off goes on. */
  public ObjectStream onCheckpoint(Consumer<String> consumer) {
    onCheckpoint = consumer;
    return this;
  }

  /**
   * Goes through what is left.
   *
   * @throws IllegalStateException if somebody has gone through it already, or has left it
   */
  @Override
  public Iterator<ConnectorObject> iterator() {
    boolean isOver = summary != null && next == null && summary.count() > 0;
    if (isOver || failed || left) {
      throw new IllegalStateException("a stream is gone through once; ask again for another one");
    }
    return this;
  }

  /**
   * Waits for the next object. An interrupt of the waiting thread cancels the request.
   *
   * @throws ConnectorException the failure that ended the stream; of the class {@code Cancelled} if it was closed before its end,
   *     since what came is not the whole
   */
  @Override
  public boolean hasNext() {
    while (next == null && summary == null) {
      Event event = events.next();
      if (event != null) {
        take(event);
      } else if (failed) {
        return false;
      } else {
        throw ConnectorException.left("the stream was left before its end");
      }
    }
    return next != null;
  }

  @Override
  public ConnectorObject next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ConnectorObject object = next;
    next = null;
    return object;
  }

  private void take(Event event) {
    JsonObject json = event.json();
    if (json.has("error") && !json.has("method")) {
      failed = true;
      events.close();
      throw ConnectorException.of(json, event.line());
    }
    if (json.has("result")) {
      summary = new Summary(json.getAsJsonObject("result"));
      events.close();
      return;
    }
    notification(event.method(), json.getAsJsonObject("params"));
  }

  private void notification(String method, JsonObject params) {
    switch (method) {
      case "item":
        next = new ConnectorObject(params.getAsJsonObject("object"));
        break;
      case "problem":
        problems.add(new Problem(params));
        break;
      case "progress":
        onProgress.accept(new Progress(params.getAsJsonObject("progress")));
        break;
      case "gone":
        gone.add(new Gone(params.getAsJsonObject("gone")));
        break;
      case "checkpoint":
        onCheckpoint.accept(params.get("sync_token").getAsString());
        break;
      default:
        // Events of a newer connector are passed over.
    }
  }

  /** The records that could not be read, or not all of them, as far as they came. */
  public List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** The objects to let go of, as far as they came. */
  public List<Gone> gone() {
    return Collections.unmodifiableList(gone);
  }

  /** How the stream ended; null until then. */
  public Summary summary() {
    return summary;
  }

  /** Ends the stream with {@link ConnectorException.Cancelled}. It may be called from any thread. */
  public void cancel() {
    events.cancel();
  }

  /** Ends the stream. The tenant is asked for nothing more. */
  @Override
  public void close() {
    left = true;
    events.close();
  }
}
