// Generated from the protocol's schema; the suite `protocol` writes it anew if UPDATE_SNAPSHOTS is set.
package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** What an import did. Of a run that went on from a checkpoint, it is what was done since. */
public final class ImportFigures extends Json {
  ImportFigures(JsonObject json) {
    super(json);
  }

  /** Everything, or what has changed. */
  public ImportMode mode() {
    return ImportMode.of(text("mode"));
  }

  /** {@code mode} as it came, also where ImportMode does not know the word. */
  public String modeText() {
    return text("mode");
  }

  /**
   * Why the run brought everything although it was given the token of an earlier one; absent if it was not so.
   */
  public FullBecause fullBecause() {
    return optional("full_because", FullBecause::new);
  }

  /** The run went on from a checkpoint. */
  public boolean resumed() {
    return flag("resumed");
  }

  /** Records read. */
  public long seen() {
    return number("seen");
  }

  /** Objects delivered that the caller had not; absent where nobody knows what the caller has. */
  public Long created() {
    return optionalNumber("created");
  }

  /** Objects delivered that the caller had; absent where nobody knows. */
  public Long updated() {
    return optionalNumber("updated");
  }

  /** Accounts among the objects delivered that may not log in. */
  public long inactive() {
    return number("inactive");
  }

  /** Objects of which it was said that they are gone. */
  public long gone() {
    return number("gone");
  }

  /** Records that were read and not delivered, by reason. */
  public Map<String, Long> skipped() {
    return map("skipped", one -> one.getAsLong());
  }

  /**
   * Attributes that were wanted and that the target does not have, or has no longer: the run went on without them.
   */
  public List<String> missingAttributes() {
    return list("missing_attributes", one -> one.getAsString());
  }

  /** Milliseconds that went into each phase. */
  public Map<String, Long> milliseconds() {
    return map("milliseconds", one -> one.getAsLong());
  }
}
