/*
 * A wait is ended from another thread: cancel CONFIGURATION.json, of a tenant that accepts and never answers. Prints how
 * many milliseconds each wait took from its cancellation on.
 */

#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <time.h>

#include "../examples/common.h"

static const char *const requests[] = {
    "{\"id\":1,\"method\":\"get\",\"params\":{\"object_class\":\"User\",\"uid\":\"x\"}}",
    "{\"id\":2,\"method\":\"search\",\"params\":{\"object_class\":\"User\"}}",
    "{\"id\":3,\"method\":\"import\",\"params\":{\"object_class\":\"User\"}}",
    "{\"id\":4,\"method\":\"save\",\"params\":{\"object_class\":\"User\",\"uid\":\"x\",\"attributes\":{\"title\":[\"y\"]}}}",
};

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The thread that has enough. */
static void *cancelled(void *stream) {
  (void)sfsf_cancel((const sfsf_stream *)stream);
  return NULL;
}

int main(int argc, char **argv) {
  int code = WRONG_USAGE;
  sfsf_connection *connection = argc == 2 ? open_with(argv[1], &code) : NULL;
  for (size_t i = 0; connection && i < sizeof requests / sizeof *requests; i++) {
    sfsf_events events = SFSF_EVENTS_EMPTY;
    sfsf_json event;
    pthread_t other;
    sfsf_status status = sfsf_events_start(&events, connection, requests[i], &event);
    long begin = now();
    if (status != SFSF_OK || pthread_create(&other, NULL, cancelled, events.stream) != 0) {
      return REFUSED;
    }
    status = sfsf_events_next(&events, 60000, &event);
    printf("%d %ld\n", (int)status, now() - begin);
    pthread_join(other, NULL);
    sfsf_events_free(&events);
    code = DONE;
  }
  if (connection) {
    sfsf_close(connection);
  }
  return code;
}
