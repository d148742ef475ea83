package com.sfsf.connector.client.transport;

import com.sun.jna.Pointer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection of the library. */
final class NativeLink implements Link {
  private final NativeFunctions functions;
  private final Pointer handle;
  private final AtomicBoolean closed = new AtomicBoolean();

  NativeLink(NativeFunctions functions, Pointer handle) {
    this.functions = functions;
    this.handle = handle;
  }

  @Override
  public Events start(String request) {
    byte[] bytes = Texts.bytes(request);
    NativeFunctions.Size length = new NativeFunctions.Size(bytes.length);
    Pointer stream =
        NativeTransport.made(
            functions, (made, error) -> functions.sfsf_start(handle, bytes, length, made, error));
    return new NativeEvents(functions, stream);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      functions.sfsf_close(handle);
    }
  }
}
