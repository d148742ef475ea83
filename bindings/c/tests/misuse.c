/*
 * Everything that one can do wrong with the library: misuse CONFIGURATION.json [small]. Each mistake must be answered
 * with its status and a sentence, and the connection must work afterwards. "small" leaves large requests out.
 */

#include "../examples/common.h"

#define TEST "{\"id\":1,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"sfapi\",\"attributes_to_get\":[]}}"
#define SEARCH "{\"id\":2,\"method\":\"search\",\"params\":{\"object_class\":\"User\",\"attributes_to_get\":[]}}"

static int failures;

/* Compares a status, and sees that a failure comes with a sentence. */
static void expect(const char *what, sfsf_status seen, sfsf_status wanted, sfsf_buffer *buffer) {
  char message[512] = "";
  if (buffer) {
    sfsf_json_text(sfsf_json_of(buffer), "/error/message", message, sizeof message);
  }
  bool silent = buffer && wanted < 0 && message[0] == '\0';
  printf("%s: %d %s\n", what, (int)seen, message);
  if (seen != wanted || silent) {
    fprintf(stderr, "%s: %d instead of %d, '%s'\n", what, (int)seen, (int)wanted, message);
    failures++;
  }
  sfsf_buffer_free(buffer);
}

static sfsf_status call(const sfsf_connection *connection, const void *request, size_t length, sfsf_buffer *out) {
  return sfsf_call(connection, (const uint8_t *)request, length, out);
}

/* Texts that are no requests. */
static void texts(const sfsf_connection *connection) {
  sfsf_buffer out = SFSF_BUFFER_EMPTY;
  sfsf_stream *stream = NULL;
  sfsf_connection *other = NULL;
  const char latin[] = "{\"id\":1,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"zo\xEB\"}}";
  expect("a request in Latin-1", call(connection, latin, sizeof latin - 1, &out), SFSF_MALFORMED, &out);
  expect("a zero byte", call(connection, "\0", 1, &out), SFSF_MALFORMED, &out);
  expect("no bytes", call(connection, "", 0, &out), SFSF_MALFORMED, &out);
  for (size_t length = 1; length < sizeof TEST - 1; length++) {
    sfsf_status status = call(connection, TEST, length, &out);
    if (status != SFSF_MALFORMED) {
      expect("a request that ends too early", status, SFSF_MALFORMED, &out);
    }
    sfsf_buffer_free(&out);
  }
  expect("a stream from sfsf_call", call(connection, SEARCH, sizeof SEARCH - 1, &out), SFSF_MALFORMED, &out);
  sfsf_status status = sfsf_start(connection, (const uint8_t *)"{", 1, &stream, &out);
  expect("half a request for a stream", status, SFSF_MALFORMED, &out);
  status = sfsf_open((const uint8_t *)latin, sizeof latin - 1, &other, &out);
  expect("a configuration in Latin-1", status, SFSF_MALFORMED, &out);
  expect("half a configuration", sfsf_open_text("{\"url\":", &other, &out), SFSF_MALFORMED, &out);
  expect("a list for a configuration", sfsf_open_text("[]", &other, &out), SFSF_MALFORMED, &out);
  expect("an empty configuration", sfsf_open_text("{}", &other, &out), SFSF_FAILED, &out);
  if (stream || other) {
    fprintf(stderr, "a handle came from a failure\n");
    failures++;
  }
}

/* A hundred megabytes. */
static void sizes(const sfsf_connection *connection) {
  sfsf_buffer out = SFSF_BUFFER_EMPTY;
  sfsf_stream *stream = NULL;
  sfsf_connection *other = NULL;
  size_t length = 100u * 1000 * 1000;
  char *text = (char *)malloc(length);
  if (!text) {
    return;
  }
  memset(text, ' ', length);
  memcpy(text + length - (sizeof TEST - 1), TEST, sizeof TEST - 1);
  expect("100 MB", call(connection, text, length, &out), SFSF_TOO_LARGE, &out);
  sfsf_status status = sfsf_start(connection, (const uint8_t *)text, length, &stream, &out);
  expect("100 MB for a stream", status, SFSF_TOO_LARGE, &out);
  status = sfsf_open((const uint8_t *)text, length, &other, &out);
  expect("100 MB for a configuration", status, SFSF_TOO_LARGE, &out);
  const char *last = text + length - (16u << 20);
  expect("as much as is taken", call(connection, last, 16u << 20, &out), SFSF_OK, &out);
  /* Deeper than any reader's stack. */
  memset(text, '[', 1u << 20);
  expect("a million brackets", call(connection, text, 1u << 20, &out), SFSF_MALFORMED, &out);
  free(text);
}

