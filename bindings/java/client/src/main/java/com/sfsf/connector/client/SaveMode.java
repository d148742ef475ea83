package com.sfsf.connector.client;

/** What to do about objects that are, or are not, there. */
public enum SaveMode {
  /** Create the object if it is not there. */
  CREATE_OR_UPDATE("create_or_update"),
  /** An object that is there is an error. */
  CREATE("create"),
  /** An object that is not there is an error. */
  UPDATE("update");

  private final String wire;

  SaveMode(String wire) {
    this.wire = wire;
  }

  String wire() {
    return wire;
  }
}
