package com.sfsf.connector.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sfsf.connector.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.identityconnectors.common.security.GuardedString;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.operations.APIOperation;
import org.identityconnectors.framework.api.operations.CreateApiOp;
import org.identityconnectors.framework.api.operations.DeleteApiOp;
import org.identityconnectors.framework.api.operations.SearchApiOp;
import org.identityconnectors.framework.api.operations.SyncApiOp;
import org.identityconnectors.framework.api.operations.UpdateDeltaApiOp;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.AttributeDelta;
import org.identityconnectors.framework.common.objects.AttributeDeltaBuilder;
import org.identityconnectors.framework.common.objects.AttributeInfo;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.ObjectClassInfo;
import org.identityconnectors.framework.common.objects.OperationOptions;
import org.identityconnectors.framework.common.objects.OperationOptionsBuilder;
import org.identityconnectors.framework.common.objects.OperationalAttributes;
import org.identityconnectors.framework.common.objects.Schema;
import org.identityconnectors.framework.common.objects.SortKey;
import org.identityconnectors.framework.common.objects.SyncDelta;
import org.identityconnectors.framework.common.objects.SyncToken;
import org.identityconnectors.framework.common.objects.Uid;
import org.identityconnectors.framework.common.objects.filter.FilterBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation, through the framework, by hosts that differ in how they call. */
class OperationsTest {
  private static Sandbox sandbox;

  /** How a host calls. */
  enum Host {
    /** From a pool, in the caller's thread. */
    POOL,
    /** A timeout for each operation: the framework calls in threads of its own. */
    TIMEOUTS,
    /** No native code. */
    PROGRAM;

    private void configure(APIConfiguration configuration) {
      Bundle.handlersOff(configuration);
      if (this == TIMEOUTS) {
        for (Class<? extends APIOperation> operation : configuration.getSupportedOperations()) {
          configuration.setTimeout(operation, 60_000);
        }
      }
      if (this == PROGRAM) {
        configuration.getConfigurationProperties().setPropertyValue("programPath", Sandbox.program().toString());
      }
    }

    ConnectorFacade facade() {
      return Bundle.facade(sandbox, this::configure);
    }
  }

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(250);
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_person_lives(Host host) {
    ConnectorFacade facade = host.facade();
    facade.test();
    String id = "life." + host;
    Uid uid = facade.create(ObjectClass.ACCOUNT, person(id), null);
    assertEquals(id, uid.getUidValue());
    ConnectorObject created = facade.getObject(ObjectClass.ACCOUNT, uid, null);
    assertEquals(id + "@acme", created.getName().getNameValue());
    assertEquals(List.of("Zoë '%+&\\ 😀"), created.getAttributeByName("lastName").getValue());
    assertEquals(List.of(true), created.getAttributeByName("__ENABLE__").getValue());
    assertEquals(List.of("2024-01-31"), created.getAttributeByName("hireDate").getValue());
    assertEquals(List.of("sfapi"), created.getAttributeByName("manager").getValue());

    Set<AttributeDelta> changes = new HashSet<>();
    changes.add(AttributeDeltaBuilder.build("title", "CTO"));
    changes.add(AttributeDeltaBuilder.build("hireDate", List.of()));
    changes.add(AttributeDeltaBuilder.build(OperationalAttributes.PASSWORD_NAME, new GuardedString("Correct-Horse-7".toCharArray())));
    changes.add(AttributeDeltaBuilder.build(OperationalAttributes.ENABLE_NAME, false));
    facade.updateDelta(ObjectClass.ACCOUNT, uid, changes, null);
    ConnectorObject changed = facade.getObject(ObjectClass.ACCOUNT, uid, null);
    assertEquals(List.of("CTO"), changed.getAttributeByName("title").getValue());
    assertNull(changed.getAttributeByName("hireDate"));
    assertEquals(List.of(false), changed.getAttributeByName("__ENABLE__").getValue());
    assertNull(changed.getAttributeByName(OperationalAttributes.PASSWORD_NAME));

    facade.updateDelta(ObjectClass.ACCOUNT, uid, Set.of(AttributeDeltaBuilder.build("__ENABLE__", true)), null);
    facade.delete(ObjectClass.ACCOUNT, uid, null);
    ConnectorObject deleted = facade.getObject(ObjectClass.ACCOUNT, uid, null);
    assertEquals(List.of(false), deleted.getAttributeByName("__ENABLE__").getValue());
  }

