package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** What is wrong with one record of a stream, which goes on. */
public final class Problem extends Json {
  private final ConnectorException error;

  Problem(JsonObject json) {
    super(json);
    error = ConnectorException.of(json, null);
  }

  /** What sort of thing is wrong. */
  public ProblemKind kind() {
    return ProblemKind.of(kindText());
  }

  /** {@code kind} as it came, also where ProblemKind does not know the word. */
  public String kindText() {
    return text("kind");
  }

  /** What is wrong, with the uid and the attributes that it is about where they are known. */
  public ConnectorException error() {
    return error;
  }
}
