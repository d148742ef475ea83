package com.sfsf.connector.tests;

import com.google.gson.JsonObject;
import com.sfsf.connector.sandbox.Sandbox;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConfigurationProperties;
import org.identityconnectors.framework.api.ConfigurationProperty;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.api.ConnectorInfo;
import org.identityconnectors.framework.api.ConnectorInfoManagerFactory;

/** The bundle as a host sees it: a jar that the framework loads. */
final class Bundle {
  static final String NAME = "com.sfsf.connector";
  static final String CLASS = "com.sfsf.connector.SuccessFactorsConnector";

  private Bundle() {}

  static Path file() {
    return Path.of(System.getProperty("sfsf.test.bundle"));
  }

  static String version() {
    return System.getProperty("sfsf.test.version");
  }

  /** The one connector of a bundle. */
  static ConnectorInfo load(Path file) {
    try {
      var infos = ConnectorInfoManagerFactory.getInstance().getLocalManager(file.toUri().toURL()).getConnectorInfos();
      if (infos.size() != 1) {
        throw new IllegalStateException(file + " has " + infos.size() + " connectors");
      }
      return infos.get(0);
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** {@code company_id} is {@code companyId}. */
  static String property(String key) {
    StringBuilder name = new StringBuilder();
    for (String word : key.split("_")) {
      name.append(name.length() == 0 ? word : word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  /** What the framework hands out, with these keys of the connector. */
  static APIConfiguration configured(ConnectorInfo info, JsonObject keys) {
    APIConfiguration configuration = info.createDefaultAPIConfiguration();
    ConfigurationProperties properties = configuration.getConfigurationProperties();
    keys.entrySet().forEach(key -> {
      ConfigurationProperty property = properties.getProperty(property(key.getKey()));
      String text = key.getValue().getAsString();
      property.setValue(property.isConfidential() ? new GuardedString(text.toCharArray()) : text);
    });
    return configuration;
  }

  /** A facade for a tenant, as a host has it that thinks like this. */
  static ConnectorFacade facade(Sandbox sandbox, Consumer<APIConfiguration> host) {
    APIConfiguration configuration = configured(load(file()), sandbox.configuration());
    host.accept(configuration);
    return ConnectorFacadeFactory.getInstance().newInstance(configuration);
  }

  /** As midPoint: the framework checks nothing again. */
  static void handlersOff(APIConfiguration configuration) {
    var handlers = configuration.getResultsHandlerConfiguration();
    handlers.setEnableFilteredResultsHandler(false);
    handlers.setEnableNormalizingResultsHandler(false);
    handlers.setEnableAttributesToGetSearchResultsHandler(false);
  }

  /** As Syncope: the framework checks every object against the filter, and fails if one does not belong there. */
  static void validating(APIConfiguration configuration) {
    var handlers = configuration.getResultsHandlerConfiguration();
    handlers.setEnableNormalizingResultsHandler(false);
    handlers.setEnableFilteredResultsHandler(true);
    handlers.setFilteredResultsHandlerInValidationMode(true);
  }
}