  private static Set<Attribute> person(String id) {
    return Set.of(
        new Name(id + "@acme"),
        AttributeBuilder.build("userId", id),
        AttributeBuilder.build("status", "t"),
        AttributeBuilder.build("lastName", "Zoë '%+&\\ 😀"),
        AttributeBuilder.build("hireDate", "2024-01-31"),
        AttributeBuilder.build("manager", "sfapi"),
        AttributeBuilder.build(OperationalAttributes.PASSWORD_NAME, new GuardedString("Correct-Horse-6".toCharArray())));
  }

  @ParameterizedTest
  @EnumSource
  void groups_are_given_and_taken(Host host) {
    ConnectorFacade facade = host.facade();
    String group = statics(facade);
    Uid uid = facade.create(ObjectClass.ACCOUNT, person("grouped." + host), null);
    facade.updateDelta(ObjectClass.ACCOUNT, uid, Set.of(AttributeDeltaBuilder.build("groups", Set.of(group), null)), null);
    assertEquals(List.of(group), withGroups(facade, uid).getAttributeByName("groups").getValue());
    var found = search(facade, ObjectClass.ACCOUNT, FilterBuilder.containsAllValues(AttributeBuilder.build("groups", group)), null);
    assertTrue(found.stream().anyMatch(object -> object.getUid().equals(uid)));
    facade.updateDelta(ObjectClass.ACCOUNT, uid, Set.of(AttributeDeltaBuilder.build("groups", null, Set.of(group))), null);
    assertNull(withGroups(facade, uid).getAttributeByName("groups"));
    assertFalse(search(facade, new ObjectClass("RBPRole"), null, null).isEmpty());
  }

  private static ConnectorObject withGroups(ConnectorFacade facade, Uid uid) {
    return facade.getObject(ObjectClass.ACCOUNT, uid, new OperationOptionsBuilder().setAttributesToGet("groups").build());
  }

  /** A group whose members can be named. */
  private static String statics(ConnectorFacade facade) {
    var groups = search(facade, ObjectClass.GROUP, FilterBuilder.equalTo(AttributeBuilder.build("staticGroup", true)), null);
    return groups.get(0).getUid().getUidValue();
  }

  @ParameterizedTest
  @EnumSource
  void both_ways_to_page_bring_what_no_page_brings(Host host) {
    ConnectorFacade facade = host.facade();
    List<String> all = uids(search(facade, ObjectClass.ACCOUNT, null, null));
    assertEquals(all.size(), new TreeSet<>(all).size());
    assertEquals(new TreeSet<>(all), new TreeSet<>(byOffset(facade)));
    assertEquals(new TreeSet<>(all), new TreeSet<>(byCookie(facade, new SortKey[0])));
    List<String> sorted = byCookie(facade, new SortKey("userId", false));
    List<String> descending = new ArrayList<>(new TreeSet<>(all).descendingSet());
    assertEquals(descending, sorted);
  }

  private static List<String> byOffset(ConnectorFacade facade) {
    List<String> found = new ArrayList<>();
    for (int offset = 1; ; offset += 40) {
      OperationOptions options = new OperationOptionsBuilder().setPageSize(40).setPagedResultsOffset(offset).build();
      var page = new ArrayList<ConnectorObject>();
      var result = facade.search(ObjectClass.ACCOUNT, null, Handler.of(page::add), options);
      assertNull(result.getPagedResultsCookie());
      found.addAll(uids(page));
      if (page.size() < 40) {
        return found;
      }
    }
  }

  /** As Syncope does. */
  private static List<String> byCookie(ConnectorFacade facade, SortKey... order) {
    List<String> found = new ArrayList<>();
    String cookie = null;
    do {
      var options = new OperationOptionsBuilder().setPageSize(100).setPagedResultsOffset(-1).setSortKeys(order);
      var page = new ArrayList<ConnectorObject>();
      if (cookie != null) {
        options.setPagedResultsCookie(cookie);
      }
      var result = facade.search(ObjectClass.ACCOUNT, null, Handler.of(page::add), options.build());
      cookie = result.getPagedResultsCookie();
      assertEquals(cookie == null, result.isAllResultsReturned());
      found.addAll(uids(page));
    } while (cookie != null);
    return found;
  }

