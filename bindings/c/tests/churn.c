/*
 * Opens and closes, starts and abandons, again and again: churn CONFIGURATION.json COUNT. Prints what the process
 * holds after a tenth of it and at the end, as "KIND THREADS FILES KILOBYTES".
 */

#include <dirent.h>
#include <unistd.h>

#include "../examples/common.h"

#define GET "{\"id\":1,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"sfapi\",\"attributes_to_get\":[]}}"
#define IMPORT "{\"id\":2,\"method\":\"import\",\"params\":{\"object_class\":\"User\",\"attributes_to_get\":[]}}"

/* The entries of a folder. */
static int count(const char *folder) {
  DIR *entries = opendir(folder);
  int number = 0;
  const struct dirent *entry;
  while (entries && (entry = readdir(entries)) != NULL) {
    number += entry->d_name[0] != '.';
  }
  if (entries) {
    closedir(entries);
  }
  return number;
}

/* Prints what the process holds. */
static void weigh(const char *kind) {
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (!file || fscanf(file, "%*s %ld", &pages) != 1) {
    pages = -1;
  }
  if (file) {
    fclose(file);
  }
  printf("%s %d %d %ld\n", kind, count("/proc/self/task"), count("/proc/self/fd"), pages * (sysconf(_SC_PAGESIZE) / 1024));
}

/* Opens a connection, perhaps uses it, and closes it. */
static int open_and_close(const char *configuration, bool used) {
  sfsf_connection *connection = NULL;
  sfsf_buffer out = SFSF_BUFFER_EMPTY;
  sfsf_status status = sfsf_open_text(configuration, &connection, &out);
  sfsf_buffer_free(&out);
  if (status == SFSF_OK) {
    if (used) {
      status = sfsf_call_text(connection, GET, &out);
      sfsf_buffer_free(&out);
    }
    sfsf_close(connection);
  }
  return status == SFSF_OK;
}

/* Starts a stream, takes some of it, and walks away. */
static int abandon(const sfsf_connection *connection, int taken) {
  sfsf_events events = SFSF_EVENTS_EMPTY;
  sfsf_json event;
  sfsf_status status = sfsf_events_start(&events, connection, IMPORT, &event);
  for (int i = 0; status == SFSF_OK && i < taken; i++) {
    status = sfsf_events_next(&events, 10000, &event);
  }
  sfsf_events_free(&events);
  return status == SFSF_OK;
}

/* Starts a stream in a connection of its own, and closes that first. */
static int abandon_with_connection(const char *configuration) {
  sfsf_connection *connection = NULL;
  sfsf_buffer out = SFSF_BUFFER_EMPTY;
  sfsf_events events = SFSF_EVENTS_EMPTY;
  sfsf_json event;
  sfsf_status status = sfsf_open_text(configuration, &connection, &out);
  sfsf_buffer_free(&out);
  if (status == SFSF_OK) {
    status = sfsf_events_start(&events, connection, IMPORT, &event);
    if (status == SFSF_OK) {
      status = sfsf_events_next(&events, 10000, &event);
    }
    sfsf_close(connection);
  }
  sfsf_events_free(&events);
  return status == SFSF_OK;
}

int main(int argc, char **argv) {
  char *configuration = argc == 3 ? read_file(argv[1]) : NULL;
  int rounds = argc == 3 ? atoi(argv[2]) : 0, good = 0;
  sfsf_connection *connection = NULL;
  sfsf_buffer error = SFSF_BUFFER_EMPTY;
  if (!configuration || rounds < 10) {
    return WRONG_USAGE;
  }
  for (int i = 1; i <= rounds; i++) {
    good += open_and_close(configuration, i % 10 == 0);
    if (i == rounds / 10 || i == rounds) {
      weigh("open");
    }
  }
  if (sfsf_open_text(configuration, &connection, &error) != SFSF_OK) {
    return REFUSED;
  }
  for (int i = 1; i <= rounds; i++) {
    good += i % 10 == 0 ? abandon_with_connection(configuration) : abandon(connection, i % 4);
    if (i == rounds / 10 || i == rounds) {
      weigh("abandon");
    }
  }
  sfsf_close(connection);
  sfsf_buffer_free(&error);
  free(configuration);
  weigh("end");
  return good == 2 * rounds ? DONE : REFUSED;
}
