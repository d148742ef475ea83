package com.sfsf.connector.tests.contract;

import static org.junit.jupiter.api.Assumptions.abort;

import com.sfsf.connector.tests.ContractTenant;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.identityconnectors.contract.test.AttributeTests;
import org.identityconnectors.contract.test.AuthenticationApiOpTests;
import org.identityconnectors.contract.test.ConfigurationTests;
import org.identityconnectors.contract.test.ContractTestBase;
import org.identityconnectors.contract.test.CreateApiOpTests;
import org.identityconnectors.contract.test.DeleteApiOpTests;
import org.identityconnectors.contract.test.DiscoverConfigurationApiOpTests;
import org.identityconnectors.contract.test.GetApiOpTests;
import org.identityconnectors.contract.test.MultiOpTests;
import org.identityconnectors.contract.test.ResolveUsernameApiOpTests;
import org.identityconnectors.contract.test.SchemaApiOpTests;
import org.identityconnectors.contract.test.ScriptOnConnectorApiOpTests;
import org.identityconnectors.contract.test.ScriptOnResourceApiOpTests;
import org.identityconnectors.contract.test.SearchApiOpTests;
import org.identityconnectors.contract.test.SyncApiOpTests;
import org.identityconnectors.contract.test.TestApiOpTests;
import org.identityconnectors.contract.test.UpdateApiOpTests;
import org.identityconnectors.contract.test.UpdateDeltaApiOpTests;
import org.identityconnectors.contract.test.ValidateApiOpTests;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The framework's own contract tests, for every object class and one that does not exist. They are called here one by one, since
 * their release 1.6.1.0 hands all object classes to one call, which JUnit refuses.
 */
class ContractTest {
  private static final List<Class<? extends ContractTestBase>> SUITES =
      List.of(
          AttributeTests.class,
          AuthenticationApiOpTests.class,
          CreateApiOpTests.class,
          DeleteApiOpTests.class,
          DiscoverConfigurationApiOpTests.class,
          GetApiOpTests.class,
          MultiOpTests.class,
          ResolveUsernameApiOpTests.class,
          SchemaApiOpTests.class,
          ScriptOnConnectorApiOpTests.class,
          ScriptOnResourceApiOpTests.class,
          SearchApiOpTests.class,
          SyncApiOpTests.class,
          TestApiOpTests.class,
          UpdateApiOpTests.class,
          UpdateDeltaApiOpTests.class,
          ValidateApiOpTests.class);

  private static final List<String> CLASSES = List.of("__ACCOUNT__", "__GROUP__", "RBPRole", "RBPBasicPermission", "Position", "NONEXISTING");

  /** What cannot hold, and why. */
  private static final Map<String, String> SKIPPED =
      Map.of(
          "AttributeTests.testReturnedByDefault __ACCOUNT__",
          "it makes three people within a second and wants each change once; times at the tenant are whole seconds, and a change comes at"
              + " least once",
          "SyncApiOpTests.testLatestSyncToken __ACCOUNT__",
          "it takes a token within the second of a change and wants to hear nothing of it; the same",
          "UpdateDeltaApiOpTests.testContract __ACCOUNT__",
          "it fails by itself: it makes a __UID__ without a value, which the framework refuses; OperationsTest.a_person_lives updates",
          "DeleteApiOpTests.testContract __ACCOUNT__",
          "SuccessFactors deletes nobody: a delete makes inactive, as the manifest says, and the person can still be read",
          "DeleteApiOpTests.testDeleteThrowUnknownUid __ACCOUNT__",
          "who was made inactive is still known; a second delete succeeds and writes nothing",
          "MultiOpTests.testContract __ACCOUNT__",
          "it wants changes in the order in which they were made; they come by user id, so that an import can be resumed",
          "MultiOpTests.testEnableOpAttribute __ACCOUNT__",
          "it calls the obsolete update, whatever the connector has; OperationsTest.a_person_lives does the same with deltas",
          "SchemaApiOpTests.testSchemaExpected",
          "it compares with a list of all attributes, which the tenant makes; OperationsTest.the_schema_tells_what_is_true looks at it");

  /** Those that take a token and count what has changed since. */
  private static final List<Class<?>> BY_TIME = List.of(AttributeTests.class, MultiOpTests.class, SyncApiOpTests.class);

  @TestFactory
  Stream<DynamicContainer> the_contract_of_the_framework_holds() {
    return SUITES.stream().map(ContractTest::suite);
  }

  private static DynamicContainer suite(Class<? extends ContractTestBase> suite) {
    List<DynamicTest> tests = new ArrayList<>();
    Arrays.stream(suite.getMethods())
        .sorted(Comparator.comparing(Method::getName))
        .forEach(
            method -> {
              if (method.isAnnotationPresent(ParameterizedTest.class)) {
                CLASSES.forEach(name -> tests.add(test(suite, method, name)));
              } else if (method.isAnnotationPresent(Test.class)) {
                tests.add(test(suite, method, null));
              }
            });
    return DynamicContainer.dynamicContainer(suite.getSimpleName(), tests);
  }

  private static DynamicTest test(Class<? extends ContractTestBase> suite, Method method, String objectClass) {
    String name = suite.getSimpleName() + "." + method.getName() + (objectClass == null ? "" : " " + objectClass);
    return DynamicTest.dynamicTest(name, () -> run(suite, method, objectClass, name));
  }

  private static void run(Class<? extends ContractTestBase> suite, Method method, String objectClass, String name)
      throws ReflectiveOperationException {
    if (SKIPPED.containsKey(name)) {
      abort(name + ": " + SKIPPED.get(name));
    }
    if (BY_TIME.contains(suite) && "__ACCOUNT__".equals(objectClass)) {
      ContractTenant.wait10Seconds();
    }
    ContractTestBase tests = suite.getDeclaredConstructor().newInstance();
    tests.init();
    try {
      if (objectClass == null) {
        method.invoke(tests);
      } else {
        method.invoke(tests, new ObjectClass(objectClass));
      }
    } catch (InvocationTargetException failure) {
      throw new AssertionError(name, failure.getCause());
    } finally {
      tests.dispose();
    }
  }

  @Test
  void every_property_has_a_type_that_the_framework_knows() {
    ConfigurationTests tests = new ConfigurationTests();
    tests.init();
    tests.testPropertiesType();
    tests.dispose();
  }
}