  @ParameterizedTest
  @EnumSource
  void a_handler_that_has_enough_is_left_alone_and_the_tenant_too(Host host) {
    ConnectorFacade facade = host.facade();
    facade.schema();
    sandbox.forgetRequests();
    List<ConnectorObject> found = new ArrayList<>();
    var result = facade.search(ObjectClass.ACCOUNT, null, Handler.of(object -> found.add(object) && found.size() < 3), null);
    assertEquals(3, found.size());
    assertNull(result.getPagedResultsCookie());
    assertTrue(sandbox.requests("/odata/v2/User") <= 1);
  }

  @ParameterizedTest
  @EnumSource
  void the_end_is_told_of_an_empty_result_too(Host host) {
    var nobody = FilterBuilder.equalTo(new Uid("nobody"));
    var result = host.facade().search(ObjectClass.ACCOUNT, nobody, Handler.of(object -> true), null);
    assertNotNull(result);
    assertNull(result.getPagedResultsCookie());
    assertTrue(result.isAllResultsReturned());
  }

  @ParameterizedTest
  @EnumSource
  void only_the_attributes_come_that_were_asked_for(Host host) {
    var options = new OperationOptionsBuilder().setAttributesToGet("email", "__NAME__").build();
    var found = host.facade().getObject(ObjectClass.ACCOUNT, new Uid("sfapi"), options);
    Set<String> names = new TreeSet<>();
    found.getAttributes().forEach(attribute -> names.add(attribute.getName()));
    names.remove("email");
    assertEquals(Set.of("__NAME__", "__UID__"), names);
  }

  @ParameterizedTest
  @EnumSource
  void changes_come_once_and_the_next_time_only_new_ones(Host host) {
    ConnectorFacade facade = host.facade();
    sandbox.forgetRequests();
    SyncToken latest = facade.getLatestSyncToken(ObjectClass.ACCOUNT);
    assertEquals(1, sandbox.requests("/odata/v2/User?"));
    assertEquals(0, sandbox.requests("customPageSize"), "nobody is read for a token");
    String id = "synced." + host;
    Uid uid = facade.create(ObjectClass.ACCOUNT, person(id), null);
    List<SyncDelta> changes = new ArrayList<>();
    SyncToken next = facade.sync(ObjectClass.ACCOUNT, latest, changes::add, null);
    var own = changes.stream().filter(delta -> delta.getUid().equals(uid)).findFirst().orElseThrow();
    assertEquals(id + "@acme", own.getObject().getName().getNameValue());
    assertNotNull(next);
    assertEquals(next, changes.get(changes.size() - 1).getToken());

    List<SyncDelta> everybody = new ArrayList<>();
    facade.sync(ObjectClass.ACCOUNT, null, everybody::add, null);
    assertTrue(everybody.size() > 250, "" + everybody.size());
    List<SyncDelta> few = new ArrayList<>();
    facade.sync(ObjectClass.ACCOUNT, null, delta -> few.add(delta) && few.size() < 5, null);
    assertEquals(5, few.size());
  }

  /** The second sync goes on with the token of the first, later than a delta overlaps. */
  @ParameterizedTest
  @EnumSource
  void a_second_sync_brings_the_new_ones_and_nobody_again(Host host) {
    try (Sandbox tenant = Sandbox.start(20)) {
      ConnectorFacade facade = Bundle.facade(tenant, host::configure);
      SyncToken token = facade.getLatestSyncToken(ObjectClass.ACCOUNT);
      facade.create(ObjectClass.ACCOUNT, person("first"), null);
      tenant.clockAhead(3600);
      List<SyncDelta> changes = new ArrayList<>();
      token = facade.sync(ObjectClass.ACCOUNT, token, changes::add, null);
      assertEquals(List.of("first"), changed(changes));
      tenant.clockAhead(7200);
      facade.create(ObjectClass.ACCOUNT, person("second"), null);
      changes.clear();
      facade.sync(ObjectClass.ACCOUNT, token, changes::add, null);
      assertEquals(List.of("second"), changed(changes));
    }
  }

  /** Without v4admin, who has no time stamp and comes with every sync. */
  private static List<String> changed(List<SyncDelta> changes) {
    var uids = changes.stream().map(delta -> delta.getUid().getUidValue());
    return uids.filter(uid -> !uid.equals("v4admin")).collect(java.util.stream.Collectors.toList());
  }

