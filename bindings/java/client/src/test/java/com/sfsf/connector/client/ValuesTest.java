package com.sfsf.connector.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sfsf.connector.client.transport.StrictJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Values and errors as they are on the wire. */
class ValuesTest {
  private static void check(Object value, String wire) {
    JsonElement json = JsonParser.parseString(wire);
    assertEquals(json, Values.toWire(value));
    assertEquals(value, Values.fromWire(json));
  }

  @Test
  void every_value_goes_to_the_wire_and_comes_back() {
    check("Zoë", "\"Zoë\"");
    check(true, "true");
    check(-42L, "-42");
    check(9007199254740993L, "{\"$integer\":\"9007199254740993\"}");
    check(Long.MIN_VALUE, "{\"$integer\":\"-9223372036854775808\"}");
    check(new BigDecimal("0.50"), "{\"$decimal\":\"0.50\"}");
    check(LocalDate.of(2024, 1, 31), "{\"$date\":\"2024-01-31\"}");
    check(OffsetDateTime.parse("2024-01-31T08:00:00Z"), "{\"$date_time\":\"2024-01-31T08:00:00Z\"}");
    check(new Reference("User", "ada"), "{\"$reference\":{\"object_class\":\"User\",\"uid\":\"ada\"}}");
    check(new Secret("x"), "{\"$secret\":\"x\"}");
    check(Map.of("street", List.of("Main St"), "number", List.of(1L)), "{\"street\":[\"Main St\"],\"number\":[1]}");
    JsonElement bytes = Values.toWire(new byte[] {104, 105});
    assertEquals("{\"$binary\":\"aGk=\"}", bytes.toString());
    assertArrayEquals(new byte[] {104, 105}, (byte[]) Values.fromWire(bytes));
  }

  @Test
  void what_comes_may_be_larger_than_what_goes() {
    BigInteger large = new BigInteger("9223372036854775808");
    assertEquals(large, Values.fromWire(JsonParser.parseString("{\"$integer\":\"9223372036854775808\"}")));
    assertThrows(ConnectorException.InvalidRequest.class, () -> Values.toWire(large));
  }

  @Test
  void a_time_keeps_its_own_offset_and_so_its_day() {
    OffsetDateTime midnight = OffsetDateTime.parse("2024-03-05T00:00:00+09:00");
    assertEquals("{\"$date_time\":\"2024-03-05T00:00:00+09:00\"}", Values.toWire(midnight).toString());
    assertEquals("{\"$date_time\":\"2024-03-05T00:00:00+09:00\"}", Values.toWire(midnight.atZoneSameInstant(ZoneId.of("Asia/Tokyo"))).toString());
  }

