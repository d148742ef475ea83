package com.sfsf.connector.client.transport;

import com.sfsf.connector.client.ConnectorException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts as bytes in UTF-8 and back, with nothing replaced. */
public final class Texts {
  private Texts() {}

  /**
   * The bytes of a text.
   *
   * @throws ConnectorException if it has half a character, for which there are no bytes
   */
  static byte[] bytes(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(bytes.array(), bytes.limit());
    } catch (CharacterCodingException half) {
      throw half();
    }
  }

  /**
   * The text itself.
   *
   * @throws ConnectorException if it has half a character
   */
  public static String whole(String text) {
    if (!isWhole(text)) {
      throw half();
    }
    return text;
  }

  private static ConnectorException half() {
    return ConnectorException.invalidRequest("half a character (a surrogate that stands alone) is no text");
  }

  /** Whether it has no half of a character. */
  static boolean isWhole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /**
   * The text of bytes.
   *
   * @throws ConnectorException if they are not UTF-8
   */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      throw ConnectorException.internal("what the connector says is not UTF-8");
    }
  }
}
