package com.sfsf.connector.client.transport;

import com.google.gson.JsonObject;

/** What goes wrong between this process and the program, as the events of a request have it. */
enum StdioFailure {
  /** The program has ended. */
  GONE(-31005, "connection_broken", "later", "the connector's process has ended before it answered"),
  /** What it says is not the protocol. */
  FOREIGN(-31021, "internal", "never", "the program does not speak the protocol; it is not sfsf-connector, or prints something besides"),
  /** It says nothing. */
  SILENT(-31008, "timeout", "later", "the connector's process has not answered in time"),
  /** It does not say that a request is cancelled. */
  CANCELLED(-32800, "cancelled", "never", "the call was cancelled, and the connector's process does not answer");

  private final int code;
  private final String kind;
  private final String retry;
  private final String message;

  StdioFailure(int code, String kind, String retry, String message) {
    this.code = code;
    this.kind = kind;
    this.retry = retry;
    this.message = message;
  }

  /** The end of a request. What became of a change nobody knows. */
  Event event(StdioRequest request) {
    return new Event("{\"jsonrpc\":\"2.0\",\"id\":" + request.id + ",\"error\":" + error(request.effectUnanswered) + "}");
  }

  private JsonObject error(String effect) {
    JsonObject data = new JsonObject();
    data.addProperty("kind", kind);
    data.addProperty("retry", retry);
    data.addProperty("effect", effect);
    JsonObject error = new JsonObject();
    error.addProperty("code", code);
    error.addProperty("message", message);
    error.add("data", data);
    return error;
  }
}
