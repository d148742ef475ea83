package com.sfsf.connector.client.transport;

import com.sfsf.connector.client.ConnectorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntBiFunction;

/**
 * The library of the connector, in this process. Each library is loaded once and stays.
 *
 * <p>Since JDK 24, Java warns about native code unless it is started with {@code --enable-native-access=ALL-UNNAMED}.
 */
public final class NativeTransport implements Transport {
  private static final int ABI_MAJOR = 1;
  private static final int ABI_MINOR = 0;
  static final int OK = 0;
  static final int WAIT = 2;

  private static final Map<Path, NativeTransport> LOADED = new ConcurrentHashMap<>();
  private static NativeTransport found;

  private final Path file;
  private final NativeFunctions functions;

  private NativeTransport(Path file) {
    this.file = file;
    this.functions = load(file);
  }

  /**
   * The library that the property {@code sfsf.connector.native} or the variable {@code SFSF_CONNECTOR_LIBRARY} names; without them,
   * the one in the jar.
   *
   * @throws ConnectorException.Configuration if there is none for this machine, or it cannot be loaded
   */
  public static synchronized NativeTransport load() {
    if (found == null) {
      found = at(NativeFile.find());
    }
    return found;
  }

  /**
   * The library in this file.
   *
   * @throws ConnectorException.Configuration if it is not there or cannot be loaded
   */
  public static NativeTransport at(Path file) {
    return LOADED.computeIfAbsent(NativeFile.checked(file), NativeTransport::new);
  }

  private static NativeFunctions load(Path file) {
    try {
      NativeFunctions functions = Native.load(file.toString(), NativeFunctions.class);
      check(file, functions.sfsf_abi_version());
      return functions;
    } catch (LinkageError error) {
      String message = "the connector library " + file + " cannot be loaded on " + NativeFile.machine() + ": " + error.getMessage();
      throw ConnectorException.configuration(message, error);
    }
  }

  private static void check(Path file, int version) {
    int major = version >>> 16;
    int minor = version & 0xFFFF;
    if (major != ABI_MAJOR || minor < ABI_MINOR) {
      String message =
          String.format(
              "%s has version %d.%d of the ABI; this jar needs %d.%d or a later %d",
              file, major, minor, ABI_MAJOR, ABI_MINOR, ABI_MAJOR);
      throw ConnectorException.configuration(message, null);
    }
  }

  @Override
  public Link open(String configuration) {
    byte[] bytes = Texts.bytes(configuration);
    NativeFunctions.Size length = new NativeFunctions.Size(bytes.length);
    return new NativeLink(functions, made(functions, (handle, error) -> functions.sfsf_open(bytes, length, handle, error)));
  }

  @Override
  public String info() {
    try (NativeBuffer out = new NativeBuffer(functions)) {
      if (functions.sfsf_info(out.pointer()) < OK) {
        throw ConnectorException.of(out.text());
      }
      return out.text();
    }
  }

  /** The handle that a call makes; an exception if it says why not. */
  static Pointer made(NativeFunctions functions, ToIntBiFunction<PointerByReference, Pointer> call) {
    PointerByReference handle = new PointerByReference();
    try (NativeBuffer error = new NativeBuffer(functions)) {
      int status = call.applyAsInt(handle, error.pointer());
      if (status != OK || handle.getValue() == null) {
        throw ConnectorException.of(error.text());
      }
      return handle.getValue();
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
