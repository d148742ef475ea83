package com.sfsf.connector.client.transport;

import com.sfsf.connector.client.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** Where the library of the connector is: at a place of its own, or in the jar. */
final class NativeFile {
  private static final String PROPERTY = "sfsf.connector.native";
  private static final String VARIABLE = "SFSF_CONNECTOR_LIBRARY";

  private NativeFile() {}

  /** The place that is named by a property of the system or by the environment; otherwise a copy of what is in the jar. */
  static Path find() {
    String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    return named == null || named.isEmpty() ? unpacked() : Paths.get(named);
  }

  /** A file that must be there. */
  static Path checked(Path file) {
    if (Files.isRegularFile(file)) {
      return file.toAbsolutePath();
    }
    throw ConnectorException.configuration("there is no connector library at " + file + "; this is " + machine(), null);
  }

  private static Path unpacked() {
    String name = System.mapLibraryName("sfsf_connector");
    String resource = "native/" + platform() + "/" + name;
    try (InputStream library = NativeFile.class.getClassLoader().getResourceAsStream(resource)) {
      if (library == null) {
        throw missing(resource);
      }
      Path folder = Files.createTempDirectory("sfsf-connector");
      Path file = folder.resolve(name);
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException cause) {
      String message = resource + " cannot be unpacked into " + System.getProperty("java.io.tmpdir") + ": " + cause.getMessage();
      throw ConnectorException.configuration(message, cause);
    }
  }

  private static ConnectorException missing(String resource) {
    return ConnectorException.configuration(
        "this jar has no connector library for "
            + machine()
            + ": "
            + resource
            + " is missing; name one by its path, in the property "
            + PROPERTY
            + " or in the variable "
            + VARIABLE,
        null);
  }

  /** The machine, for people. */
  static String machine() {
    return System.getProperty("os.name") + " on " + System.getProperty("os.arch");
  }

  private static String platform() {
    return system(System.getProperty("os.name")) + "-" + architecture(System.getProperty("os.arch"));
  }

  private static String system(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mac")) {
      return "macos";
    }
    return lower.startsWith("windows") ? "windows" : lower.replace(' ', '_');
  }

  private static String architecture(String name) {
    return "amd64".equals(name) ? "x86_64" : name;
  }
}
