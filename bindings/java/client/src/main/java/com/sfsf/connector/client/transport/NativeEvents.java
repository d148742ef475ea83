package com.sfsf.connector.client.transport;

import com.sfsf.connector.client.ConnectorException;
import com.sun.jna.Pointer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** The events of a request, pulled from the library. */
final class NativeEvents implements Events {
  /** How long the library waits before Java gets the chance to notice an interrupt. */
  private static final int WAIT_MS = 200;

  private static final int AT_A_TIME = 200;

  private final NativeFunctions functions;
  private final Pointer stream;
  private final Queue<Event> ready = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  NativeEvents(NativeFunctions functions, Pointer stream) {
    this.functions = functions;
    this.stream = stream;
  }

  @Override
  public Event next() {
    while (ready.isEmpty() && !closed.get()) {
      if (Thread.currentThread().isInterrupted()) {
        close();
        throw ConnectorException.cancelled("the waiting thread was interrupted, and the request cancelled");
      }
      pull();
    }
    return ready.poll();
  }

  private void pull() {
    try (NativeBuffer out = new NativeBuffer(functions)) {
      int status = functions.sfsf_next(stream, WAIT_MS, AT_A_TIME, out.pointer());
      if (status == NativeTransport.WAIT) {
        return;
      }
      String text = out.text();
      if (status != NativeTransport.OK && !end()) {
        // Another thread has let go of it.
        return;
      }
      text.lines().map(Event::new).forEach(ready::add);
    }
  }

  @Override
  public void cancel() {
    functions.sfsf_cancel(stream);
  }

  @Override
  public void close() {
    if (end()) {
      ready.clear();
    }
  }

  private boolean end() {
    boolean first = closed.compareAndSet(false, true);
    if (first) {
      functions.sfsf_stream_free(stream);
    }
    return first;
  }
}
