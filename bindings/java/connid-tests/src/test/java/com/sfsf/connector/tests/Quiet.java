package com.sfsf.connector.tests;

import org.identityconnectors.common.logging.Log;
import org.identityconnectors.common.logging.LogSpi;

/** Logs nothing: the framework would print every object. */
public final class Quiet implements LogSpi {
  /** The framework makes it by its name. */
  public Quiet() {}

  @Override
  public void log(Class<?> clazz, String method, Log.Level level, String message, Throwable cause) {}

  @Override
  public void log(Class<?> clazz, StackTraceElement caller, Log.Level level, String message, Throwable cause) {}

  @Override
  public boolean isLoggable(Class<?> clazz, Log.Level level) {
    return false;
  }

  @Override
  public boolean needToInferCaller(Class<?> clazz, Log.Level level) {
    return false;
  }
}
