package com.sfsf.connector.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.sfsf.connector.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConfigurationProperty;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.api.ConnectorInfo;
import org.identityconnectors.framework.api.operations.AuthenticationApiOp;
import org.identityconnectors.framework.common.exceptions.ConfigurationException;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle as a file, and what a host learns from it before it asks anything. */
class BundleTest {
  @TempDir Path folder;

  @Test
  void the_framework_finds_the_connector_under_its_final_names() {
    ConnectorInfo info = Bundle.load(Bundle.file());
    assertEquals(Bundle.NAME, info.getConnectorKey().getBundleName());
    assertEquals(Bundle.version(), info.getConnectorKey().getBundleVersion());
    assertEquals(Bundle.CLASS, info.getConnectorKey().getConnectorName());
    assertEquals("SAP SuccessFactors", info.getConnectorDisplayName());
  }

  @Test
  void the_jar_holds_no_class_of_the_framework_and_says_what_framework_it_needs() throws IOException {
    try (JarFile jar = new JarFile(Bundle.file().toFile())) {
      assertTrue(jar.stream().noneMatch(entry -> entry.getName().startsWith("org/identityconnectors")));
      var attributes = jar.getManifest().getMainAttributes();
      assertEquals("1.5.2", attributes.getValue("ConnectorBundle-FrameworkVersion"));
    }
  }

  @Test
  void every_property_has_texts_and_secrets_are_confidential() {
    ConnectorInfo info = Bundle.load(Bundle.file());
    var properties = info.createDefaultAPIConfiguration().getConfigurationProperties();
    Set<String> confidential = new TreeSet<>();
    for (String name : properties.getPropertyNames()) {
      ConfigurationProperty property = properties.getProperty(name);
      String display = property.getDisplayName("");
      String help = property.getHelpMessage("");
      assertFalse(display.isEmpty() || display.contains(".display"), name + ": " + display);
      assertFalse(help.isEmpty() || help.contains(".help"), name + ": " + help);
      if (property.isConfidential()) {
        confidential.add(name);
      }
    }
    assertEquals(Set.of("accessToken", "assertion", "privateKey", "privateKeyPassphrase"), confidential);
  }

  /** Hosts keep configurations by these names: add some, but never rename or remove one. */
  @Test
  void the_names_of_properties_never_change() throws IOException {
    var properties = Bundle.load(Bundle.file()).createDefaultAPIConfiguration().getConfigurationProperties();
    List<String> promised;
    try (var resource = getClass().getResourceAsStream("/properties.txt")) {
      promised = List.of(new String(resource.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\\s+"));
    }
    assertEquals(promised, List.copyOf(new TreeSet<>(properties.getPropertyNames())));
  }

  @Test
  void nothing_can_be_authenticated_and_that_is_said() {
    assertFalse(Bundle.load(Bundle.file()).createDefaultAPIConfiguration().getSupportedOperations().contains(AuthenticationApiOp.class));
  }

  @Test
  void validation_names_everything_that_is_missing_and_loads_nothing() {
    APIConfiguration configuration = Bundle.load(Bundle.file()).createDefaultAPIConfiguration();
    configuration.getConfigurationProperties().setPropertyValue("libraryPath", "/nowhere");
    ConnectorFacade facade = ConnectorFacadeFactory.getInstance().newInstance(configuration);
    ConfigurationException refusal = assertThrows(ConfigurationException.class, facade::validate);
    assertEquals("the configuration lacks url", refusal.getMessage());
  }

  @Test
  void an_access_token_needs_no_company() {
    APIConfiguration configuration = Bundle.load(Bundle.file()).createDefaultAPIConfiguration();
    configuration.getConfigurationProperties().setPropertyValue("url", "https://api4.successfactors.com/");
    configuration.getConfigurationProperties().setPropertyValue("accessToken", new GuardedString("t".toCharArray()));
    ConnectorFacadeFactory.getInstance().newInstance(configuration).validate();
  }

  @Test
  void a_library_that_is_missing_is_named_when_the_connector_starts_and_not_before() throws IOException {
    try (Sandbox sandbox = Sandbox.start(10)) {
      Path bare = folder.resolve("bare.jar");
      copy(Bundle.file(), bare, Bundle.version(), true);
      ConnectorInfo info = Bundle.load(bare);
      String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");

      String inside = failure(Bundle.configured(info, sandbox.configuration()));
      assertTrue(inside.contains("libsfsf_connector"), inside);
      assertTrue(inside.contains(system), inside);

      JsonObject elsewhere = sandbox.configuration();
      APIConfiguration configuration = Bundle.configured(info, elsewhere);
      configuration.getConfigurationProperties().setPropertyValue("libraryPath", "/nowhere/lib.so");
      String outside = failure(configuration);
      assertEquals("there is no connector library at /nowhere/lib.so; this is " + system, outside);

      Path text = Files.writeString(folder.resolve("lib.so"), "no library");
      configuration.getConfigurationProperties().setPropertyValue("libraryPath", text.toString());
      assertTrue(failure(configuration).startsWith("the connector library " + text + " cannot be loaded on " + system));
    }
  }

  private static String failure(APIConfiguration configuration) {
    ConnectorFacade facade = ConnectorFacadeFactory.getInstance().newInstance(configuration);
    return assertThrows(ConfigurationException.class, facade::schema).getMessage();
  }

  @Test
  void two_versions_work_in_one_machine_beside_each_other() throws IOException {
    try (Sandbox first = Sandbox.start(10); Sandbox second = Sandbox.start(20)) {
      Path newer = folder.resolve("newer.jar");
      copy(Bundle.file(), newer, "99.0.0", false);
      ConnectorInfo one = Bundle.load(Bundle.file());
      ConnectorInfo other = Bundle.load(newer);
      assertEquals("99.0.0", other.getConnectorKey().getBundleVersion());
      assertNotEquals(one.getConnectorKey(), other.getConnectorKey());

      ConnectorFacade old = ConnectorFacadeFactory.getInstance().newInstance(Bundle.configured(one, first.configuration()));
      ConnectorFacade fresh = ConnectorFacadeFactory.getInstance().newInstance(Bundle.configured(other, second.configuration()));
      assertEquals(List.of(10, 20, 10), List.of(count(old), count(fresh), count(old)));
      fresh.dispose();
      assertEquals(10, count(old));
    }
  }

  private static int count(ConnectorFacade facade) {
    int[] count = new int[1];
    facade.search(ObjectClass.ACCOUNT, null, Handler.of(object -> ++count[0] > 0), null);
    return count[0];
  }

  /** The bundle as another version, or without its native library. */
  private static void copy(Path from, Path to, String version, boolean bare) throws IOException {
    try (JarInputStream in = new JarInputStream(Files.newInputStream(from))) {
      Manifest manifest = new Manifest(in.getManifest());
      manifest.getMainAttributes().putValue("ConnectorBundle-Version", version);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          boolean client = entry.getName().startsWith("lib/sfsf-connector-client");
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(client && bare ? withoutNative(in.readAllBytes()) : in.readAllBytes());
        }
      }
    }
  }

  private static byte[] withoutNative(byte[] jar) {
    var bytes = new java.io.ByteArrayOutputStream();
    try (JarInputStream in = new JarInputStream(new java.io.ByteArrayInputStream(jar));
        JarOutputStream out = new JarOutputStream(bytes)) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (!entry.getName().startsWith("native/")) {
          out.putNextEntry(new JarEntry(entry.getName()));
          out.write(in.readAllBytes());
        }
      }
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return bytes.toByteArray();
  }
}