/* Pointers that are NULL. */
static void nulls(const sfsf_connection *connection) {
  sfsf_buffer out = SFSF_BUFFER_EMPTY;
  sfsf_stream *stream = NULL;
  sfsf_connection *other = NULL;
  expect("no request", sfsf_call(connection, NULL, 5, &out), SFSF_NULL_POINTER, &out);
  expect("no configuration", sfsf_open(NULL, 0, &other, &out), SFSF_NULL_POINTER, &out);
  expect("no place for a connection", sfsf_open((const uint8_t *)"{}", 2, NULL, &out), SFSF_NULL_POINTER, &out);
  expect("no request for a stream", sfsf_start(connection, NULL, 5, &stream, &out), SFSF_NULL_POINTER, &out);
  sfsf_status status = sfsf_start(connection, (const uint8_t *)SEARCH, sizeof SEARCH - 1, NULL, &out);
  expect("no place for a stream", status, SFSF_NULL_POINTER, &out);
  expect("no buffer", sfsf_call_text(connection, TEST, NULL), SFSF_NULL_POINTER, NULL);
  expect("no buffer for information", sfsf_info(NULL), SFSF_NULL_POINTER, NULL);
  expect("no buffer for log lines", sfsf_log_next(0, NULL), SFSF_NULL_POINTER, NULL);
  expect("no buffer for a token", sfsf_access_token(connection, 0, NULL), SFSF_NULL_POINTER, NULL);
  expect("NULL for the connection of a token", sfsf_access_token(NULL, 0, &out), SFSF_BAD_HANDLE, &out);
  expect("no buffer for a reason", sfsf_open((const uint8_t *)"{}", 2, &other, NULL), SFSF_FAILED, NULL);
  expect("NULL for a connection", sfsf_call_text(NULL, TEST, &out), SFSF_BAD_HANDLE, &out);
  expect("NULL to close", sfsf_close(NULL), SFSF_BAD_HANDLE, NULL);
  expect("NULL for a stream", sfsf_next(NULL, 0, 1, &out), SFSF_BAD_HANDLE, &out);
  expect("NULL to cancel", sfsf_cancel(NULL), SFSF_BAD_HANDLE, NULL);
  expect("NULL to free", sfsf_stream_free(NULL), SFSF_BAD_HANDLE, NULL);
  sfsf_buffer_free(NULL);
}

/* Handles that are none, not any more, or of something else. */
static void handles(const sfsf_connection *connection, const char *configuration) {
  sfsf_buffer out = SFSF_BUFFER_EMPTY;
  sfsf_stream *stream = NULL;
  sfsf_connection *other = NULL;
  int here = 0;
  expect("an address", sfsf_call_text((const sfsf_connection *)(void *)&here, TEST, &out), SFSF_BAD_HANDLE, &out);
  expect("a number", sfsf_next((const sfsf_stream *)(uintptr_t)12345, 0, 1, &out), SFSF_BAD_HANDLE, &out);
  sfsf_status status = sfsf_start(connection, (const uint8_t *)SEARCH, sizeof SEARCH - 1, &stream, &out);
  expect("a stream", status, SFSF_OK, NULL);
  const sfsf_connection *foreign = (const sfsf_connection *)(const void *)stream;
  expect("a stream for a connection", sfsf_call_text(foreign, TEST, &out), SFSF_BAD_HANDLE, &out);
  expect("a stream to close", sfsf_close(foreign), SFSF_BAD_HANDLE, NULL);
  const sfsf_stream *none = (const sfsf_stream *)(const void *)connection;
  expect("a connection for a stream", sfsf_next(none, 0, 1, &out), SFSF_BAD_HANDLE, &out);
  expect("a connection to free", sfsf_stream_free(none), SFSF_BAD_HANDLE, NULL);
  expect("cancel once", sfsf_cancel(stream), SFSF_OK, NULL);
  expect("cancel twice", sfsf_cancel(stream), SFSF_OK, NULL);
  expect("after the cancellation", sfsf_next(stream, 10000, 1000, &out), SFSF_CANCELLED, &out);
  expect("after the end", sfsf_next(stream, 0, 1, &out), SFSF_FINISHED, &out);
  expect("free once", sfsf_stream_free(stream), SFSF_OK, NULL);
  expect("free twice", sfsf_stream_free(stream), SFSF_BAD_HANDLE, NULL);
  expect("a freed stream", sfsf_next(stream, 0, 1, &out), SFSF_BAD_HANDLE, &out);
  expect("another connection", sfsf_open_text(configuration, &other, &out), SFSF_OK, NULL);
  status = sfsf_start(other, (const uint8_t *)SEARCH, sizeof SEARCH - 1, &stream, &out);
  expect("a stream of it", status, SFSF_OK, NULL);
  expect("close once", sfsf_close(other), SFSF_OK, NULL);
  expect("close twice", sfsf_close(other), SFSF_BAD_HANDLE, NULL);
  expect("a closed connection", sfsf_call_text(other, TEST, &out), SFSF_BAD_HANDLE, &out);
  expect("a stream without its connection", sfsf_next(stream, 10000, 1, &out), SFSF_CANCELLED, &out);
  expect("and free it", sfsf_stream_free(stream), SFSF_OK, NULL);
}

int main(int argc, char **argv) {
  sfsf_connection *connection = NULL;
  sfsf_buffer out = SFSF_BUFFER_EMPTY;
  char *configuration = argc >= 2 ? read_file(argv[1]) : NULL;
  if (!configuration || sfsf_open_text(configuration, &connection, &out) != SFSF_OK) {
    return WRONG_USAGE;
  }
  texts(connection);
  if (argc == 2) {
    sizes(connection);
  }
  nulls(connection);
  handles(connection, configuration);
  expect("a request after all that", sfsf_call_text(connection, TEST, &out), SFSF_OK, &out);
  sfsf_log_level(1000);
  sfsf_log_level(-1000);
  sfsf_close(connection);
  free(configuration);
  return failures == 0 ? DONE : REFUSED;
}
