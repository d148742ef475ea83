// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;

/** Which options of a search have an effect. */
public final class SearchManifest extends Json {
  SearchManifest(JsonObject json) {
    super(json);
  }

  /** {@code sort_keys} */
  public boolean sortKeys() {
    return flag("sort_keys");
  }

  /** {@code page} with an offset */
  public boolean pageByOffset() {
    return flag("page_by_offset");
  }

  /** {@code page} with a cookie */
  public boolean pageByCookie() {
    return flag("page_by_cookie");
  }
}
