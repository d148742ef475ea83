/*
 * The SAP SuccessFactors connector: the C ABI.
 *
 * JSON in, JSON out. Requests, events and errors are those of docs/protocol.md, the same as over standard input
 * and output; docs/embedding.md has a first program. In short: check sfsf_abi_version, sfsf_open a
 * connection, sfsf_call what has one answer, sfsf_start what streams and ask sfsf_next until it says something
 * other than SFSF_OK and SFSF_WAIT, free what you were given.
 *
 * Every function may be called from any thread; all of them may block except sfsf_abi_version, sfsf_cancel,
 * sfsf_log_level and sfsf_buffer_free. Inputs are only read, and only during the call. Nothing is called back,
 * printed or ended, and no signal handler is installed. After a fork, the child must not use the library.
 *
 * This file is generated; do not change it by hand.
 */

#ifndef SFSF_CONNECTOR_H
#define SFSF_CONNECTOR_H

#include <stddef.h>
#include <stdint.h>

/**
 * A caller that was made for another major version must not call anything but `sfsf_abi_version`.
 */
#define SFSF_ABI_MAJOR 1

/**
 * Grows when functions or statuses are added.
 */
#define SFSF_ABI_MINOR 1

/**
 * What became of a call. Below zero it failed, and the buffer says why, as JSON with a sentence in
 * `error.message`. Numbers are never used again for anything else.
 */
enum sfsf_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Done.
   */
  SFSF_OK = 0,
  /**
   * The stream has ended well; the buffer holds its result. There is nothing after it.
   */
  SFSF_END = 1,
  /**
   * Nothing came in the time given. Ask again.
   */
  SFSF_WAIT = 2,
  /**
   * The operation failed; the buffer holds its error. A stream has ended with it.
   */
  SFSF_FAILED = -1,
  /**
   * The operation was cancelled; the buffer holds its error. A stream has ended with it.
   */
  SFSF_CANCELLED = -2,
  /**
   * The request or configuration is not what the protocol asks for; the caller has to change it.
   */
  SFSF_MALFORMED = -3,
  /**
   * A pointer is NULL that must not be.
   */
  SFSF_NULL_POINTER = -4,
  /**
   * The handle was freed already, or is no handle of this type.
   */
  SFSF_BAD_HANDLE = -5,
  /**
   * The request is larger than `limits.request_bytes` of `sfsf_info` allows.
   */
  SFSF_TOO_LARGE = -6,
  /**
   * Another thread is in `sfsf_next` with this stream.
   */
  SFSF_BUSY = -7,
  /**
   * The stream has ended before, and its end was told.
   */
  SFSF_FINISHED = -8,
  /**
   * A fault of the library. The handle can be used further.
   */
  SFSF_INTERNAL = -9,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sfsf_status sfsf_status;
#else
typedef int32_t sfsf_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How much is logged. Each level contains those before it.
 */
enum sfsf_log_severity
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
  /**
   * Nothing.
   */
  SFSF_LOG_OFF = 0,
  /**
   * What failed.
   */
  SFSF_LOG_ERROR = 1,
  /**
   * What somebody should look at.
   */
  SFSF_LOG_WARN = 2,
  /**
   * One line for each operation.
   */
  SFSF_LOG_INFO = 3,
  /**
   * Requests and answers, without their content.
   */
  SFSF_LOG_DEBUG = 4,
  /**
   * Everything there is.
   */
  SFSF_LOG_TRACE = 5,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sfsf_log_severity sfsf_log_severity;
#else
typedef int32_t sfsf_log_severity;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A connection to one tenant. A ticket and not an address: never follow it.
 */
typedef struct sfsf_connection sfsf_connection;

/**
 * The events of one request. A ticket and not an address: never follow it.
 */
typedef struct sfsf_stream sfsf_stream;

/**
 * Bytes that the library made: UTF-8, not ended by a zero. Begin with all zeroes; free with
 * `sfsf_buffer_free` before it is used again, whatever the call returned.
 */
