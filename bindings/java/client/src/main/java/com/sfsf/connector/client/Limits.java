// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.time.Duration;

/** How much a carrier takes. What is beyond is refused with a sentence. */
public final class Limits extends Json {
  Limits(JsonObject json) {
    super(json);
  }

  /** Bytes of one request. */
  public long requestBytes() {
    return number("request_bytes");
  }

  /** Requests under way at the same time. */
  public long requests() {
    return number("requests");
  }

  /** Items and problems of a stream that may come before the caller asks for more. */
  public long credit() {
    return number("credit");
  }

  /** A request that has nothing to say for so long says that it is alive. */
  public Duration keepAlive() {
    return duration("keep_alive_ms");
  }
}
