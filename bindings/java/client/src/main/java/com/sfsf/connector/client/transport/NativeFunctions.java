package com.sfsf.connector.client.transport;

import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** The functions of the library, as its header has them. */
interface NativeFunctions extends Library {
  /** A {@code size_t}. */
  final class Size extends IntegerType {
    private static final long serialVersionUID = 1L;

    /** Zero. */
    public Size() {
      this(0);
    }

    /** This many. */
    public Size(long value) {
      super(Native.SIZE_T_SIZE, value, true);
    }
  }

  int sfsf_abi_version();

  int sfsf_info(Pointer out);

  int sfsf_open(byte[] configuration, Size length, PointerByReference connection, Pointer error);

  int sfsf_start(Pointer connection, byte[] request, Size length, PointerByReference stream, Pointer error);

  int sfsf_next(Pointer stream, int waitMilliseconds, int maxItems, Pointer out);

  int sfsf_cancel(Pointer stream);

  int sfsf_stream_free(Pointer stream);

  int sfsf_close(Pointer connection);

  void sfsf_buffer_free(Pointer buffer);

  void sfsf_log_level(int level);

  int sfsf_log_next(int waitMilliseconds, Pointer out);
}
