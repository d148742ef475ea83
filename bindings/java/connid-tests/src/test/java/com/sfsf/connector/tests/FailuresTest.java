package com.sfsf.connector.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sfsf.connector.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.common.exceptions.AlreadyExistsException;
import org.identityconnectors.framework.common.exceptions.ConfigurationException;
import org.identityconnectors.framework.common.exceptions.ConnectionBrokenException;
import org.identityconnectors.framework.common.exceptions.ConnectionFailedException;
import org.identityconnectors.framework.common.exceptions.ConnectorException;
import org.identityconnectors.framework.common.exceptions.InvalidAttributeValueException;
import org.identityconnectors.framework.common.exceptions.OperationTimeoutException;
import org.identityconnectors.framework.common.exceptions.PermissionDeniedException;
import org.identityconnectors.framework.common.exceptions.RetryableException;
import org.identityconnectors.framework.common.exceptions.UnknownUidException;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.AttributeDelta;
import org.identityconnectors.framework.common.objects.AttributeDeltaBuilder;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationOptions;
import org.identityconnectors.framework.common.objects.OperationOptionsBuilder;
import org.identityconnectors.framework.common.objects.OperationalAttributes;
import org.identityconnectors.framework.common.objects.Uid;
import org.identityconnectors.framework.common.objects.filter.FilterBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What goes wrong at the tenant comes as the exception that makes hosts do the right thing. */
class FailuresTest {
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(20);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private ConnectorFacade facade(String... keysAndValues) {
    return Bundle.facade(sandbox, configuration -> {
      Bundle.handlersOff(configuration);
      var properties = configuration.getConfigurationProperties();
      properties.setPropertyValue("maxAttempts", "1");
      for (int i = 0; i < keysAndValues.length; i += 2) {
        properties.setPropertyValue(keysAndValues[i], keysAndValues[i + 1]);
      }
    });
  }

  private static <E extends RuntimeException> E fails(Class<E> with, ConnectorFacade facade, String uid, AttributeDelta delta) {
    E failure = assertThrows(with, () -> facade.updateDelta(ObjectClass.ACCOUNT, new Uid(uid), Set.of(delta), null));
    assertSame(with, failure.getClass());
    assertTrue(failure.getMessage().contains("[correlation "), failure.getMessage());
    return failure;
  }

  private static AttributeDelta title(String value) {
    return AttributeDeltaBuilder.build("title", value);
  }

  @Test
  void somebody_who_is_not_there_is_unknown() {
    fails(UnknownUidException.class, facade(), "nobody", title("CTO"));
    assertThrows(UnknownUidException.class, () -> facade().delete(ObjectClass.ACCOUNT, new Uid("nobody"), null));
  }

  @Test
  void somebody_who_is_there_already_is_named_and_can_be_found() {
    Set<Attribute> attributes = Set.of(new Name("sfapi"), AttributeBuilder.build("userId", "sfapi"), AttributeBuilder.build("status", "t"));
    var failure = assertThrows(AlreadyExistsException.class, () -> facade().create(ObjectClass.ACCOUNT, attributes, null));
    assertEquals(new Uid("sfapi"), failure.getUid());
    var found = OperationsTest.search(facade(), ObjectClass.ACCOUNT, FilterBuilder.equalTo(new Name("sfapi")), null);
    assertEquals(1, found.size());
  }

  @Test
  void a_value_that_the_tenant_refuses_is_named_with_its_attribute() {
    var failure = fails(InvalidAttributeValueException.class, facade(), "sfapi", AttributeDeltaBuilder.build("hr", "nobody.at.all"));
    assertEquals(Set.of("hr"), Set.copyOf(failure.getAffectedAttributeNames()));
  }

  @Test
  void a_weak_password_is_against_the_policy_and_not_shown() {
    var weak = AttributeDeltaBuilder.build(OperationalAttributes.PASSWORD_NAME, new GuardedString("x1X".toCharArray()));
    var failure = fails(InvalidAttributeValueException.class, facade(), "sfapi", weak);
    assertTrue(failure.getAffectedAttributeNames().contains(OperationalAttributes.PASSWORD_NAME));
    assertFalse(failure.getMessage().contains("x1X"));
  }

  @Test
  void a_new_person_without_what_is_required_is_refused() {
    var failure = assertThrows(InvalidAttributeValueException.class, () -> facade().create(ObjectClass.ACCOUNT, Set.of(new Name("x")), null));
    assertTrue(failure.getAffectedAttributeNames().contains("userId"));
  }

  @Test
  void credentials_of_the_service_are_no_credentials_of_a_person() {
    var failure = assertThrows(ConnectionFailedException.class, () -> facade("clientId", "wrong").test());
    assertSame(ConnectionFailedException.class, failure.getClass());
  }

