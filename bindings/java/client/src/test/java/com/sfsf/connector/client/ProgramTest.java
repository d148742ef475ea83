package com.sfsf.connector.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sfsf.connector.client.transport.Event;
import com.sfsf.connector.client.transport.Events;
import com.sfsf.connector.sandbox.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that die, are stopped or are none of ours, and requests that they cannot read: every wait ends, and the host goes on. */
class ProgramTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private Sandbox sandbox;

  @BeforeEach
  void start() {
    sandbox = Sandbox.start(4);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Connection open(FakeProgram program) {
    return Connection.open(program.transport(), sandbox.configuration().toString());
  }

  /** What is asked for until it succeeds. */
  private enum Call {
    SEARCH(connection -> connection.search(new SearchRequest("User")).forEachRemaining(person -> {})),
    IMPORT(connection -> connection.importObjects(new ImportRequest("User")).forEachRemaining(person -> {})),
    SAVE(connection -> connection.save("User", "sfapi", new Changes().set("title", "Chief " + System.nanoTime())));

    private final Consumer<Connection> call;

    Call(Consumer<Connection> call) {
      this.call = call;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_program_that_is_killed_after_any_of_its_lines_breaks_what_runs_and_the_next_call_works(Call asked) throws Exception {
    int lines = 0;
    while (lines < 50 && breaks(FakeProgram.dyingAfter(lines), asked)) {
      lines++;
    }
    // The answer to the opening, and the result; a stream has its objects besides.
    assertTrue(lines >= (asked == Call.SAVE ? 2 : 6) && lines < 50, lines + " lines");
  }

  private boolean breaks(FakeProgram program, Call asked) {
    try (Connection connection = open(program)) {
      try {
        asked.call.accept(connection);
        return false;
      } catch (ConnectorException.ConnectionBroken failure) {
        assertEquals(asked == Call.SAVE ? Effect.UNKNOWN : Effect.NOT_APPLIED, failure.effect());
      }
      assertEquals(Presence.ACTIVE, connection.get("User", "sfapi").presence());
      asked.call.accept(connection);
      return true;
    } catch (ConnectorException.ConnectionBroken beforeAnythingWasAsked) {
      assertEquals(Effect.NOT_APPLIED, beforeAnythingWasAsked.effect());
      open(program).close();
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Welcome!", "42", "[]", "{}", "null", "\\xff", "{\"jsonrpc\":\"2.0\"}", "{\"method\":5}", "{\"id\":\"open\"}", "{\"id\":\"open\",\"result\":5}"})
  void a_program_that_says_something_besides_is_none_of_ours(String banner) throws Exception {
    FakeProgram program = FakeProgram.withBanner(banner);
    assertTimeoutPreemptively(SOON, () -> {
      var failure = assertThrows(ConnectorException.Internal.class, () -> open(program));
      assertEquals(Effect.NOT_APPLIED, failure.effect());
      assertThrows(ConnectorException.Internal.class, () -> Connection.open(program.transport(), "{}"));
      assertThrows(ConnectorException.Internal.class, program.transport()::info);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec cat", "exec yes", "yes | tr -d '\\n'", "exec true", "exec false", "printf '{\"jso'", "exit 7"})
  void a_program_that_is_none_of_ours_is_told_from_one_that_is(String script) throws Exception {
    FakeProgram program = FakeProgram.of(script + "\n");
    assertTimeoutPreemptively(SOON, () -> {
      var failure = assertThrows(ConnectorException.class, () -> open(program));
      assertTrue(List.of(ErrorKind.INTERNAL, ErrorKind.CONNECTION_BROKEN).contains(failure.kind()), failure.kindText());
      assertEquals(Effect.NOT_APPLIED, failure.effect());
    });
  }

  @Test
  void words_of_another_in_the_middle_end_what_runs_and_the_next_call_works() throws Exception {
    FakeProgram program = FakeProgram.of("[ -e @FOLDER/once ] && exec @REAL \"$@\"\ntouch @FOLDER/once\n(until [ -e @FOLDER/now ]; do sleep 0.1; done; sleep 1; echo words) &\nexec @REAL \"$@\"\n");
    try (Connection connection = open(program)) {
      connection.schema();
      sandbox.fault("hang:GET /odata/v2/User*1");
      program.touch("now");
      var failure = assertThrows(ConnectorException.Internal.class, () -> connection.get("User", "sfapi"));
      assertEquals(Effect.NOT_APPLIED, failure.effect());
      sandbox.noFaults();
      assertEquals(Presence.ACTIVE, connection.get("User", "sfapi").presence());
    }
  }

  private static final String GET = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"sfapi\",\"x\":%s}}";

  @ParameterizedTest
  @EnumSource
  void a_request_that_cannot_be_read_is_refused(Way way) throws Exception {
    List<String> values =
        List.of(
            "\"\ud800\"", "\"\\ud800\"", "{\"\\udfff\":1}", "[".repeat(200) + "]".repeat(200), "[".repeat(124) + "]".repeat(124) + "]",
            "[".repeat(126) + "]".repeat(126), "\"" + "x".repeat(17 << 20) + "\"", "\"a\nb\"", "\"a\rb\"", "1e999", "NaN", "'x'", "[1,]", "hush");
    try (Connection connection = Connection.open(way.transport(), sandbox.configuration().toString())) {
      for (String value : values) {
        refused(connection, String.format(GET, value));
      }
      for (String request :
          List.of("", " ", "\n\n", "\u3000", "\uFEFF" + String.format(GET, 1), "{", "5", "[]", String.format(GET, 1) + "\n" + String.format(GET, 2),
              "{\"id\":1,\"method\":\"cancel\",\"params\":{\"id\":7}}", "{\"id\":1,\"method\":\"credit\",\"params\":{\"id\":7,\"items\":1}}",
              "{\"id\":99999999999999999999,\"method\":\"test\"}", "{\"id\":1.5,\"method\":\"test\"}", "{\"id\":-0,\"method\":\"test\"}", "{\"id\":true,\"method\":\"test\"}", "{\"method\":\"test\"}")) {
        refused(connection, request);
      }
      // What can be read is answered, whatever it looks like.
      for (String value : List.of("\"\ud83d\ude00\"", "[".repeat(100) + "]".repeat(100), "\n1\n", "1" + "0".repeat(300), "\"\\ud83d\\ude00\"", "9".repeat(25))) {
        assertEquals("active", answer(connection, String.format(GET, value)).json().getAsJsonObject("result").get("presence").getAsString());
      }
      assertEquals("active", answer(connection, String.format(GET, 1).replace("{", "{\n")).json().getAsJsonObject("result").get("presence").getAsString());
    }
  }

  private static Event answer(Connection connection, String request) {
    return assertTimeoutPreemptively(SOON, () -> {
      try (Events events = connection.events(request)) {
        Event event = events.next();
        while (event.method() != null) {
          event = events.next();
        }
        return event;
      }
    });
  }

  private static void refused(Connection connection, String request) {
    String shown = request.substring(0, Math.min(request.length(), 200));
    String kind;
    try {
      Event event = answer(connection, request);
      assertTrue(event.json().has("error"), shown);
      kind = event.json().getAsJsonObject("error").getAsJsonObject("data").get("kind").getAsString();
    } catch (ConnectorException refusal) {
      kind = refusal.kindText();
    }
    assertEquals("invalid_request", kind, shown);
  }

  @Test
  void half_a_character_is_not_replaced_by_another() throws Exception {
    for (Way way : Way.values()) {
      try (Connection connection = Connection.open(way.transport(), sandbox.configuration().toString())) {
        assertThrows(ConnectorException.InvalidRequest.class, () -> connection.get("User", "sfapi\ud800"));
        assertThrows(ConnectorException.InvalidRequest.class, () -> connection.save("User\udc00", "sfapi", new Changes().set("title", "x")));
        assertThrows(ConnectorException.InvalidRequest.class, () -> connection.search(new SearchRequest("User").filter("title eq '\ud800'")));
        assertThrows(ConnectorException.InvalidRequest.class, () -> Connection.open(way.transport(), "{\"url\":\"\ud800\"}"));
      }
    }
  }

  @Test
  void a_deadline_ends_the_wait_for_a_stopped_program_and_a_close_kills_it() throws Exception {
    FakeProgram program = FakeProgram.real();
    Connection connection = open(program);
    connection.schema();
    program.signal("STOP");
    Operations hasty = connection.with(Meta.NONE.deadline(Duration.ofMillis(100)));
    // More than any pipe holds.
    Changes large = new Changes().set("title", "x".repeat(4 << 20));
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
      var late = assertThrows(ConnectorException.Timeout.class, () -> hasty.save("User", "sfapi", large));
      assertEquals(Effect.UNKNOWN, late.effect());
      assertEquals(Effect.NOT_APPLIED, assertThrows(ConnectorException.Timeout.class, () -> hasty.get("User", "sfapi")).effect());
    });
    ObjectStream people = connection.search(new SearchRequest("User"));
    ProcessHandle process = program.process();
    assertTimeoutPreemptively(SOON, () -> {
      people.close();
      connection.close();
      process.onExit().join();
    });
    assertFalse(process.isAlive());
  }

  @Test
  void a_cancellation_ends_the_wait_for_a_stopped_program_within_a_second() throws Exception {
    FakeProgram program = FakeProgram.real();
    try (Connection connection = open(program)) {
      connection.schema();
      program.signal("STOP");
      ObjectStream people = connection.search(new SearchRequest("User"));
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread waiting = new Thread(() -> end.set(assertThrows(ConnectorException.class, people::hasNext)));
      waiting.start();
      people.cancel();
      waiting.join(1000);
      assertTrue(end.get() instanceof ConnectorException.Cancelled, String.valueOf(end.get()));
      assertEquals(Effect.NOT_APPLIED, ((ConnectorException) end.get()).effect());
      program.signal("CONT");
      assertEquals(Presence.ACTIVE, connection.get("User", "sfapi").presence());
    }
  }

  @Test
  void an_interrupt_ends_the_wait_for_a_stopped_program() throws Exception {
    FakeProgram program = FakeProgram.real();
    try (Connection connection = open(program)) {
      connection.schema();
      program.signal("STOP");
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread waiting = new Thread(() -> {
        try {
          connection.save("User", "sfapi", new Changes().set("title", "x".repeat(4 << 20)));
        } catch (ConnectorException failure) {
          end.set(failure);
        }
      });
      waiting.start();
      waiting.interrupt();
      waiting.join(1000);
      assertTrue(end.get() instanceof ConnectorException.Cancelled, String.valueOf(end.get()));
      program.signal("CONT");
      assertEquals(Presence.ACTIVE, connection.get("User", "sfapi").presence());
    }
  }

  @Test
  void a_wait_of_another_thread_ends_when_a_stopped_program_is_closed() throws Exception {
    FakeProgram program = FakeProgram.real();
    Connection connection = open(program);
    program.signal("STOP");
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread waiting = new Thread(() -> end.set(assertThrows(ConnectorException.class, connection::schema)));
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING && waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    connection.close();
    waiting.join(5000);
    assertTrue(end.get() instanceof ConnectorException.ConnectionBroken, String.valueOf(end.get()));
  }

  @Test
  void a_configuration_that_is_none_is_refused_and_not_shown() throws IOException {
    String whole = sandbox.configuration().toString();
    for (Way way : Way.values()) {
      for (String wrong : List.of("", "[" + whole + "]", new com.google.gson.JsonPrimitive(whole).toString(), "x" + whole, whole + "x", whole.replace(":", "="), "{'a':1}", "5")) {
        var failure = assertThrows(ConnectorException.InvalidRequest.class, () -> Connection.open(way.transport(), wrong), way + " " + wrong.length());
        assertFalse(failure.toString().contains("PRIVATE KEY"), way.toString());
      }
      try (Connection connection = Connection.open(way.transport(), "\uFEFF" + whole)) {
        assertEquals(Presence.ACTIVE, connection.get("User", "sfapi").presence());
      }
    }
  }
}
