package com.sfsf.connector.tests;

import org.identityconnectors.common.logging.Log;
import org.identityconnectors.common.logging.LogSpi;

/**
 * Prints nothing. The framework believes that it logs, unless told otherwise: while it logs, it takes every handler, and else only those
 * that want to know how a search ends, which those of its contract tests do not.
 */
public final class Quiet implements LogSpi {
  private static final boolean SILENT = Boolean.getBoolean("sfsf.test.silent");

  /** The framework makes it by its name. */
  public Quiet() {}

  @Override
  public void log(Class<?> clazz, String method, Log.Level level, String message, Throwable cause) {}

  @Override
  public void log(Class<?> clazz, StackTraceElement caller, Log.Level level, String message, Throwable cause) {}

  @Override
  public boolean isLoggable(Class<?> clazz, Log.Level level) {
    return !SILENT;
  }

  @Override
  public boolean needToInferCaller(Class<?> clazz, Log.Level level) {
    return false;
  }
}
