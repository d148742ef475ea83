package com.sfsf.connector.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sfsf.connector.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.identityconnectors.framework.common.objects.Schema;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The sample definitions for hosts name properties and attributes that there are. */
class SamplesTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final String CONFIGURATION =
      "http://midpoint.evolveum.com/xml/ns/public/connector/icf-1/bundle/" + Bundle.NAME + "/" + Bundle.CLASS;

  private static Schema schema() {
    try (Sandbox sandbox = Sandbox.start(10)) {
      return Bundle.facade(sandbox, configuration -> {}).schema();
    }
  }

  private static Set<String> attributes(Schema schema, String objectClass) {
    return schema.findObjectClassInfo(objectClass).getAttributeInfo().stream().map(info -> info.getName()).collect(Collectors.toSet());
  }

  private static List<String> properties() {
    return Bundle.load(Bundle.file()).createDefaultAPIConfiguration().getConfigurationProperties().getPropertyNames();
  }

  @Test
  void the_resource_of_midpoint_names_what_there_is() throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document resource = factory.newDocumentBuilder().parse(SAMPLES.resolve("midpoint-resource.xml").toFile());
    NodeList properties = resource.getElementsByTagNameNS(CONFIGURATION, "*");
    assertTrue(properties.getLength() > 4);
    for (int i = 0; i < properties.getLength(); i++) {
      assertTrue(properties().contains(properties.item(i).getLocalName()), properties.item(i).getLocalName());
    }
    Schema schema = schema();
    NodeList types = resource.getElementsByTagNameNS("*", "objectType");
    assertEquals(2, types.getLength());
    check((Element) types.item(0), attributes(schema, "__ACCOUNT__"));
    check((Element) types.item(1), attributes(schema, "__GROUP__"));
  }

  private static void check(Element type, Set<String> known) {
    Set<String> named = new TreeSet<>();
    for (Node node = type.getFirstChild(); node != null; node = node.getNextSibling()) {
      if ("attribute".equals(node.getLocalName())) {
        String ref = ((Element) node).getElementsByTagNameNS("*", "ref").item(0).getTextContent().trim();
        named.add(ref.replace("icfs:name", "__NAME__").replace("ri:", ""));
      }
    }
    assertTrue(named.size() > 1);
    named.removeAll(known);
    assertEquals(Set.of(), named);
  }

  @Test
  void the_connector_and_the_resource_of_syncope_name_what_there_is() throws IOException {
    JsonObject connector = json("syncope-connector.json");
    assertEquals(Bundle.NAME, connector.get("bundleName").getAsString());
    assertEquals(Bundle.CLASS, connector.get("connectorName").getAsString());
    assertEquals(Bundle.version(), connector.get("version").getAsString());
    for (JsonElement entry : connector.getAsJsonArray("conf")) {
      String name = entry.getAsJsonObject().getAsJsonObject("schema").get("name").getAsString();
      assertTrue(properties().contains(name), name);
    }
    Schema schema = schema();
    for (JsonElement element : json("syncope-resource.json").getAsJsonArray("provisions")) {
      JsonObject provision = element.getAsJsonObject();
      Set<String> known = attributes(schema, provision.get("objectClass").getAsString());
      for (JsonElement item : provision.getAsJsonObject("mapping").getAsJsonArray("items")) {
        String name = item.getAsJsonObject().get("extAttrName").getAsString();
        assertTrue(known.contains(name), name);
      }
    }
  }

  private static JsonObject json(String name) throws IOException {
    return JsonParser.parseString(Files.readString(SAMPLES.resolve(name))).getAsJsonObject();
  }
}
