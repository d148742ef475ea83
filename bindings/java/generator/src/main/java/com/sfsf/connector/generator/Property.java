package com.sfsf.connector.generator;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;

/** One key of the configuration, and what Java and ConnId call it. */
final class Property {
  private final String key;
  private final String displayName;
  private final String help;
  private final boolean required;
  private final boolean confidential;
  private final String defaultValue;
  private final int order;

  Property(JsonObject json, int order) {
    this.key = json.get("name").getAsString();
    this.displayName = json.get("display_name").getAsString();
    this.help = json.get("help").getAsString();
    this.required = json.get("required").getAsBoolean();
    this.confidential = json.get("confidential").getAsBoolean();
    JsonElement given = json.get("default");
    this.defaultValue = given == null ? null : given.getAsString();
    this.order = order;
  }

  private String type() {
    return confidential ? "GuardedString" : "String";
  }

  /** {@code company_id} is {@code companyId}. */
  private String name() {
    StringBuilder name = new StringBuilder();
    for (String word : key.split("_")) {
      name.append(name.length() == 0 ? word : capitalized(word));
    }
    return name.toString();
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  String field() {
    return "  private " + type() + " " + name() + ";\n";
  }

  String accessors() {
    String annotation =
        String.format(
            "  @ConfigurationProperty(order = %d, displayMessageKey = \"%s.display\", helpMessageKey = \"%s.help\", required = %s,"
                + " confidential = %s)%n",
            order, name(), name(), required, confidential);
    String format =
        "%n  /** %s */%n%s  public %s get%s() {%n    return %s;%n  }%n%n  /** %s */%n  public void set%s(%s value) {%n    %s ="
            + " value;%n  }%n";
    String doc = displayName + ".";
    String upper = capitalized(name());
    return String.format(format, doc, annotation, type(), upper, name(), doc, upper, type(), name());
  }

  String key() {
    String suggestion = defaultValue == null ? "null" : quoted(defaultValue);
    return String.format("    keys.add(new Key(\"%s\", \"%s\", %s, %s, %s));%n", key, name(), name(), required, suggestion);
  }

  String texts() {
    String whole = defaultValue == null ? help : help + " If absent: " + defaultValue;
    return name() + ".display=" + escaped(displayName) + "\n" + name() + ".help=" + escaped(whole) + "\n";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** As ConnId reads its texts: properties whose values are message formats. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("'", "''").replace("{", "'{'").replace("}", "'}'");
  }
}
