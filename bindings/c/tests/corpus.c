/*
 * Carries the requests of a file to a tenant and prints the events: corpus CONFIGURATION.json REQUESTS.
 * With "json TEXTS" it reads each line as JSON, with "open TEXTS" as a configuration, and says whether it was taken.
 * tests/corpus/README.md has the form of the files.
 */

#include "../examples/common.h"

static void print(sfsf_json event) {
  printf("%.*s\n", (int)event.length, event.text);
}

/* Prints the events of one request. What has one answer is called; what streams is started. */
static void carry(const sfsf_connection *connection, const char *request, bool cancelled) {
  sfsf_buffer answer = SFSF_BUFFER_EMPTY;
  sfsf_status status = cancelled ? SFSF_MALFORMED : sfsf_call_text(connection, request, &answer);
  if (status != SFSF_MALFORMED) {
    print(sfsf_json_of(&answer));
    sfsf_buffer_free(&answer);
    return;
  }
  sfsf_buffer_free(&answer);
  sfsf_events events = SFSF_EVENTS_EMPTY;
  sfsf_json event;
  status = sfsf_events_start(&events, connection, request, &event);
  if (status == SFSF_OK && cancelled) {
    (void)sfsf_cancel(events.stream);
  }
  if (status != SFSF_OK) {
    print(event);
  }
  while (status == SFSF_OK || status == SFSF_WAIT) {
    status = sfsf_events_next(&events, 1000, &event);
    if (status != SFSF_WAIT) {
      print(event);
    }
  }
  sfsf_events_free(&events);
}

/* Whether the header reads it as JSON. */
static bool is_json(sfsf_json text) {
  sfsf_json value;
  return sfsf_json_at(text, "", &value);
}

/* Whether the library reads it as a configuration. */
static bool is_configuration(sfsf_json text) {
  sfsf_connection *connection = NULL;
  sfsf_buffer error = SFSF_BUFFER_EMPTY;
  sfsf_status status = sfsf_open((const uint8_t *)text.text, text.length, &connection, &error);
  sfsf_buffer_free(&error);
  (void)sfsf_close(connection);
  return status != SFSF_MALFORMED;
}

/* Judges each line of a file. Lines are bytes, zeroes among them. */
static int judge(const char *name, bool (*takes)(sfsf_json)) {
  FILE *file = fopen(name, "rb");
  char *line = (char *)malloc(1u << 24);
  size_t length = 0;
  int byte;
  while (file && line && (byte = fgetc(file)) != EOF) {
    if (byte == '\n') {
      sfsf_json text = {line, length};
      puts(takes(text) ? "accepted" : "refused");
      length = 0;
    } else if (length < 1u << 24) {
      line[length++] = (char)byte;
    }
  }
  free(line);
  return file && fclose(file) == 0 ? DONE : WRONG_USAGE;
}

int main(int argc, char **argv) {
  if (argc == 3 && (strcmp(argv[1], "json") == 0 || strcmp(argv[1], "open") == 0)) {
    return judge(argv[2], argv[1][0] == 'j' ? is_json : is_configuration);
  }
  sfsf_connection *connection = NULL;
  sfsf_buffer error = SFSF_BUFFER_EMPTY;
  char *configuration = argc == 3 ? read_file(argv[1]) : NULL;
  char *requests = argc == 3 ? read_file(argv[2]) : NULL;
  if (!configuration || !requests) {
    return WRONG_USAGE;
  }
  if (sfsf_open_text(configuration, &connection, &error) == SFSF_OK) {
    char *line = requests, *end;
    for (; (end = strchr(line, '\n')) != NULL; line = end + 1) {
      *end = '\0';
      bool cancelled = strncmp(line, "cancel ", 7) == 0;
      carry(connection, cancelled ? line + 7 : line, cancelled);
    }
    sfsf_close(connection);
  } else {
    print(sfsf_json_of(&error));
  }
  sfsf_buffer_free(&error);
  free(configuration);
  free(requests);
  return DONE;
}
