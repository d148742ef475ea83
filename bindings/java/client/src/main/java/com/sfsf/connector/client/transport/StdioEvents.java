package com.sfsf.connector.client.transport;

import com.google.gson.JsonObject;
import com.sfsf.connector.client.ConnectorException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events of a request over standard input and output. More are asked for as these are taken. */
final class StdioEvents implements Events {
  /** Half of what comes without being asked for, so that the connector never waits. */
  private static final int CREDIT = 100;

  /** The connector keeps deadlines itself, and says that it cancels; this is for one that says nothing any more. */
  private static final long PATIENCE_MS = 500;

  /** Wakes whoever waits, and is no event. */
  private static final Event LOOK = new Event("");

  private final StdioProcess process;
  private final StdioRequest request;
  private volatile Long until;
  private volatile StdioFailure overdue = StdioFailure.SILENT;
  private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
  private volatile boolean delivered;
  private volatile boolean closed;
  private int taken;

  /** The events of a request that is answered in so many milliseconds; null for as long as it takes. */
  StdioEvents(StdioProcess process, StdioRequest request, Long deadline) {
    this.process = process;
    this.request = request;
    this.until = deadline == null ? null : later(Math.max(deadline, 0));
  }

  private static long later(long milliseconds) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds + PATIENCE_MS);
  }

  /** No answer will come. */
  void fail(StdioFailure how) {
    deliver(how.event(request));
  }

  void deliver(Event event) {
    if (event.isFinal()) {
      delivered = true;
    }
    if (!closed) {
      queue.add(event);
    }
  }

  @Override
  public Event next() {
    Event event = LOOK;
    while (event == LOOK && !closed) {
      event = await();
    }
    if (event == LOOK) {
      return null;
    }
    if (event.isFinal()) {
      closed = true;
    } else {
      credit(event.method());
    }
    return event;
  }

  private Event await() {
    try {
      Long end = until;
      Event event = end == null ? queue.take() : queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event != null) {
        return event;
      }
      notify("cancel", 0);
      return overdue.event(request);
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw ConnectorException.cancelled("the waiting thread was interrupted, and the request cancelled");
    }
  }

  private void credit(String method) {
    if ("item".equals(method) || "problem".equals(method)) {
      taken++;
      if (taken == CREDIT) {
        taken = 0;
        notify("credit", CREDIT);
      }
    }
  }

  @Override
  public void cancel() {
    notify("cancel", 0);
    long soon = later(0);
    if (until == null || soon - until < 0) {
      overdue = StdioFailure.CANCELLED;
      until = soon;
      queue.add(LOOK);
    }
  }

  private void notify(String method, int items) {
    if (request.id.equals(StdioRequest.NO_ID)) {
      // The program has not read it, and would take this for another that it cannot read.
      return;
    }
    JsonObject params = new JsonObject();
    params.add("id", StrictJson.read(request.id));
    if (items > 0) {
      params.addProperty("items", items);
    }
    JsonObject notification = new JsonObject();
    notification.addProperty("jsonrpc", "2.0");
    notification.addProperty("method", method);
    notification.add("params", params);
    process.notify(notification.toString());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      queue.clear();
      queue.add(LOOK);
      if (!delivered) {
        notify("cancel", 0);
      }
    }
  }
}