typedef struct sfsf_buffer {
  /**
   * The bytes; NULL if there are none.
   */
  uint8_t *data;
  /**
   * How many there are.
   */
  size_t length;
  /**
   * How much was set aside for them. Leave it alone.
   */
  size_t capacity;
} sfsf_buffer;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the ABI: major << 16 | minor. A caller goes on only if the major is the one that it was
 * made for, and the minor at least that one.
 */
uint32_t sfsf_abi_version(void);

/**
 * Versions, limits, and the manifest: what the connector can do and which keys its configuration has.
 */
sfsf_status sfsf_info(struct sfsf_buffer *out);

/**
 * Opens a connection with a configuration: a JSON object with the keys that the manifest names. Nothing is
 * sent. Afterwards `*connection` is a handle, to be freed with `sfsf_close`; or NULL, and `error` says why.
 */
sfsf_status sfsf_open(const uint8_t *configuration,
                      size_t length,
                      struct sfsf_connection **connection,
                      struct sfsf_buffer *error);

/**
 * Carries out a request that has one answer, and waits for it. `out` holds the answer, or the error.
 * Several threads may call with one connection at the same time. Set `meta.deadline_ms` to bound the wait.
 */
sfsf_status sfsf_call(const struct sfsf_connection *connection,
                      const uint8_t *request,
                      size_t length,
                      struct sfsf_buffer *out);

/**
 * A new bearer token of the connection's user, for hosts that speak to the tenant themselves besides: `out` holds
 * `{"access_token":"…"}`, or the error. It is a secret: whoever has it is that user until it expires. Waits up to
 * `wait_ms` for the tenant; 0 waits as long as it takes. The log tells that a token was taken, and not which. Since
 * minor version 1.
 */
sfsf_status sfsf_access_token(const struct sfsf_connection *connection,
                              uint32_t wait_ms,
                              struct sfsf_buffer *out);

/**
 * Starts a request of any kind. Afterwards `*stream` is a handle, to be freed with `sfsf_stream_free`; or
 * NULL, and `error` says why. The stream outlives its connection, but ends as cancelled when that is closed.
 */
sfsf_status sfsf_start(const struct sfsf_connection *connection,
                       const uint8_t *request,
                       size_t length,
                       struct sfsf_stream **stream,
                       struct sfsf_buffer *error);

/**
 * Waits up to `wait_ms` for events and takes up to `max_items` of them: one JSON object a line, each ended
 * by a line feed. `SFSF_OK`: there are some, and there will be more. `SFSF_WAIT`: none yet. `SFSF_END`: the
 * result. Below zero: the error. Result and error come by themselves, after all other events. The library
 * reads a little ahead, and asks the tenant for no more while that is not taken. A stream that nobody asks
 * for 10 minutes is given up.
 */
sfsf_status sfsf_next(const struct sfsf_stream *stream,
                      uint32_t wait_ms,
                      uint32_t max_items,
                      struct sfsf_buffer *out);

/**
 * Cancels the request of a stream, from any thread, as often as you like. What comes next is its error; or its
 * result, if it was through and all else has been taken.
 */
sfsf_status sfsf_cancel(const struct sfsf_stream *stream);

/**
 * Frees a stream. If it has not ended, its request is cancelled, and the tenant is asked for nothing more.
 */
sfsf_status sfsf_stream_free(const struct sfsf_stream *stream);

/**
 * Closes a connection and cancels what runs in it. Streams are still to be freed. With the last connection
 * and stream, the threads of the library end.
 */
sfsf_status sfsf_close(const struct sfsf_connection *connection);

/**
 * Frees what the library put into a buffer, and empties it. Empty buffers and NULL are fine.
 */
void sfsf_buffer_free(struct sfsf_buffer *buffer);

/**
 * Sets how much is logged of requests that do not say so in `meta.log`; nothing, unless this is called.
 * A number beyond the last level is the last level, one below the first is the first.
 */
void sfsf_log_level(int32_t level);

/**
 * Waits up to `wait_ms` for log lines and takes those that are there: one JSON object a line. `SFSF_WAIT`:
 * none yet. The library keeps some thousand lines; when nobody asks, the oldest are lost, and that is said.
 */
sfsf_status sfsf_log_next(uint32_t wait_ms, struct sfsf_buffer *out);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* SFSF_CONNECTOR_H */