  @Test
  void what_cannot_be_carried_names_its_attribute_and_nothing_else() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    Object deep = "x";
    for (int i = 0; i < 5000; i++) {
      deep = List.of(deep);
    }
    List<Object> wrong =
        List.of(
            Double.NaN, Float.POSITIVE_INFINITY, new BigDecimal("1E+999999999"), new BigDecimal("1E-2000"), BigInteger.TWO.pow(64),
            "hush\ud800", "\udfffhush", '\ud800', new Secret("hush\ud83d"), Map.of("hush\ud800", "a"), Map.of("a", "hush\udc00"),
            new Reference("User", "hush\ud800"), itself, deep, new Object(), LocalDateTime.of(2024, 3, 5, 0, 0), Map.of(1, "hush"),
            Path.of("hush"), OffsetDateTime.parse("1890-03-05T00:00:00+00:53:28"));
    for (Object value : wrong) {
      for (Executable call :
          List.<Executable>of(
              () -> new Changes().set("title", "a", value),
              () -> new Changes().add("title", Arrays.asList(value)),
              () -> new Changes().remove("title", Arrays.asList(value)),
              () -> Filter.equal("title", value),
              () -> Filter.in("title", Arrays.asList(value)))) {
        var refused = assertThrows(ConnectorException.InvalidAttribute.class, call);
        assertEquals(List.of("title"), refused.attributes());
        assertTrue(refused.getMessage().contains("'title'") && !refused.getMessage().contains("hush"), refused.getMessage());
        assertEquals(Effect.NOT_APPLIED, refused.effect());
        assertNull(refused.getCause());
      }
    }
  }

  @Test
  void json_is_what_the_standard_allows_and_nothing_of_it_is_shown() {
    for (String text :
        List.of("", " ", "{hush:1}", "['hush']", "{\"a\":hush}", "[1,]", "[1;2]", "[NaN]", "[-Infinity]", "[01]", "[1.]", "[+1]", "1 2", "[1 2]",
            "/**/1", "#1\n1", "\"a\tb\"", "\"\\'\"", "True", "NULL", "{\"a\"=1}", ")]}'\n1", "\"\\\n\"", "{\"a\":1}}", "[".repeat(100_000))) {
      var refused = assertThrows(JsonParseException.class, () -> StrictJson.read(text), text);
      assertFalse(refused.getMessage().contains("hush"), refused.getMessage());
      assertNull(refused.getCause());
    }
    assertEquals("{\"a\":[1,-0.5e3,null]}", StrictJson.read(" {\"a\":[1,-0.5e3,null]}\n").toString());
  }

  @Test
  void a_tag_that_is_not_known_stays_and_what_is_no_value_is_refused() {
    assertEquals(Map.of("$new", "x"), Values.fromWire(JsonParser.parseString("{\"$new\":\"x\"}")));
    assertThrows(ConnectorException.InvalidRequest.class, () -> Values.toWire(new Object()));
  }

  @Test
  void a_secret_shows_itself_to_nobody_who_does_not_ask() {
    Secret secret = new Secret("hunter2");
    assertEquals("[redacted]", secret.toString());
    assertFalse(new Changes().set("password", secret).toString().contains("hunter2"));
    assertEquals("hunter2", secret.reveal());
  }

  @Test
  void every_kind_of_error_has_its_class_and_a_new_one_is_an_error_all_the_same() {
    TreeSet<String> kinds = new TreeSet<>();
    for (ErrorKind kind : ErrorKind.values()) {
      if (kind != ErrorKind.UNKNOWN) {
        kinds.add(kind.word());
        ConnectorException error = failure("{\"kind\":\"" + kind + "\"}");
        assertEquals(kind, error.kind());
        assertEquals(kind.word().replace("_", ""), error.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
      }
    }
    String known = System.getenv("SFSF_TEST_KINDS");
    if (known != null) {
      assertEquals(new TreeSet<>(Arrays.asList(known.split(" "))), kinds);
    }
    assertEquals(ErrorKind.INTERNAL, ConnectorException.of("nonsense").kind());
  }

  @Test
  void words_that_a_newer_connector_may_say_are_unknown_and_can_be_read() {
    ConnectorException fresh =
        failure("{\"kind\":\"eclipse\",\"retry\":\"tomorrow\",\"effect\":\"doubled\",\"operation\":\"merge\"}");
    assertSame(ConnectorException.class, fresh.getClass());
    assertEquals(List.of(ErrorKind.UNKNOWN, Retry.UNKNOWN, Effect.UNKNOWN), List.of(fresh.kind(), fresh.retry(), fresh.effect()));
    assertEquals(Operation.UNKNOWN, fresh.operation());
    assertEquals(
        List.of("eclipse", "tomorrow", "doubled", "merge"),
        List.of(fresh.kindText(), fresh.retryText(), fresh.effectText(), fresh.operationText()));
    GetOutcome found = new GetOutcome(Json.parse("{\"presence\":\"elsewhere\",\"evidence\":[],\"fresh\":1}"));
    assertEquals(Presence.UNKNOWN, found.presence());
    assertEquals("elsewhere", found.presenceText());
    ObjectClassManifest manifest = new ObjectClassManifest(Json.parse("{\"operations\":[\"get\",\"merge\"]}"));
    assertEquals(List.of(Operation.GET, Operation.UNKNOWN), manifest.operations());
    assertEquals(List.of("get", "merge"), manifest.operationsText());
  }

  private static ConnectorException failure(String data) {
    return ConnectorException.of("{\"error\":{\"message\":\"m\",\"data\":" + data + "}}");
  }

  @Test
  void days_and_what_is_expected_are_said_as_the_protocol_has_them() {
    LocalDate day = LocalDate.of(2026, 11, 29);
    assertEquals(
        "{\"object_class\":\"User\",\"uid\":\"jdoe\",\"as_of\":\"2026-11-29\"}",
        new GetRequest("User", "jdoe").asOf(day).params().toString());
    String all = "{\"object_class\":\"User\",\"as_of\":\"2026-11-29\"}";
    assertEquals(all, new SearchRequest("User").asOf(day).params().toString());
    assertEquals(all, new ImportRequest("User").asOf(day).params().toString());
    SaveRequest request =
        new SaveRequest("User", "jdoe", new Changes().set("title", "CTO"))
            .mode(SaveMode.UPDATE)
            .effectiveDate(day)
            .expecting("title", "Engineer")
            .expecting("manager", new Reference("User", "boss"))
            .expecting("division");
    String save =
        "{\"uid\":\"jdoe\",\"mode\":\"update\",\"attributes\":{\"title\":[\"CTO\"]},\"effective_date\":\"2026-11-29\","
            + "\"expected\":{\"title\":[\"Engineer\"],\"manager\":[{\"$reference\":{\"object_class\":\"User\",\"uid\":\"boss\"}}],"
            + "\"division\":[]}";
    assertEquals(save + ",\"object_class\":\"User\"}", request.params().toString());
    assertEquals("{\"object_class\":\"User\",\"save\":" + save + "}}", request.explained().toString());
    assertThrows(ConnectorException.InvalidAttribute.class, () -> request.expecting("title", new Object()));
  }

  @Test
  void filters_are_those_of_the_protocol() {
    Filter filter = Filter.and(Filter.equal("a", 1), Filter.not(Filter.in("b", List.of("x", "y"))), Filter.present("c"));
    assertEquals("{\"and\":[{\"equal\":[\"a\",1]},{\"not\":{\"in\":[\"b\",[\"x\",\"y\"]]}},{\"present\":\"c\"}]}", filter.toString());
  }
}
