package com.sfsf.connector.generator;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the configuration class of the bundle and its texts from the manifest of the connector, so that there is no second list of
 * its keys: {@code MANIFEST SOURCES RESOURCES}.
 */
public final class Generator {
  private static final String PACKAGE = "com/sfsf/connector";

  private Generator() {}

  /** See {@link Generator}. */
  public static void main(String... arguments) throws IOException {
    String manifest = Files.readString(Paths.get(arguments[0]));
    List<Property> properties = properties(JsonParser.parseString(manifest).getAsJsonObject());
    write(Paths.get(arguments[1], PACKAGE, "SuccessFactorsConfiguration.java"), source(properties));
    write(Paths.get(arguments[2], PACKAGE, "Manifest.properties"), texts(properties));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<Property> properties(JsonObject manifest) {
    List<Property> properties = new ArrayList<>();
    for (JsonElement property : manifest.getAsJsonArray("configuration")) {
      properties.add(new Property(property.getAsJsonObject(), properties.size() + 1));
    }
    return properties;
  }

  private static String source(List<Property> properties) {
    StringBuilder source = new StringBuilder(HEAD);
    properties.forEach(property -> source.append(property.field()));
    properties.forEach(property -> source.append(property.accessors()));
    source.append("\n  @Override\n  List<Key> keys() {\n    List<Key> keys = new ArrayList<>();\n");
    properties.forEach(property -> source.append(property.key()));
    return source.append("    return keys;\n  }\n}\n").toString();
  }

  private static String texts(List<Property> properties) {
    StringBuilder texts = new StringBuilder("# Written from docs/manifest.json.\n");
    properties.forEach(property -> texts.append(property.texts()));
    return texts.toString();
  }

  private static final String HEAD =
      "package com.sfsf.connector;\n\n"
          + "import java.util.ArrayList;\n"
          + "import java.util.List;\n"
          + "import org.identityconnectors.common.security.GuardedString;\n"
          + "import org.identityconnectors.framework.spi.ConfigurationProperty;\n\n"
          + "/** The configuration of the connector: its keys, written from docs/manifest.json, and those of the bundle. */\n"
          + "public final class SuccessFactorsConfiguration extends BundleConfiguration {\n";
}
