package com.sfsf.connector.tests;

import com.google.gson.JsonObject;
import com.sfsf.connector.sandbox.Sandbox;

/** The tenant of the contract tests. One for all of them: they begin in whatever order. */
public final class ContractTenant {
  private static Sandbox sandbox;
  private static int ahead;

  private ContractTenant() {}

  /** Lets some seconds pass there, so that what was done before is before by its clock, which has no parts of a second. */
  public static synchronized void wait10Seconds() {
    properties();
    ahead += 10;
    sandbox.clockAhead(ahead);
  }

  /** Its configuration, under the names of the bundle. */
  public static synchronized JsonObject properties() {
    if (sandbox == null) {
      sandbox = Sandbox.start(30);
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
    }
    JsonObject properties = new JsonObject();
    sandbox.configuration().entrySet().forEach(key -> properties.add(Bundle.property(key.getKey()), key.getValue()));
    // The tests count what has changed, and want nothing twice.
    properties.addProperty("syncOverlap", "0");
    properties.addProperty("syncNullTimestamps", "no");
    return properties;
  }
}
