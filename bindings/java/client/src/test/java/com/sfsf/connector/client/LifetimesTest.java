package com.sfsf.connector.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sfsf.connector.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The collector, interrupts, and secrets: what happens beside the calls. */
class LifetimesTest {
  private static final String PLANTED = "pl4nted-S3cret";

  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(30);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private ObjectStream people(Way way) {
    return Connection.open(way.transport(), sandbox.configuration().toString()).search(new SearchRequest("User"));
  }

  @ParameterizedTest
  @EnumSource
  void the_collector_takes_nothing_that_is_in_use(Way way) {
    List<String> uids = new ArrayList<>();
    try (ObjectStream people = people(way)) {
      for (ConnectorObject person : people) {
        System.gc();
        uids.add(person.uid());
      }
      assertEquals(30, people.summary().count());
    }
    assertEquals(30, uids.size());
    for (int i = 0; i < 5; i++) {
      Changes title = new Changes().set("title", "Chief " + i);
      System.gc();
      assertEquals(SaveAction.UPDATED, Connection.open(way.transport(), sandbox.configuration().toString()).save("User", "sfapi", title).action());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_is_gone_through_once(Way way) {
    try (ObjectStream people = people(way)) {
      people.next();
      int rest = 0;
      for (ConnectorObject person : people) {
        rest++;
      }
      assertEquals(29, rest);
      assertFalse(people.hasNext());
      assertThrows(IllegalStateException.class, people::iterator);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_that_is_left_while_it_is_gone_through_is_not_whole(Way way) {
    ObjectStream people = people(way);
    assertThrows(ConnectorException.Cancelled.class, () -> people.forEach(person -> people.close()));
    assertThrows(IllegalStateException.class, people::iterator);
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_that_another_thread_closes_ends_a_wait_within_a_second(Way way) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Connection connection = Connection.open(way.transport(), at(silent))) {
      ObjectStream people = connection.search(new SearchRequest("User"));
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread waiting = new Thread(() -> {
        try {
          people.hasNext();
        } catch (RuntimeException failure) {
          end.set(failure);
        }
      });
      waiting.start();
      Thread.sleep(100);
      people.close();
      waiting.join(1000);
      assertTrue(end.get() instanceof ConnectorException.Cancelled, String.valueOf(end.get()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_key_that_stands_twice_in_a_configuration_is_refused(Way way) {
    String text = sandbox.configuration().toString();
    for (String twice : List.of(text.replaceAll("}$", ",\"company_id\":\"OTHER\"}"), "\uFEFF{\"url\":\"x\"," + text.substring(1))) {
      var refused = assertThrows(ConnectorException.Configuration.class, () -> Connection.open(way.transport(), twice));
      assertTrue(refused.getMessage().contains("twice"), refused.getMessage());
    }
  }

  private String at(ServerSocket silent) {
    var keys = sandbox.configuration();
    keys.addProperty("url", "http://127.0.0.1:" + silent.getLocalPort());
    keys.addProperty("token_url", "http://127.0.0.1:" + silent.getLocalPort() + "/oauth/token");
    return keys.toString();
  }

  @ParameterizedTest
  @EnumSource
  void an_interrupt_ends_every_kind_of_request_within_a_second(Way way) throws Exception {
    List<Consumer<Operations>> calls =
        List.of(
            Operations::test,
            connection -> connection.get("User", "x"),
            connection -> connection.save("User", "x", new Changes().set("title", "y")),
            connection -> connection.search(new SearchRequest("User")).hasNext(),
            connection -> connection.importObjects(new ImportRequest("User")).hasNext());
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Connection connection = Connection.open(way.transport(), at(silent))) {
      for (Consumer<Operations> call : calls) {
        interrupt(() -> call.accept(connection));
      }
    }
  }

  private static void interrupt(Runnable call) throws InterruptedException {
    AtomicReference<Throwable> end = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread waiting = new Thread(() -> {
      begun.countDown();
      try {
        call.run();
      } catch (RuntimeException failure) {
        end.set(failure);
      }
    });
    waiting.start();
    begun.await();
    waiting.interrupt();
    waiting.join(1000);
    assertTrue(end.get() instanceof ConnectorException.Cancelled, String.valueOf(end.get()));
  }

  /** Everything that a failure shows, with those behind it. */
  private static String shown(Runnable call) {
    StringWriter shown = new StringWriter();
    try {
      call.run();
    } catch (RuntimeException failure) {
      failure.printStackTrace(new PrintWriter(shown));
      for (Throwable each = failure; each != null; each = each.getCause()) {
        shown.append(each.toString()).append(String.valueOf(each.getLocalizedMessage()));
        if (each instanceof ConnectorException) {
          ConnectorException error = (ConnectorException) each;
          shown.append(String.valueOf(error.event())).append(String.valueOf(error.advice())).append(String.valueOf(error.target())).append(error.attributes().toString());
        }
      }
    }
    return shown.toString();
  }

  private static void hides(Runnable call) {
    String shown = shown(call);
    assertFalse(shown.isEmpty(), "it fails");
    assertFalse(shown.contains(PLANTED), shown);
  }

  @ParameterizedTest
  @EnumSource
  void a_secret_is_in_no_failure(Way way) {
    var keys = sandbox.configuration();
    Map<String, Object> whole = new java.util.HashMap<>();
    keys.entrySet().forEach(key -> whole.put(key.getKey(), key.getValue().getAsString()));
    for (String key : List.of("private_key", "private_key_passphrase", "access_token", "assertion", PLANTED.repeat(9), "a\n" + PLANTED)) {
      for (Object value : List.of(PLANTED, new Secret(PLANTED), PLANTED + "\ud800", new Secret(PLANTED + "\ud800"), List.of(PLANTED), Map.of(PLANTED, PLANTED), new StringBuilder[] {new StringBuilder(PLANTED)})) {
        Map<String, Object> wrong = new java.util.HashMap<>(whole);
        wrong.put(key, value);
        String shown = shown(() -> Connection.open(way.transport(), wrong).test());
        assertFalse(shown.contains(PLANTED), shown);
      }
    }
    for (String text : List.of(PLANTED, "{\"private_key\":\"" + PLANTED, "{\"private_key\":" + PLANTED + "}", "\"" + PLANTED + "\"", "[\"" + PLANTED + "\"]", "{" + PLANTED + ":1}", "{\"" + PLANTED + "\"}")) {
      hides(() -> Connection.open(way.transport(), text));
    }
    try (Connection connection = Connection.open(way.transport(), keys.toString())) {
      for (Secret secret : List.of(new Secret(PLANTED), new Secret(PLANTED + "\ud800"))) {
        hides(() -> connection.resetPassword("User", "nobody", secret));
        hides(() -> connection.save("User", "nobody", new Changes().set("password", secret), SaveMode.UPDATE));
        hides(() -> connection.save("User", "sfapi", new Changes().set("title", secret, new Object())));
        hides(() -> connection.with(Meta.NONE.credentials(Map.of("access_token", secret))).get("User", "sfapi"));
        hides(() -> connection.with(Meta.NONE.credentials(Map.of("access_token", secret))).search(new SearchRequest("User")).hasNext());
        hides(() -> connection.with(Meta.NONE.credentials(Map.of("access_token", secret, "nonsense", secret))).test());
      }
    }
  }

  @Test
  void a_secret_is_no_argument_and_no_variable_of_the_program() throws IOException {
    Path self = Path.of("/proc/self");
    if (!Files.isDirectory(self)) {
      return;
    }
    FakeProgram program = FakeProgram.real();
    var keys = sandbox.configuration();
    keys.addProperty("private_key_passphrase", PLANTED);
    try (Connection connection = Connection.open(program.transport(), keys.toString())) {
      shown(connection::test);
      for (Path process : List.of(self, Path.of("/proc", "" + program.pid()))) {
        for (String name : List.of("cmdline", "environ")) {
          String content = Files.readString(process.resolve(name), java.nio.charset.StandardCharsets.ISO_8859_1);
          assertFalse(content.contains(PLANTED) || content.contains("PRIVATE KEY"), process + "/" + name);
        }
      }
    }
  }
}
