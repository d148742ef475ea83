package com.sfsf.connector.client.transport;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.sfsf.connector.client.ConnectorException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/**
 * A request as a line, and what its answer is known by. The program answers a line that it cannot read under no id, and some it does
 * not answer at all: these are refused here.
 */
final class StdioRequest {
  /** What a request waits under that the program cannot read. */
  static final String NO_ID = "null";

  /** The program passes over a line that is longer. */
  private static final int LONGEST = 16 << 20;

  private static final Set<String> NOTIFICATIONS = Set.of("cancel", "credit");

  /** What changes nothing, whatever becomes of its answer. */
  private static final Set<String> READING = Set.of("hello", "open", "test", "schema", "get", "search", "import", "lookup", "explain");

  private static final BigDecimal LARGEST = new BigDecimal(Double.MAX_VALUE);

  /** The id as the program writes it, or {@link #NO_ID}. */
  final String id;

  final byte[] line;

  /** How long the caller waits, in milliseconds; null for as long as it takes. */
  final Long deadline;

  /** What became of a change if nobody answers. */
  final String effectUnanswered;

  private StdioRequest(String id, byte[] line, Long deadline, String method) {
    this.id = id;
    this.line = line;
    this.deadline = deadline;
    this.effectUnanswered = READING.contains(method) ? "not_applied" : "unknown";
  }

  /**
   * A request of one JSON object.
   *
   * @throws ConnectorException if the program would not answer it
   */
  static StdioRequest of(String text) {
    byte[] bytes = Texts.bytes(text);
    if (bytes.length > LONGEST) {
      throw ConnectorException.invalidRequest(bytes.length + " bytes are too many for a request; " + LONGEST + " is the limit");
    }
    if (text.isBlank()) {
      throw ConnectorException.invalidRequest("the request is not JSON: it is empty");
    }
    JsonElement json = json(text);
    if (json == null) {
      // The program says what is wrong with it, if it is one line for the program too.
      return unreadable(text, bytes);
    }
    JsonObject request = json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
    String method = method(request.get("method"));
    if (NOTIFICATIONS.contains(method)) {
      throw ConnectorException.invalidRequest("nobody answers '" + method + "'; cancel the events of a request");
    }
    // Line feeds stand between the values only: within them, they are not JSON.
    byte[] line = text.indexOf('\n') < 0 ? bytes : Texts.bytes(text.replace('\n', ' '));
    return new StdioRequest(isReadable(json, 0) ? key(request.get("id")) : NO_ID, line, deadline(request), method);
  }

  private static JsonElement json(String text) {
    try {
      // The program takes no byte order mark.
      return text.charAt(0) == '\uFEFF' ? null : StrictJson.read(text);
    } catch (JsonParseException notJson) {
      return null;
    }
  }

  private static StdioRequest unreadable(String text, byte[] bytes) {
    if (text.indexOf('\n') >= 0) {
      throw ConnectorException.invalidRequest("the request is not JSON");
    }
    return new StdioRequest(NO_ID, bytes, null, "");
  }

  private static String method(JsonElement method) {
    return method != null && method.isJsonPrimitive() ? method.getAsString() : "";
  }

  /** Half a character that is escaped, and a number without bounds, are JSON that the program cannot read. */
  private static boolean isReadable(JsonElement json, int depth) {
    if (json.isJsonArray()) {
      for (JsonElement inner : json.getAsJsonArray()) {
        if (!isReadable(inner, depth + 1)) {
          return false;
        }
      }
    } else if (json.isJsonObject()) {
      for (Map.Entry<String, JsonElement> entry : json.getAsJsonObject().entrySet()) {
        if (!Texts.isWhole(entry.getKey()) || !isReadable(entry.getValue(), depth + 1)) {
          return false;
        }
      }
    } else if (json.isJsonPrimitive()) {
      return isReadable(json.getAsJsonPrimitive());
    }
    return true;
  }

  private static boolean isReadable(JsonPrimitive value) {
    try {
      return value.isNumber() ? value.getAsBigDecimal().abs().compareTo(LARGEST) <= 0 : Texts.isWhole(value.getAsString());
    } catch (NumberFormatException beyond) {
      return false;
    }
  }

  /** An id as the program writes it, if it is one: a text or a whole number. What has none is answered with a null. */
  static String key(JsonElement id) {
    if (id == null || !id.isJsonPrimitive() || id.getAsJsonPrimitive().isBoolean()) {
      return NO_ID;
    }
    try {
      String text = id.getAsString();
      boolean isText = id.getAsJsonPrimitive().isString();
      return isText ? id.toString() : text.equals("-0") ? NO_ID : String.valueOf(Long.parseLong(text));
    } catch (NumberFormatException notWhole) {
      return NO_ID;
    }
  }

  private static Long deadline(JsonObject request) {
    JsonElement value = member(member(request.get("params"), "meta"), "deadline_ms");
    try {
      return value != null && value.isJsonPrimitive() ? Long.valueOf(value.getAsLong()) : null;
    } catch (NumberFormatException wrong) {
      return null;
    }
  }

  private static JsonElement member(JsonElement json, String name) {
    return json != null && json.isJsonObject() ? json.getAsJsonObject().get(name) : null;
  }
}
