/* What the examples share: reading a file, and telling a person about an error. */

#ifndef EXAMPLES_COMMON_H
#define EXAMPLES_COMMON_H

#include <stdio.h>
#include <stdlib.h>

#include "sfsf.h"

/* The exit codes of the examples. */
enum { DONE = 0, REFUSED = 1, WRONG_USAGE = 2, TRY_LATER = 3 };

/* The contents of a file with a zero at their end, to be freed; or NULL. */
static inline char *read_file(const char *name) {
  FILE *file = fopen(name, "rb");
  if (!file) {
    return NULL;
  }
  char *text = NULL;
  size_t length = 0, count = 1;
  while (count > 0) {
    char *longer = (char *)realloc(text, length + 4097);
    if (!longer) {
      break;
    }
    text = longer;
    count = fread(text + length, 1, 4096, file);
    length += count;
    text[length] = '\0';
  }
  fclose(file);
  return text;
}

/* Says what went wrong, and what to do about it. What to do is decided by status and data, never by the message. */
static inline int report(sfsf_status status, sfsf_json error) {
  char kind[64], retry[16], message[2048];
  long long after;
  sfsf_json_text(error, "/error/data/kind", kind, sizeof kind);
  sfsf_json_text(error, "/error/data/retry", retry, sizeof retry);
  sfsf_json_text(error, "/error/message", message, sizeof message);
  fprintf(stderr, "%s: %s\n", kind, message);
  if (strcmp(retry, "later") == 0) {
    if (sfsf_json_integer(error, "/error/data/retry_after_ms", &after)) {
      fprintf(stderr, "try again in %lld seconds\n", (after + 999) / 1000);
    }
    return TRY_LATER;
  }
  return status == SFSF_MALFORMED || strcmp(kind, "configuration") == 0 ? WRONG_USAGE : REFUSED;
}

/* Opens a connection with the configuration in a file; NULL, and a sentence on standard error, if that fails. */
static inline sfsf_connection *open_with(const char *file, int *code) {
  sfsf_connection *connection = NULL;
  sfsf_buffer error = SFSF_BUFFER_EMPTY;
  char *configuration = read_file(file);
  *code = WRONG_USAGE;
  if (!sfsf_is_compatible()) {
    fprintf(stderr, "the library is of another version than this program\n");
  } else if (!configuration) {
    fprintf(stderr, "%s cannot be read\n", file);
  } else {
    sfsf_status status = sfsf_open_text(configuration, &connection, &error);
    if (status != SFSF_OK) {
      *code = report(status, sfsf_json_of(&error));
    }
  }
  sfsf_buffer_free(&error);
  free(configuration);
  return connection;
}

#endif
