package com.sfsf.connector;

import com.sfsf.connector.client.Connection;
import com.sfsf.connector.client.ConnectorException;
import com.sfsf.connector.client.Manifest;
import com.sfsf.connector.client.ObjectClassInfo;
import com.sfsf.connector.client.ObjectClassManifest;
import com.sfsf.connector.client.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.identityconnectors.framework.common.objects.ObjectClass;

/** One connection to a tenant and what is known of it. Connectors with the same configuration share it, and so its token. */
final class Tenant {
  /** The connector itself asks the tenant again after an hour. */
  private static final long FRESH_NANOS = Duration.ofMinutes(10).toNanos();

  private final Connection connection;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile List<ClassMapping> classes;
  private volatile long readAt;

  Tenant(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** The object classes, not older than some minutes. Those who come while they are read wait, unless they are interrupted. */
  List<ClassMapping> classes() {
    try {
      reading.lockInterruptibly();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ConnectorException.cancelled("the waiting thread was interrupted");
    }
    try {
      boolean fresh = classes != null && System.nanoTime() - readAt < FRESH_NANOS;
      return fresh ? classes : read();
    } finally {
      reading.unlock();
    }
  }

  /** The object classes, as the connector has them now. */
  List<ClassMapping> read() {
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
    readAt = System.nanoTime();
    classes = read;
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
