package com.sfsf.connector;

import com.sfsf.connector.client.Connection;
import com.sfsf.connector.client.Secret;
import com.sfsf.connector.client.transport.NativeTransport;
import com.sfsf.connector.client.transport.StdioTransport;
import com.sfsf.connector.client.transport.Transport;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The connections of this bundle. A host makes a connector for each operation, or keeps some in a pool; all that have the same
 * configuration use one connection, so that they log in once. A connection that nobody uses is kept for some minutes, and closed
 * when others come or go.
 */
final class Tenants {
  private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();
  private static final Map<String, Shared> SHARED = new HashMap<>();

  private Tenants() {}

  /** What is shared, and by how many. */
  private static final class Shared {
    private final Tenant tenant;
    private int users;
    private long leftAt;

    Shared(Tenant tenant) {
      this.tenant = tenant;
    }

    boolean isStale(long now) {
      return users == 0 && now - leftAt > KEPT_NANOS;
    }
  }

  /** A tenant that somebody uses until it is given back. */
  static final class Lease implements AutoCloseable {
    private final Shared shared;
    private boolean closed;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    Tenant tenant() {
      return shared.tenant;
    }

    @Override
    public void close() {
      synchronized (SHARED) {
        if (!closed) {
          closed = true;
          shared.users--;
          shared.leftAt = System.nanoTime();
          sweep();
        }
      }
    }
  }

  /** The tenant of a configuration. */
  static Lease lease(BundleConfiguration configuration) {
    synchronized (SHARED) {
      sweep();
      String key = fingerprint(configuration);
      Shared shared = SHARED.get(key);
      if (shared == null) {
        shared = new Shared(new Tenant(Connection.open(transport(configuration), configuration.present())));
        SHARED.put(key, shared);
      }
      shared.users++;
      return new Lease(shared);
    }
  }

  private static Transport transport(BundleConfiguration configuration) {
    if (isGiven(configuration.getProgramPath())) {
      return StdioTransport.at(Paths.get(configuration.getProgramPath()));
    }
    String library = configuration.getLibraryPath();
    return isGiven(library) ? NativeTransport.at(Paths.get(library)) : NativeTransport.load();
  }

  private static boolean isGiven(String text) {
    return text != null && !text.trim().isEmpty();
  }

  private static void sweep() {
    long now = System.nanoTime();
    for (Iterator<Shared> each = SHARED.values().iterator(); each.hasNext(); ) {
      Shared shared = each.next();
      if (shared.isStale(now)) {
        each.remove();
        shared.tenant.connection().close();
      }
    }
  }

  /** Tells configurations apart without keeping their secrets. */
  private static String fingerprint(BundleConfiguration configuration) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, configuration.getProgramPath());
      add(digest, configuration.getLibraryPath());
      configuration.present().forEach((key, value) -> {
        add(digest, key);
        add(digest, value instanceof Secret
            ? ((Secret) value).reveal()
            : value.toString());
      });
      return new BigInteger(1, digest.digest()).toString(16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