  /** Stopped after every 70 people, and begun anew with the token of the last one: nobody is missed, and no page comes a third time. */
  @ParameterizedTest
  @EnumSource
  void a_sync_that_is_stopped_goes_on_where_it_was(Host host) {
    ConnectorFacade facade =
        Bundle.facade(
            sandbox,
            configuration -> {
              host.configure(configuration);
              configuration.getConfigurationProperties().setPropertyValue("pageSize", "50");
            });
    Set<String> all = new TreeSet<>(uids(search(facade, ObjectClass.ACCOUNT, null, null)));
    List<String> seen = new ArrayList<>();
    SyncToken token = null;
    for (int run = 0; !new TreeSet<>(seen).containsAll(all); run++) {
      assertTrue(run < all.size() / 20 + 2, seen.size() + " of " + all.size());
      List<SyncDelta> some = new ArrayList<>();
      facade.sync(ObjectClass.ACCOUNT, token, delta -> some.add(delta) && some.size() < 70, null);
      some.forEach(delta -> seen.add(delta.getUid().getUidValue()));
      token = some.get(some.size() - 1).getToken();
    }
    assertTrue(seen.size() <= 2 * all.size(), "" + seen.size());
  }

  @ParameterizedTest
  @EnumSource
  void the_schema_tells_what_is_true(Host host) {
    Schema schema = host.facade().schema();
    ObjectClassInfo account = schema.findObjectClassInfo(ObjectClass.ACCOUNT_NAME);
    assertTrue(flags(account, Name.NAME).isCreateable());
    assertEquals("username", flags(account, Name.NAME).getNativeName());
    assertEquals(GuardedString.class, flags(account, OperationalAttributes.PASSWORD_NAME).getType());
    assertFalse(flags(account, OperationalAttributes.PASSWORD_NAME).isReadable());
    assertEquals(Boolean.class, flags(account, OperationalAttributes.ENABLE_NAME).getType());
    assertTrue(flags(account, "userId").isRequired());
    assertFalse(flags(account, "userId").isUpdateable());
    assertTrue(account.getAttributeInfo().stream().noneMatch(info -> info.is("username") || info.is("password")));
    for (ObjectClassInfo info : schema.getObjectClassInfo()) {
      assertTrue(info.getAttributeInfo().stream().anyMatch(attribute -> attribute.is(Name.NAME)), info.getType());
    }
    assertEquals(Set.of(ObjectClass.ACCOUNT_NAME), types(schema, CreateApiOp.class));
    assertEquals(Set.of(ObjectClass.ACCOUNT_NAME, ObjectClass.GROUP_NAME, "RBPRole", "Position"), types(schema, SyncApiOp.class));
    assertEquals(Set.of(ObjectClass.ACCOUNT_NAME), types(schema, DeleteApiOp.class));
    assertEquals(Set.of(ObjectClass.ACCOUNT_NAME, ObjectClass.GROUP_NAME), types(schema, UpdateDeltaApiOp.class));
    assertEquals(5, types(schema, SearchApiOp.class).size());
  }

  private static AttributeInfo flags(ObjectClassInfo info, String name) {
    return info.getAttributeInfo().stream().filter(attribute -> attribute.is(name)).findFirst().orElseThrow();
  }

  private static Set<String> types(Schema schema, Class<? extends APIOperation> operation) {
    Set<String> types = new TreeSet<>();
    schema.getSupportedObjectClassesByOperation(operation).forEach(info -> types.add(info.getType()));
    return types;
  }

  @ParameterizedTest
  @EnumSource
  void what_is_not_configured_is_suggested(Host host) {
    var suggestions = host.facade().discoverConfiguration();
    assertEquals(List.of("1000"), suggestions.get("pageSize").getValues());
    assertThrows(UnsupportedOperationException.class, () -> host.facade().search(new ObjectClass("Planet"), null, Handler.of(object -> true), null));
  }

  static List<ConnectorObject> search(
      ConnectorFacade facade, ObjectClass objectClass, org.identityconnectors.framework.common.objects.filter.Filter filter, OperationOptions options) {
    List<ConnectorObject> found = new ArrayList<>();
    facade.search(objectClass, filter, Handler.of(found::add), options);
    return found;
  }

  static List<String> uids(List<ConnectorObject> objects) {
    List<String> uids = new ArrayList<>();
    objects.forEach(object -> uids.add(object.getUid().getUidValue()));
    return uids;
  }
}