  @Test
  void a_tenant_that_is_not_there_can_be_tried_again() {
    assertThrows(ConnectionFailedException.class, () -> facade("url", "http://127.0.0.1:9/").test());
  }

  @Test
  void a_connection_that_breaks_can_be_tried_again_and_the_next_call_works() {
    ConnectorFacade facade = facade();
    facade.schema();
    sandbox.fault("cut-middle:GET /odata/v2/User*1");
    assertThrows(ConnectionBrokenException.class, () -> OperationsTest.search(facade, ObjectClass.ACCOUNT, null, null));
    assertEquals(20, OperationsTest.search(facade, ObjectClass.ACCOUNT, null, null).size());
  }

  @Test
  void too_many_requests_and_conflicts_can_be_tried_again() {
    ConnectorFacade facade = facade();
    sandbox.fault("throttle=300:GET /odata/v2/User*1");
    assertThrows(RetryableException.class, () -> OperationsTest.search(facade, ObjectClass.ACCOUNT, null, null));
    sandbox.fault("conflict:POST /odata/v2/upsert*1");
    fails(RetryableException.class, facade, "sfapi", title("CFO"));
    sandbox.fault("maintenance:/odata/v2/User*1");
    assertThrows(RetryableException.class, () -> OperationsTest.search(facade, ObjectClass.ACCOUNT, null, null));
  }

  @Test
  void an_answer_that_takes_too_long_is_a_timeout() {
    ConnectorFacade facade = facade();
    facade.schema();
    sandbox.fault("hang:GET /odata/v2/User");
    ConnectorFacade hasty =
        Bundle.facade(sandbox, configuration -> configuration.getConfigurationProperties().setPropertyValue("deadline", 1));
    fails(OperationTimeoutException.class, hasty, "sfapi", title("CTO"));
  }

  @Test
  void what_the_api_user_may_not_do_is_denied() {
    sandbox.close();
    sandbox = restricted();
    fails(PermissionDeniedException.class, facade(), "sfapi", title("CTO"));
  }

  private static Sandbox restricted() {
    try {
      var options = java.nio.file.Files.createTempFile("tenant", ".toml");
      java.nio.file.Files.writeString(options, "people = 20\n[access]\nread_only_entities = [\"User\"]\n");
      options.toFile().deleteOnExit();
      return Sandbox.start(20, "--options", options.toString());
    } catch (java.io.IOException cause) {
      throw new java.io.UncheckedIOException(cause);
    }
  }

  @Test
  void nonsense_of_the_tenant_is_final() {
    ConnectorFacade facade = facade();
    facade.schema();
    sandbox.fault("garbage:GET /odata/v2/User*1");
    var failure = assertThrows(ConnectorException.class, () -> OperationsTest.search(facade, ObjectClass.ACCOUNT, null, null));
    assertSame(ConnectorException.class, failure.getClass());
  }

  @Test
  void a_record_that_cannot_be_read_fails_the_search_at_its_end_unless_the_host_can_live_without() {
    ConnectorFacade facade = facade();
    facade.schema();
    int[] seen = new int[1];
    sandbox.fault("bad-record:GET /odata/v2/User*1");
    assertThrows(ConnectorException.class, () -> facade.search(ObjectClass.ACCOUNT, null, Handler.of(object -> ++seen[0] > 0), null));
    assertEquals(19, seen[0]);
    sandbox.fault("bad-record:GET /odata/v2/User*1");
    var options = new OperationOptionsBuilder().setAllowPartialResults(true).build();
    assertFalse(facade.search(ObjectClass.ACCOUNT, null, Handler.of(object -> true), options).isAllResultsReturned());
  }

  @Test
  void a_wrong_configuration_is_told_whole() {
    ConnectorFacade facade = facade("statuses", "x", "connectTimeout", "soon");
    String message = assertThrows(ConfigurationException.class, facade::schema).getMessage();
    assertTrue(message.contains("statuses") && message.contains("connect_timeout"), message);
  }

  @Test
  void an_order_between_lists_and_a_text_in_a_day_are_refused_with_a_sentence() {
    var list = FilterBuilder.equalTo(AttributeBuilder.build("groups", "1"));
    var refusal = assertThrows(InvalidAttributeValueException.class, () -> OperationsTest.search(facade(), ObjectClass.ACCOUNT, list, null));
    assertTrue(refusal.getMessage().contains("containsAllValues"), refusal.getMessage());
    var text = FilterBuilder.startsWith(AttributeBuilder.build("hireDate", "2024"));
    assertThrows(InvalidAttributeValueException.class, () -> OperationsTest.search(facade(), ObjectClass.ACCOUNT, text, null));
  }

