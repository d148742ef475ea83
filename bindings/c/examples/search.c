/*
 * Prints uid, name and mail address of everybody whom a filter lets through.
 *
 *   search CONFIGURATION.json "status eq 't'"
 */

#include "common.h"

/* Prints one person. */
static void print(sfsf_json event) {
  char uid[256], name[256], email[256];
  sfsf_json_text(event, "/params/object/uid", uid, sizeof uid);
  sfsf_json_text(event, "/params/object/name", name, sizeof name);
  sfsf_json_text(event, "/params/object/attributes/email/0", email, sizeof email);
  printf("%s\t%s\t%s\n", uid, name, email);
}

/* Takes events until the last one. */
static int search(const sfsf_connection *connection, const char *request) {
  sfsf_events events = SFSF_EVENTS_EMPTY;
  sfsf_json event;
  int code = DONE;
  sfsf_status status = sfsf_events_start(&events, connection, request, &event);
  /* A program with something else to do waits for a shorter time, and does it when there is nothing yet. */
  while (status == SFSF_OK || status == SFSF_WAIT) {
    status = sfsf_events_next(&events, 1000, &event);
    char method[16];
    if (status == SFSF_OK && sfsf_json_text(event, "/method", method, sizeof method) >= 0) {
      if (strcmp(method, "item") == 0) {
        print(event);
      } else if (strcmp(method, "problem") == 0) {
        fprintf(stderr, "skipped: %.*s\n", (int)event.length, event.text);
      }
    }
  }
  long long count;
  if (status == SFSF_END && sfsf_json_integer(event, "/result/count", &count)) {
    fprintf(stderr, "%lld found\n", count);
  } else {
    code = report(status, event);
  }
  sfsf_events_free(&events);
  return code;
}

int main(int argc, char **argv) {
  char filter[1024], request[2048];
  if (argc != 3 || sfsf_json_quote(argv[2], filter, sizeof filter) >= sizeof filter) {
    fprintf(stderr, "usage: search CONFIGURATION.json FILTER\n");
    return WRONG_USAGE;
  }
  snprintf(request, sizeof request,
           "{\"id\":1,\"method\":\"search\",\"params\":"
           "{\"object_class\":\"User\",\"filter\":%s,\"attributes_to_get\":[\"email\"]}}",
           filter);
  int code;
  sfsf_connection *connection = open_with(argv[1], &code);
  if (connection) {
    code = search(connection, request);
    sfsf_close(connection);
  }
  return code;
}
