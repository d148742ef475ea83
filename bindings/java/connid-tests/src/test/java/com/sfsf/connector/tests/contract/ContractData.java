package com.sfsf.connector.tests.contract;

import com.google.gson.JsonObject;
import com.sfsf.connector.tests.ContractTenant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.contract.data.DataProvider;
import org.identityconnectors.contract.exceptions.ObjectNotFoundException;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.spi.Configuration;

/** What the framework's own contract tests are told: where the bundle is, the tenant, and what people to make. */
public final class ContractData implements DataProvider {
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** The contract tests make it by its name. */
  public ContractData() {}

  /** The value of an attribute; the last part of the name is the attribute's, and what stands before it is for whom. */
  @Override
  public Object get(Class<?> type, String name, String component, int sequence, boolean multivalued) {
    String attribute = name.substring(name.lastIndexOf('.') + 1);
    boolean modified = name.contains("modified");
    switch (attribute) {
      case "__NAME__":
        if (modified) {
          // The tests of deltas trip over this one: they make an attribute of it that has no value, which no name may be.
          throw new ObjectNotFoundException(name);
        }
        return "contract." + NEXT.incrementAndGet();
      case "userId":
        return "contract." + NEXT.incrementAndGet();
      case "status":
        return "t";
      case "firstName":
      case "lastName":
      case "title":
      case "department":
        return attribute + (modified ? " later " : " first ") + NEXT.incrementAndGet();
      case "__PASSWORD__":
        return new GuardedString(("Correct-Horse-" + NEXT.incrementAndGet()).toCharArray());
      default:
        throw new ObjectNotFoundException(name);
    }
  }

  @Override
  public Object get(Class<?> type, String name, String component) {
    return get(type, name, component, 1, false);
  }

  @Override
  public String getString(String name, String component, int sequence) {
    return get(String.class, name, component, sequence, false).toString();
  }

  @Override
  public String getString(String name, String component) {
    return getString(name, component, 1);
  }

  /** A key of the configuration. */
  @Override
  public Object getConnectorAttribute(String name) {
    JsonObject keys = ContractTenant.properties();
    if (!keys.has(name)) {
      throw new ObjectNotFoundException(name);
    }
    String text = keys.get(name).getAsString();
    return "privateKey".equals(name) ? new GuardedString(text.toCharArray()) : text;
  }

  @Override
  public Object getTestSuiteAttribute(String name) {
    switch (name) {
      case "bundleJar":
        return System.getProperty("sfsf.test.bundle");
      case "bundleName":
        return "com.sfsf.connector";
      case "bundleVersion":
        return System.getProperty("sfsf.test.version");
      case "connectorName":
        return "com.sfsf.connector.SuccessFactorsConnector";
      default:
        throw new ObjectNotFoundException(name);
    }
  }

  @Override
  public Object getTestSuiteAttribute(String name, String test) {
    switch (test + "." + name) {
      case "Validate.invalidConfig":
        return List.of(Map.of("url", ""), Map.of("deadline", 0));
      case "Test.invalidConfig":
        return List.of(Map.of("clientId", "wrong"), Map.of("url", "http://127.0.0.1:9/"));
      case "Search.disable.caseinsensitive":
      // A delete makes inactive, and comes as a change.
      case "Sync.disable.delete":
        return true;
      default:
        throw new ObjectNotFoundException(test + "." + name);
    }
  }

  @Override
  public Object get(String name) {
    throw new ObjectNotFoundException(name);
  }

  @Override
  public Object get(String name, int sequence) {
    throw new ObjectNotFoundException(name);
  }

  @Override
  public Object generate(String pattern, Class<?> type) {
    throw new ObjectNotFoundException(pattern);
  }

  @Override
  public Object generate(String pattern) {
    throw new ObjectNotFoundException(pattern);
  }

  @Override
  public void loadConfiguration(String prefix, Configuration configuration) {
    throw new ObjectNotFoundException(prefix);
  }

  @Override
  public Set<Attribute> getAttributeSet(String name) {
    throw new ObjectNotFoundException(name);
  }

  @Override
  public void dispose() {}
}
