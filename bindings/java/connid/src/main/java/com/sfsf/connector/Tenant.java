package com.sfsf.connector;

import com.sfsf.connector.client.Connection;
import com.sfsf.connector.client.Manifest;
import com.sfsf.connector.client.ObjectClassInfo;
import com.sfsf.connector.client.ObjectClassManifest;
import com.sfsf.connector.client.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.identityconnectors.framework.common.objects.ObjectClass;

/** One connection to a tenant and what is known of it. Connectors with the same configuration share it, and so its token. */
final class Tenant {
  /** The connector itself asks the tenant again after an hour. */
  private static final long FRESH_NANOS = Duration.ofMinutes(10).toNanos();

  private final Connection connection;
  private List<ClassMapping> classes;
  private long readAt;

  Tenant(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** The object classes, not older than some minutes. */
  synchronized List<ClassMapping> classes() {
    if (classes == null || System.nanoTime() - readAt > FRESH_NANOS) {
      read();
    }
    return classes;
  }

  /** The object classes, as the connector has them now. */
  synchronized List<ClassMapping> read() {
    Manifest manifest = connection.info().manifest();
    Schema schema = connection.schema();
    List<ClassMapping> read = new ArrayList<>();
    for (ObjectClassInfo info : schema.objectClasses()) {
      for (ObjectClassManifest known : manifest.objectClasses()) {
        if (known.name().equals(info.name())) {
          read.add(new ClassMapping(known, info));
        }
      }
    }
    classes = read;
    readAt = System.nanoTime();
    return read;
  }

  /** The mapping of a class. */
  ClassMapping mapping(ObjectClass objectClass) {
    String name = objectClass.getObjectClassValue();
    return classes().stream()
        .filter(mapping -> mapping.isCalled(name))
        .findFirst()
        .orElseThrow(() -> new UnsupportedOperationException("there is no object class " + name));
  }
}