  @Test
  void a_place_without_a_size_of_page_is_refused_and_the_first_one_is_the_beginning() {
    ConnectorFacade facade = facade();
    for (OperationOptions options :
        List.of(
            new OperationOptionsBuilder().setPagedResultsOffset(10).build(),
            new OperationOptionsBuilder().setPagedResultsCookie("x").build(),
            new OperationOptionsBuilder().setPagedResultsCookie("x").setPageSize(0).build())) {
      var refused = assertThrows(ConnectorException.class, () -> OperationsTest.search(facade, ObjectClass.ACCOUNT, null, options));
      assertTrue(refused.getMessage().contains("page size"), refused.getMessage());
    }
    var first = new OperationOptionsBuilder().setPagedResultsOffset(1).setPagedResultsCookie("").build();
    assertEquals(20, OperationsTest.search(facade, ObjectClass.ACCOUNT, null, first).size());
  }

  @Test
  void what_cannot_be_carried_is_refused_with_its_attribute() {
    ConnectorFacade facade = facade();
    List<Attribute> wrong =
        List.of(AttributeBuilder.build("title", "a\ud800"), AttributeBuilder.build("title", Double.NaN), AttributeBuilder.build("title", new java.math.BigDecimal("1E+5000")));
    for (Attribute title : wrong) {
      Set<Attribute> attributes = Set.of(new Name("x"), AttributeBuilder.build("userId", "x"), AttributeBuilder.build("status", "t"), title);
      var delta = AttributeDeltaBuilder.build("title", title.getValue());
      List<Executable> calls =
          List.of(
              () -> facade.create(ObjectClass.ACCOUNT, attributes, null),
              () -> facade.updateDelta(ObjectClass.ACCOUNT, new Uid("sfapi"), Set.of(delta), null),
              () -> OperationsTest.search(facade, ObjectClass.ACCOUNT, FilterBuilder.equalTo(title), null));
      for (Executable call : calls) {
        var refused = assertThrows(InvalidAttributeValueException.class, call);
        assertEquals(Set.of("title"), Set.copyOf(refused.getAffectedAttributeNames()));
      }
    }
  }

  @Test
  void a_day_is_the_day_of_its_writer() {
    ConnectorFacade facade = facade();
    for (String midnight : List.of("2024-03-05T00:00:00+09:00", "2024-03-05T00:00:00-11:00")) {
      var hired = AttributeDeltaBuilder.build("hireDate", ZonedDateTime.parse(midnight));
      facade.updateDelta(ObjectClass.ACCOUNT, new Uid("sfapi"), Set.of(hired), null);
      var found = OperationsTest.search(facade, ObjectClass.ACCOUNT, FilterBuilder.equalTo(new Uid("sfapi")), null);
      assertEquals(List.of("2024-03-05"), found.get(0).getAttributeByName("hireDate").getValue());
    }
  }

  private static void hides(String planted, Executable call) {
    var shown = new StringWriter();
    assertThrows(RuntimeException.class, call).printStackTrace(new PrintWriter(shown));
    assertFalse(shown.toString().contains(planted), shown.toString());
  }

  @Test
  void a_secret_is_in_no_failure() {
    String planted = "pl4nted-S3cret";
    for (String text : List.of(planted, planted + "\ud800")) {
      GuardedString secret = new GuardedString(text.toCharArray());
      for (String property : List.of("privateKey", "privateKeyPassphrase", "accessToken", "assertion")) {
        hides(planted, () -> {
          Bundle.facade(sandbox, configuration -> configuration.getConfigurationProperties().setPropertyValue(property, secret)).test();
          // A passphrase of a key that needs none, and the like, are taken.
          throw new IllegalStateException("taken");
        });
      }
      ConnectorFacade facade = facade();
      var password = AttributeDeltaBuilder.build(OperationalAttributes.PASSWORD_NAME, secret);
      var title = AttributeDeltaBuilder.build("title", secret);
      hides(planted, () -> facade.updateDelta(ObjectClass.ACCOUNT, new Uid("nobody"), Set.of(password), null));
      hides(planted, () -> facade.updateDelta(ObjectClass.ACCOUNT, new Uid("nobody"), Set.of(title), null));
      hides(planted, () -> facade.create(ObjectClass.ACCOUNT, Set.of(new Name("x"), AttributeBuilder.buildPassword(secret)), null));
      sandbox.fault("garbage:POST /odata/v2/upsert*1");
      hides(planted, () -> {
        facade.updateDelta(ObjectClass.ACCOUNT, new Uid("sfapi"), Set.of(password), null);
        throw new IllegalStateException("taken");
      });
      sandbox.noFaults();
    }
  }
}
