/*
 * Sets one attribute of a person, and says what became of it.
 *
 *   save CONFIGURATION.json UID ATTRIBUTE VALUE
 */

#include "common.h"

/* Says what was done. */
static void print(sfsf_json answer) {
  char uid[256], action[32], notice[512];
  sfsf_json_text(answer, "/result/uid", uid, sizeof uid);
  sfsf_json_text(answer, "/result/action", action, sizeof action);
  printf("%s: %s\n", uid, action);
  if (sfsf_json_text(answer, "/result/notices/0", notice, sizeof notice) >= 0) {
    printf("note: %s\n", notice);
  }
}

/* Says what was not done. */
static int refuse(sfsf_status status, sfsf_json error, const char *uid) {
  char kind[64], effect[16], attribute[128];
  sfsf_json_text(error, "/error/data/kind", kind, sizeof kind);
  sfsf_json_text(error, "/error/data/effect", effect, sizeof effect);
  if (status == SFSF_FAILED && strcmp(kind, "not_found") == 0) {
    printf("there is nobody with the uid %s\n", uid);
    return REFUSED;
  }
  if (strcmp(kind, "invalid_attribute") == 0 &&
      sfsf_json_text(error, "/error/data/attributes/0", attribute, sizeof attribute) >= 0) {
    printf("%s was not accepted\n", attribute);
  }
  if (strcmp(effect, "unknown") == 0) {
    printf("nobody knows whether it was done; read the person again\n");
  }
  return report(status, error);
}

int main(int argc, char **argv) {
  char uid[512], attribute[256], value[1024], request[2048];
  if (argc != 5 || sfsf_json_quote(argv[2], uid, sizeof uid) >= sizeof uid ||
      sfsf_json_quote(argv[3], attribute, sizeof attribute) >= sizeof attribute ||
      sfsf_json_quote(argv[4], value, sizeof value) >= sizeof value) {
    fprintf(stderr, "usage: save CONFIGURATION.json UID ATTRIBUTE VALUE\n");
    return WRONG_USAGE;
  }
  snprintf(request, sizeof request,
           "{\"id\":1,\"method\":\"save\",\"params\":{\"object_class\":\"User\",\"mode\":\"update\","
           "\"uid\":%s,\"attributes\":{%s:%s},\"meta\":{\"deadline_ms\":30000}}}",
           uid, attribute, value);
  int code;
  sfsf_connection *connection = open_with(argv[1], &code);
  if (!connection) {
    return code;
  }
  sfsf_buffer answer = SFSF_BUFFER_EMPTY;
  sfsf_status status = sfsf_call_text(connection, request, &answer);
  if (status == SFSF_OK) {
    print(sfsf_json_of(&answer));
    code = DONE;
  } else {
    code = refuse(status, sfsf_json_of(&answer), argv[2]);
  }
  sfsf_buffer_free(&answer);
  sfsf_close(connection);
  return code;
}
