package com.sfsf.connector.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sfsf.connector.client.transport.NativeTransport;
import com.sfsf.connector.client.transport.StdioTransport;
import com.sfsf.connector.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operation, over both ways to the connector. */
class ConnectionTest {
  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(450);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Connection open(Way way) {
    return Connection.open(way.transport(), sandbox.configuration().toString());
  }

  @ParameterizedTest
  @EnumSource
  void a_person_is_made_changed_and_found(Way way) {
    try (Connection connection = open(way)) {
      assertEquals("sfc/1", connection.info().protocol());
      assertEquals(CheckOutcome.OK, connection.test().checks().get(0).outcome());
      Changes ada = new Changes().set("username", "ada").set("status", "t").set("hireDate", LocalDate.of(2024, 1, 31));
      SaveOutcome made = connection.save("User", "ada", ada, SaveMode.CREATE);
      assertEquals(SaveAction.CREATED, made.action());
      assertEquals("UPSERTED", made.parts().get(0).status());
      connection.save("User", "ada", new Changes().set("manager", new Reference("User", "sfapi")).clear("hireDate"));
      ConnectorObject found = connection.get("User", "ada").object();
      assertEquals(new Reference("User", "sfapi"), found.first("manager"));
      assertNull(found.first("hireDate"));
      assertEquals(true, found.first("__ENABLE__"));
      assertEquals(SaveAction.SUSPENDED, connection.suspend("User", "ada").action());
      assertEquals(Presence.INACTIVE, connection.get("User", "ada").presence());
      assertEquals(SaveAction.REVIVED, connection.resume("User", "ada").action());
      assertEquals(SaveAction.UPDATED, connection.resetPassword("User", "ada", new Secret("Correct-Horse-7")).action());
      assertFalse(connection.delete("User", "ada").notices().isEmpty());
      assertEquals(Presence.NOT_FOUND, connection.get(new GetRequest("User", "nobody").attributesToGet(List.of())).presence());
      assertEquals(Presence.ACTIVE, connection.get(new GetRequest("User", "sfapi").by("__NAME__").attributesToGet(List.of())).presence());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_not_about_one_person_is_typed_too(Way way) {
    try (Connection connection = open(way)) {
      ObjectClassInfo user = connection.schema().objectClasses().get(0);
      assertEquals("User", user.name());
      assertTrue(user.attributes().stream().anyMatch(info -> info.name().equals("userId") && info.required()));
      ValueList divisions = connection.lookup("divisions", Duration.ZERO);
      assertEquals("Betrieb", divisions.values().get(0).labels().get("de_DE"));
      ConnectorException dated =
          assertThrows(ConnectorException.Unsupported.class, () -> connection.get(new GetRequest("User", "sfapi").asOf(LocalDate.of(2026, 11, 29))));
      assertEquals(List.of("as_of"), dated.attributes());
      assertTrue(connection.explainFilter("User", Filter.of("status eq 't'")).query().contains("$filter"));
      assertTrue(connection.explainObject("User", "sfapi").enabled());
      assertEquals(List.of("User"), first(connection.info().manifest().objectClasses()));
    }
  }

  private static List<String> first(List<ObjectClassManifest> classes) {
    return List.of(classes.get(0).name());
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_brings_more_than_is_sent_without_asking(Way way) {
    try (Connection connection = open(way);
        ObjectStream people = connection.search(new SearchRequest("User").attributesToGet(List.of()))) {
      int count = 0;
      for (ConnectorObject person : people) {
        count += person.uid().isEmpty() ? 0 : 1;
      }
      assertEquals(450, count);
      assertEquals(StreamStatus.COMPLETE, people.summary().status());
      assertEquals(450, people.summary().count());
      assertTrue(people.summary().cost().requests() >= 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leaving_early_asks_the_tenant_for_nothing_more_and_the_connection_goes_on(Way way) {
    sandbox.forgetRequests();
    try (Connection connection = open(way)) {
      try (ObjectStream people = connection.search(new SearchRequest("User").attributesToGet(List.of()))) {
        assertTrue(people.hasNext());
      }
      assertEquals(1, connection.search(new SearchRequest("User").filter("userId eq 'sfapi'")).next().attributes().get("userId").size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void pages_follow_one_another(Way way) {
    try (Connection connection = open(way)) {
      List<String> uids = new ArrayList<>();
      SearchRequest page = new SearchRequest("User").attributesToGet(List.of()).page(200);
      for (String cookie = ""; cookie != null; ) {
        try (ObjectStream people = connection.search(page)) {
          people.forEach(person -> uids.add(person.uid()));
          cookie = people.summary().cookie();
          page = new SearchRequest("User").attributesToGet(List.of()).pageAfter(200, cookie);
        }
      }
      assertEquals(450, uids.stream().distinct().count());
      try (ObjectStream last = connection.search(new SearchRequest("User").attributesToGet(List.of()).sortBy("userId", false).pageAt(10, 446))) {
        last.forEach(person -> {});
        assertEquals(5, last.summary().count());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_import_tells_of_its_way_and_the_next_one_of_what_has_changed(Way way) {
    try (Connection connection = open(way)) {
      List<Long> progress = new ArrayList<>();
      List<String> checkpoints = new ArrayList<>();
      String token;
      try (ObjectStream all = connection.importObjects(new ImportRequest("User").attributesToGet(List.of()).missing(List.of("purged")))) {
        all.onProgress(step -> progress.add(step.fetched())).onCheckpoint(checkpoints::add).forEach(person -> {});
        token = all.summary().syncToken();
        assertEquals(GoneReason.REMOVED, all.gone().get(0).reason());
      }
      assertEquals(List.of(450L), progress);
      assertEquals(1, checkpoints.size());
      String now;
      try (ObjectStream nobody = connection.importObjects(new ImportRequest("User").tokenOnly())) {
        assertFalse(nobody.hasNext());
        assertEquals(1, nobody.summary().cost().requests());
        now = nobody.summary().syncToken();
      }
      connection.save("User", "sfapi", new Changes().set("title", "Robot"));
      for (String since : List.of(token, now)) {
        try (ObjectStream changed = connection.importObjects(new ImportRequest("User").since(since))) {
          List<String> uids = new ArrayList<>();
          changed.forEach(person -> uids.add(person.uid()));
          assertTrue(uids.contains("sfapi"));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_says_what_to_decide_by(Way way) {
    try (Connection connection = open(way)) {
      var wrong = assertThrows(ConnectorException.InvalidAttribute.class, () -> connection.save("User", "sfapi", new Changes().set("hr", "nobody")));
      assertEquals(List.of("hr"), wrong.attributes());
      assertEquals(Retry.NEVER, wrong.retry());
      assertEquals(Effect.NOT_APPLIED, wrong.effect());
      assertEquals("sfapi", wrong.uid());
      assertTrue(wrong.target().text().contains("INVALID_HR_ID"));
      assertTrue(wrong.getMessage().contains(wrong.correlationId()));
      sandbox.fault("throttle=300:GET /odata/v2/User");
      var later = assertThrows(ConnectorException.RateLimited.class, () -> connection.with(Meta.NONE.correlationId("c-1")).get("User", "sfapi"));
      assertEquals(Duration.ofSeconds(300), later.retryAfter());
      assertEquals("c-1", later.correlationId());
      var refused = assertThrows(ConnectorException.Configuration.class, () -> Connection.open(way.transport(), Map.of("fliter", "x")));
      assertTrue(refused.getMessage().contains("fliter"));
      var hasty = connection.with(Meta.NONE.deadline(Duration.ofMillis(300)));
      sandbox.noFaults();
      sandbox.fault("hang:GET /odata/v2/User");
      assertThrows(ConnectorException.Timeout.class, () -> hasty.get("User", "sfapi"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_thread_that_is_interrupted_waits_no_longer_and_the_request_is_cancelled(Way way) throws Exception {
    try (Connection connection = open(way)) {
      connection.schema();
      sandbox.fault("hang:GET /odata/v2/User*1");
      AtomicReference<Throwable> end = new AtomicReference<>();
      AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
      Thread waiting = new Thread(() -> {
        try {
          connection.get("User", "sfapi");
        } catch (ConnectorException failure) {
          end.set(failure);
          stillInterrupted.set(Thread.currentThread().isInterrupted());
        }
      });
      waiting.start();
      while (sandbox.faults() > 0) {
        Thread.onSpinWait();
      }
      Instant interrupted = Instant.now();
      waiting.interrupt();
      waiting.join(10_000);
      assertTrue(Duration.between(interrupted, Instant.now()).toMillis() < 1000);
      assertTrue(end.get() instanceof ConnectorException.Cancelled, String.valueOf(end.get()));
      assertTrue(stillInterrupted.get());
      assertEquals(Presence.ACTIVE, connection.get("User", "sfapi").presence());
    }
  }

  @ParameterizedTest
  @EnumSource
  void many_threads_share_a_connection_and_get_their_own_answers(Way way) throws Exception {
    try (Connection connection = open(way)) {
      ExecutorService threads = Executors.newFixedThreadPool(16);
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String uid = "nobody." + i;
        calls.add(threads.submit(() -> connection.get("User", uid).evidence().get(0).query()));
      }
      for (int i = 0; i < 100; i++) {
        assertTrue(calls.get(i).get().contains("'nobody." + i + "'"));
      }
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_runs_when_the_connection_is_closed_ends(Way way) {
    Connection connection = open(way);
    ObjectStream people = connection.search(new SearchRequest("User"));
    connection.close();
    assertThrows(ConnectorException.class, () -> people.forEach(person -> {}));
    assertThrows(ConnectorException.class, connection::test);
  }

  @Test
  void a_process_that_dies_breaks_what_runs_and_the_next_request_starts_another() throws Exception {
    Path folder = Files.createTempDirectory("sfsf-program");
    Path program = folder.resolve("mortal");
    Path pid = folder.resolve("pid");
    Files.writeString(program, "#!/bin/sh\necho $$ > '" + pid + "'\nexec '" + Sandbox.program() + "' \"$@\"\n");
    assertTrue(program.toFile().setExecutable(true));
    try (Connection connection = Connection.open(StdioTransport.at(program), sandbox.configuration().toString())) {
      connection.schema();
      sandbox.fault("hang:GET /odata/v2/User*1");
      ObjectStream people = connection.search(new SearchRequest("User"));
      while (sandbox.faults() > 0) {
        Thread.onSpinWait();
      }
      ProcessHandle.of(Long.parseLong(Files.readString(pid).trim())).orElseThrow().destroyForcibly();
      var broken = assertThrows(ConnectorException.ConnectionBroken.class, people::hasNext);
      assertEquals(Effect.NOT_APPLIED, broken.effect());
      assertEquals(Presence.ACTIVE, connection.get("User", "sfapi").presence());
    }
  }

  @Test
  void what_is_not_there_is_named_with_the_machine() {
    String machine = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    var library = assertThrows(ConnectorException.Configuration.class, () -> NativeTransport.at(Path.of("/nowhere/lib.so")));
    assertEquals("there is no connector library at /nowhere/lib.so; this is " + machine, library.getMessage());
    var program = assertThrows(ConnectorException.Configuration.class, () -> StdioTransport.at(Path.of("/nowhere/program")));
    assertEquals("there is no program at /nowhere/program; this is " + machine, program.getMessage());
  }
}
