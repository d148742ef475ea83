package com.sfsf.connector.client.transport;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON as RFC 8259 has it. What that does not allow is refused; the exception says where, and repeats no part of the text. */
public final class StrictJson {
  /** The connector reads as deep. */
  static final int DEEPEST = 127;

  private static final Pattern PLACE = Pattern.compile("at line \\d+ column \\d+");

  private StrictJson() {}

  /**
   * What a text stands for.
   *
   * @throws JsonParseException if it is not JSON
   */
  public static JsonElement read(String text) {
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(DEEPEST);
      // The parser takes nothing at all for a null.
      reader.peek();
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() == JsonToken.END_DOCUMENT) {
        return element;
      }
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException refused) {
      throw notJson(refused);
    }
    throw new JsonParseException("this is not JSON: something follows it");
  }

  /**
   * The object that a text stands for.
   *
   * @throws JsonParseException if it is not JSON, or no object
   */
  public static JsonObject object(String text) {
    JsonElement element = read(text);
    if (element.isJsonObject()) {
      return element.getAsJsonObject();
    }
    throw new JsonParseException("this is not a JSON object");
  }

  /** Whether a text is an object in which a key stands twice, so that one of its values would be passed over. */
  public static boolean repeatsKey(String text) {
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(DEEPEST);
      Set<String> keys = new HashSet<>();
      reader.beginObject();
      while (reader.hasNext()) {
        if (!keys.add(reader.nextName())) {
          return true;
        }
        reader.skipValue();
      }
    } catch (IOException | IllegalStateException notJson) {
      // Whoever reads it says so.
    }
    return false;
  }

  /** Without its cause, which names what stands around. */
  private static JsonParseException notJson(Exception refused) {
    Matcher place = PLACE.matcher(String.valueOf(refused.getMessage()));
    return new JsonParseException("this is not JSON" + (place.find() ? ", " + place.group() : ""));
  }
}
