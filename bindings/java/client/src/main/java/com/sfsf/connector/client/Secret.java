package com.sfsf.connector.client;

import java.util.Objects;

/** A secret text. It prints as {@code [redacted]}; {@link #reveal()} gives it. It cannot be serialized. */
public final class Secret {
  private final String text;

  /** A secret with this text. */
  public Secret(String text) {
    this.text = Objects.requireNonNull(text);
  }

  /** The text. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "[redacted]";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret && ((Secret) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
