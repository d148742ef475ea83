package com.sfsf.connector.client.transport;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** An {@code sfsf_buffer}: a pointer, a length and a capacity. It is freed when it is closed. */
final class NativeBuffer implements AutoCloseable {
  private final NativeFunctions functions;
  private final Memory memory = new Memory(2L * Native.SIZE_T_SIZE + Native.POINTER_SIZE);

  NativeBuffer(NativeFunctions functions) {
    this.functions = functions;
    memory.clear();
  }

  Pointer pointer() {
    return memory;
  }

  /** What the library put into it. */
  String text() {
    Pointer data = memory.getPointer(0);
    long length = Native.SIZE_T_SIZE == Long.BYTES ? memory.getLong(Native.POINTER_SIZE) : memory.getInt(Native.POINTER_SIZE);
    return data == null ? "" : Texts.text(data.getByteArray(0, Math.toIntExact(length)));
  }

  @Override
  public void close() {
    functions.sfsf_buffer_free(memory);
  }
}
