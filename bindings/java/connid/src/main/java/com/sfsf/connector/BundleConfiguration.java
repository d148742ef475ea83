package com.sfsf.connector;

import com.sfsf.connector.client.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.common.exceptions.ConfigurationException;
import org.identityconnectors.framework.spi.AbstractConfiguration;
import org.identityconnectors.framework.spi.ConfigurationProperty;

/** What the bundle itself has to be told. The keys of the connector are in the subclass, which is written from its manifest. */
public abstract class BundleConfiguration extends AbstractConfiguration {
  private String libraryPath;
  private String programPath;
  private Integer deadline;
  private boolean uidInSchema;

  /** The file of the native library; null for the one in the bundle. */
  @ConfigurationProperty(order = 101, displayMessageKey = "libraryPath.display", helpMessageKey = "libraryPath.help")
  public String getLibraryPath() {
    return libraryPath;
  }

  /** The file of the native library; null for the one in the bundle. */
  public void setLibraryPath(String value) {
    libraryPath = value;
  }

  /** The file of the program, to be used in the place of the library. */
  @ConfigurationProperty(order = 102, displayMessageKey = "programPath.display", helpMessageKey = "programPath.help")
  public String getProgramPath() {
    return programPath;
  }

  /** The file of the program, to be used in the place of the library. */
  public void setProgramPath(String value) {
    programPath = value;
  }

  /** How long the host waits for an operation that has one answer, in seconds. */
  @ConfigurationProperty(order = 103, displayMessageKey = "deadline.display", helpMessageKey = "deadline.help")
  public Integer getDeadline() {
    return deadline;
  }

  /** How long the host waits for an operation that has one answer, in seconds. */
  public void setDeadline(Integer value) {
    deadline = value;
  }

  /** Whether object classes name {@code __UID__}. */
  @ConfigurationProperty(order = 104, displayMessageKey = "uidInSchema.display", helpMessageKey = "uidInSchema.help")
  public boolean isUidInSchema() {
    return uidInSchema;
  }

  /** Whether object classes name {@code __UID__}. */
  public void setUidInSchema(boolean value) {
    uidInSchema = value;
  }

  /** The keys of the connector. */
  abstract List<Key> keys();

  /** Names every required property that is missing. Everything else is checked by the connector itself, at {@code init}. */
  @Override
  public final void validate() {
    List<Key> missing = keys().stream().filter(key -> key.required && key.isAbsent()).collect(Collectors.toList());
    if (!missing.isEmpty()) {
      String names = missing.stream().map(key -> key.property).collect(Collectors.joining(", "));
      throw new ConfigurationException("the configuration lacks " + names);
    }
    if (deadline != null && deadline < 1) {
      throw new ConfigurationException("deadline is " + deadline + "; it takes a number of seconds, 1 or more");
    }
  }

  /** What the connector is opened with. */
  final Map<String, Object> present() {
    Map<String, Object> present = new LinkedHashMap<>();
    keys().stream().filter(key -> !key.isAbsent()).forEach(key -> present.put(key.name, key.wireValue()));
    return present;
  }

  /** One key of the connector, and its value. */
  static final class Key {
    final String name;
    final String property;
    final String defaultValue;
    private final Object value;
    private final boolean required;

    Key(String name, String property, Object value, boolean required, String defaultValue) {
      this.name = name;
      this.property = property;
      this.value = value;
      this.required = required;
      this.defaultValue = defaultValue;
    }

    boolean isAbsent() {
      return value == null || value instanceof String && ((String) value).trim().isEmpty();
    }

    private Object wireValue() {
      return value instanceof GuardedString ? secret((GuardedString) value) : value;
    }
  }

  /** The text of a guarded string. */
  static Secret secret(GuardedString guarded) {
    Secret[] secret = new Secret[1];
    guarded.access(clear -> secret[0] = new Secret(new String(clear)));
    return secret[0];
  }
}
