/* The reading and writing of JSON in sfsf.h, case by case, well formed and not. */

#include "../examples/common.h"

static int failures;

static sfsf_json json_of(const char *text) {
  sfsf_json json = {text, strlen(text)};
  return json;
}

static void reads(const char *json, const char *pointer, const char *wanted) {
  char seen[64] = "?";
  long length = sfsf_json_text(json_of(json), pointer, seen, sizeof seen);
  bool good = wanted ? length == (long)strlen(wanted) && strcmp(seen, wanted) == 0 : length == -1 && seen[0] == '\0';
  if (!good) {
    fprintf(stderr, "%s of %s: %ld '%s'\n", pointer, json, length, seen);
    failures++;
  }
}

static void finds(const char *json, const char *pointer, const char *wanted) {
  sfsf_json value = {"", 0};
  bool found = sfsf_json_at(json_of(json), pointer, &value);
  bool good = wanted ? found && value.length == strlen(wanted) && memcmp(value.text, wanted, value.length) == 0 : !found;
  if (!good) {
    fprintf(stderr, "%s of %s: %.*s\n", pointer, json, (int)value.length, value.text);
    failures++;
  }
}

static void quotes(const char *text, const char *wanted) {
  char quoted[64], again[64];
  size_t length = sfsf_json_quote(text, quoted, sizeof quoted);
  long back = sfsf_json_text(json_of(quoted), "", again, sizeof again);
  if (length != strlen(wanted) || strcmp(quoted, wanted) != 0 || back != (long)strlen(text) || strcmp(again, text) != 0) {
    fprintf(stderr, "%s: %s, %s\n", text, quoted, again);
    failures++;
  }
}

/* Cut off at every place, and with every byte in every place: nothing outside is read, as a sanitizer would tell. */
static void survives(const char *json) {
  size_t length = strlen(json);
  char out[8];
  for (size_t cut = 0; cut <= length; cut++) {
    char *copy = (char *)malloc(cut + 1);
    for (int byte = 0; copy && byte < 256; byte++) {
      memcpy(copy, json, cut);
      if (cut > 0) {
        copy[cut - 1] = (char)byte;
      }
      char *exact = (char *)malloc(cut ? cut : 1);
      if (exact) {
        memcpy(exact, copy, cut);
        sfsf_json part = {exact, cut};
        long long number;
        (void)sfsf_json_text(part, "/a/1/b\\", out, sizeof out);
        (void)sfsf_json_text(part, "/c", out, sizeof out);
        (void)sfsf_json_integer(part, "/a/0", &number);
      }
      free(exact);
    }
    free(copy);
  }
}

int main(void) {
  const char *error = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"message\":\"no \\\"way\\\"\",\"data\":{\"kind\":\"not_found\",\"attributes\":[\"a\",\"b\"]}}}";
  reads(error, "/error/data/kind", "not_found");
  reads(error, "/error/message", "no \"way\"");
  reads(error, "/error/data/attributes/1", "b");
  reads(error, "/error/data/attributes/2", NULL);
  reads(error, "/error/data/attributes/x", NULL);
  reads(error, "/error/data/attributes/1x", NULL);
  reads(error, "/error/data/attributes/01", NULL);
  reads(error, "/error/data/attributes/-1", NULL);
  reads(error, "/error/data/attributes/18446744073709551617", NULL);
  reads(error, "/error/data", NULL);
  reads(error, "/kind", NULL);
  reads(error, "/error/data/kin", NULL);
  reads(error, "/error/data/kinds", NULL);
  reads(error, "/id", NULL);
  reads(error, "error", NULL);
  finds(error, "/id", "1");
  finds(error, "/error/data/attributes", "[\"a\",\"b\"]");
  finds(" { \"a\" : [ 1 , { \"b\" : null } ] , \"c\" : 2 } ", "/c", "2");
  finds(" { \"a\" : [ 1 , { \"b\" : null } ] , \"c\" : 2 } ", "/a/1/b", "null");
  finds("{\"x\":{\"a\":\"}]\\\"\\\\\"},\"a\":1}", "/a", "1");
  finds("{}", "/a", NULL);
  /* What is no JSON has nothing in it, however well a part of it looks. */
  finds("{\"a\":1,}", "/a", NULL);
  finds("{\"a\":1}}", "/a", NULL);
  finds("{\"a\":1,\"b\":NaN}", "/a", NULL);
  finds("{\"a\":1,\"b\":\"\xED\xA0\x80\"}", "/a", NULL);
  finds("{\"a\":1", "/a", NULL);
  finds("[01]", "/0", NULL);
  finds("[]", "/0", NULL);
  finds("{\"\":1}", "/", "1");
  reads("{\"a/b\":\"slash\",\"m~n\":\"tilde\"}", "/a~1b", "slash");
  reads("{\"a/b\":\"slash\",\"m~n\":\"tilde\"}", "/m~0n", "tilde");
  reads("{\"zo\\u00eb\":\"yes\"}", "/zoë", "yes");
  reads("{\"zoë\":\"yes\"}", "/zoë", "yes");
  reads("\"\\u00fc\\u6771\\ud83d\\ude00\\t\\/\"", "", "ü東😀\t/");
  reads("\"\\ud83d!\"", "", "\xEF\xBF\xBD!");
  quotes("O'Brien \"the\" \\ \n\t\x01 😀", "\"O'Brien \\\"the\\\" \\\\ \\u000a\\u0009\\u0001 😀\"");
  quotes("", "\"\"");

  char small[6] = "?", one[1];
  if (sfsf_json_text(json_of("\"abcü!\""), "", small, sizeof small) != 6 || strcmp(small, "abcü") != 0) {
    fprintf(stderr, "cut off: %s\n", small);
    failures++;
  }
  if (sfsf_json_text(json_of("\"abcdü\""), "", small, sizeof small) != 6 || strcmp(small, "abcd") != 0) {
    fprintf(stderr, "cut off between characters: %s\n", small);
    failures++;
  }
  if (sfsf_json_quote("abcdefgh", small, sizeof small) != 10 || sfsf_json_quote("a", one, sizeof one) != 3) {
    fprintf(stderr, "quoted into too little room\n");
    failures++;
  }
  long long number = 0;
  if (!sfsf_json_integer(json_of("{\"a\":-300000}"), "/a", &number) || number != -300000 ||
      sfsf_json_integer(json_of("{\"a\":1.5}"), "/a", &number) || sfsf_json_integer(json_of("{\"a\":\"1\"}"), "/a", &number) ||
      sfsf_json_integer(json_of("{\"a\":9223372036854775808}"), "/a", &number) ||
      sfsf_json_integer(json_of("{\"a\":-99999999999999999999}"), "/a", &number) ||
      !sfsf_json_integer(json_of("{\"a\":-9223372036854775808}"), "/a", &number)) {
    fprintf(stderr, "integers: %lld\n", number);
    failures++;
  }
  survives("{\"x\":[[],{}],\"a\":[12,{\"b\\\\\":\"\\u00fc\\ud83d\\ude00\"}],\"c\":\"d\"}");
  return failures == 0 ? DONE : REFUSED;
}
