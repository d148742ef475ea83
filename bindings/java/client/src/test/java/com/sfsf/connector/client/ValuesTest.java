package com.sfsf.connector.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

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
    check(new BigInteger("9223372036854775808"), "{\"$integer\":\"9223372036854775808\"}");
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
    String kinds = System.getenv("SFSF_TEST_KINDS");
    if (kinds != null) {
      assertEquals(new TreeSet<>(Arrays.asList(kinds.split(" "))), new TreeSet<>(ConnectorException.kinds()));
    }
    for (String kind : ConnectorException.kinds()) {
      ConnectorException error = ConnectorException.of("{\"error\":{\"code\":-1,\"message\":\"m\",\"data\":{\"kind\":\"" + kind + "\"}}}");
      assertEquals(kind, error.kind());
      assertEquals(kind.replace("_", ""), error.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
    }
    ConnectorException fresh = ConnectorException.of("{\"error\":{\"message\":\"m\",\"data\":{\"kind\":\"eclipse\"}}}");
    assertSame(ConnectorException.class, fresh.getClass());
    assertEquals("eclipse", fresh.kind());
    assertEquals("internal", ConnectorException.of("nonsense").kind());
  }

  @Test
  void filters_are_those_of_the_protocol() {
    Filter filter = Filter.and(Filter.equal("a", 1), Filter.not(Filter.in("b", List.of("x", "y"))), Filter.present("c"));
    assertEquals("{\"and\":[{\"equal\":[\"a\",1]},{\"not\":{\"in\":[\"b\",[\"x\",\"y\"]]}},{\"present\":\"c\"}]}", filter.toString());
  }
}
