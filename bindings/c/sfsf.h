/*
 * Conveniences over sfsf_connector.h: texts that end with a zero, a loop over the events of a request, and as
 * much of JSON as a program needs to decide by an answer. C11 or C++17, nothing to link but the library.
 *
 * README.md beside this file begins with a program. A program that does more than read a few members of an
 * answer should have a JSON library; every function here hands out the JSON as it came.
 */

#ifndef SFSF_H
#define SFSF_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sfsf_connector.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An empty buffer, to begin with. */
#define SFSF_BUFFER_EMPTY {NULL, 0, 0}

/** JSON that stands somewhere else and is not ended by a zero: print it with "%.*s". */
typedef struct sfsf_json {
  const char *text;
  size_t length;
} sfsf_json;

/** What a buffer holds. It is gone when the buffer is freed. */
static inline sfsf_json sfsf_json_of(const sfsf_buffer *buffer) {
  sfsf_json json = {(const char *)buffer->data, buffer->length};
  return json;
}

/** Whether this library can be called by a program that was made with this header. Ask before anything else. */
static inline bool sfsf_is_compatible(void) {
  uint32_t version = sfsf_abi_version();
  return version >> 16 == SFSF_ABI_MAJOR && (version & 0xFFFFu) + 1u > SFSF_ABI_MINOR;
}

/** `sfsf_open` with a text. */
static inline sfsf_status sfsf_open_text(const char *configuration, sfsf_connection **connection,
                                         sfsf_buffer *error) {
  return sfsf_open((const uint8_t *)configuration, strlen(configuration), connection, error);
}

/** `sfsf_call` with a text. */
static inline sfsf_status sfsf_call_text(const sfsf_connection *connection, const char *request,
                                         sfsf_buffer *out) {
  return sfsf_call(connection, (const uint8_t *)request, strlen(request), out);
}

/* ---- The events of a request, one by one ---- */

/** The events of one request. Begin with `SFSF_EVENTS_EMPTY`, and free it whatever happened. */
typedef struct sfsf_events {
  sfsf_stream *stream;
  sfsf_buffer buffer;
  size_t read;
} sfsf_events;

/** No events yet. */
#define SFSF_EVENTS_EMPTY {NULL, SFSF_BUFFER_EMPTY, 0}

/** Starts a request of any kind. If that fails, `*event` is the error. */
static inline sfsf_status sfsf_events_start(sfsf_events *events, const sfsf_connection *connection,
                                            const char *request, sfsf_json *event) {
  sfsf_status status =
      sfsf_start(connection, (const uint8_t *)request, strlen(request), &events->stream, &events->buffer);
  *event = sfsf_json_of(&events->buffer);
  return status;
}

/**
 * The next event, which is good until the one after it is asked for. `SFSF_OK`: an item, a problem or a report,
 * and there will be more. `SFSF_END`: the result. `SFSF_WAIT`: nothing came within `wait_ms`; ask again.
 * Below zero: the error.
 */
static inline sfsf_status sfsf_events_next(sfsf_events *events, uint32_t wait_ms, sfsf_json *event) {
  if (events->read >= events->buffer.length) {
    sfsf_buffer_free(&events->buffer);
    events->read = 0;
    sfsf_status status = sfsf_next(events->stream, wait_ms, 200, &events->buffer);
    if (status != SFSF_OK) {
      *event = sfsf_json_of(&events->buffer);
      events->read = events->buffer.length;
      return status;
    }
  }
  const char *line = (const char *)events->buffer.data + events->read;
  size_t left = events->buffer.length - events->read;
  const char *end = (const char *)memchr(line, '\n', left);
  event->text = line;
  event->length = end ? (size_t)(end - line) : left;
  events->read += event->length + (end ? 1 : 0);
  return SFSF_OK;
}

/** Frees everything. A request that has not ended is cancelled, and the tenant is asked for nothing more. */
static inline void sfsf_events_free(sfsf_events *events) {
  if (events->stream) {
    (void)sfsf_stream_free(events->stream);
  }
  sfsf_buffer_free(&events->buffer);
  events->stream = NULL;
  events->read = 0;
}

/* ---- Reading and writing JSON ---- */

/** Past the white space. */
static inline const char *sfsf_json_space(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) {
    at++;
  }
  return at;
}

/* Whether it is JSON at all, as RFC 8259 has it. */

/** So deep may JSON be nested; the library reads no deeper. */
#define SFSF_JSON_DEEPEST 127

/** Past one character in UTF-8 with a code of 0x80 or more, which begins here; NULL if it is none. */
static inline const char *sfsf_json_past_utf8(const char *at, const char *end) {
  unsigned char first = (unsigned char)*at;
  unsigned char low = 0x80, high = 0xBF;
  int more = first >= 0xC2 && first <= 0xDF ? 1 : first >= 0xE0 && first <= 0xEF ? 2 : first >= 0xF0 && first <= 0xF4 ? 3 : 0;
  if (more == 0 || end - at <= more) {
    return NULL;
  }
  /* Neither longer than needed, nor half a character, nor beyond the last one. */
  low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : low;
  high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : high;
  for (int i = 1; i <= more; i++, low = 0x80, high = 0xBF) {
    unsigned char next = (unsigned char)at[i];
    if (next < low || next > high) {
      return NULL;
    }
  }
  return at + more + 1;
}

/** Whether this is a hexadecimal digit. */
static inline bool sfsf_json_is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/** Past a string, which begins here; NULL if it is none. */
static inline const char *sfsf_json_checked_string(const char *at, const char *end) {
  for (at++; at && at < end && *at != '"';) {
    unsigned char first = (unsigned char)*at;
    if (first < 0x20) {
      return NULL;
    }
    if (first >= 0x80) {
      at = sfsf_json_past_utf8(at, end);
    } else if (first != '\\') {
      at++;
    } else if (end - at > 1 && at[1] != '\0' && strchr("\"\\/bfnrt", at[1])) {
      at += 2;
    } else if (end - at > 5 && at[1] == 'u' && sfsf_json_is_hex(at[2]) && sfsf_json_is_hex(at[3]) &&
               sfsf_json_is_hex(at[4]) && sfsf_json_is_hex(at[5])) {
      at += 6;
    } else {
      return NULL;
    }
  }
  return at && at < end ? at + 1 : NULL;
}

/** Past the digits; NULL if there are none. */
static inline const char *sfsf_json_checked_digits(const char *at, const char *end) {
  const char *first = at;
  while (at < end && *at >= '0' && *at <= '9') {
    at++;
  }
  return at == first ? NULL : at;
}

/** Past a number, which begins here; NULL if it is none. */
static inline const char *sfsf_json_checked_number(const char *at, const char *end) {
  at += *at == '-';
  at = at < end && *at == '0' ? at + 1 : sfsf_json_checked_digits(at, end);
  if (at && at < end && *at == '.') {
    at = sfsf_json_checked_digits(at + 1, end);
  }
  if (at && at < end && (*at == 'e' || *at == 'E')) {
    at++;
    at += at < end && (*at == '+' || *at == '-');
    at = sfsf_json_checked_digits(at, end);
  }
  return at;
}

/** Past a value without parts, which begins here; NULL if it is none. */
static inline const char *sfsf_json_checked_scalar(const char *at, const char *end) {
  static const char *const words[] = {"true", "false", "null"};
  if (*at == '"') {
    return sfsf_json_checked_string(at, end);
  }
  for (size_t i = 0; i < 3; i++) {
    size_t length = strlen(words[i]);
    if ((size_t)(end - at) >= length && memcmp(at, words[i], length) == 0) {
      return at + length;
    }
  }
  return sfsf_json_checked_number(at, end);
}

/** Past a key and its colon, up to the value; NULL if they are none. */
static inline const char *sfsf_json_checked_key(const char *at, const char *end) {
  at = at < end && *at == '"' ? sfsf_json_checked_string(at, end) : NULL;
  at = at ? sfsf_json_space(at, end) : NULL;
  return at && at < end && *at == ':' ? sfsf_json_space(at + 1, end) : NULL;
}

/** Whether a text is JSON: one value, and nothing before or behind it. What is nested too deeply is none. */
static inline bool sfsf_json_is_valid(sfsf_json json) {
  char closers[SFSF_JSON_DEEPEST];
  size_t depth = 0;
  const char *end = json.text + json.length;
  const char *at = sfsf_json_space(json.text, end);
  for (;;) {
    /* A value begins here. */
    if (at == NULL || at >= end) {
      return false;
    }
    bool opens = *at == '[' || *at == '{', is_object = *at == '{', closes = false;
    if (opens) {
      if (depth == SFSF_JSON_DEEPEST) {
        return false;
      }
      closers[depth++] = is_object ? '}' : ']';
      at = sfsf_json_space(at + 1, end);
      closes = at < end && *at == closers[depth - 1];
      if (!closes) {
        at = is_object ? sfsf_json_checked_key(at, end) : at;
        continue;
      }
    } else {
      at = sfsf_json_checked_scalar(at, end);
    }
    /* A value has ended, or its last bracket comes. */
    for (;;) {
      at = at ? sfsf_json_space(at, end) : NULL;
      if (at == NULL || depth == 0) {
        return at == end;
      }
      if (at >= end) {
        return false;
      }
      if (*at == closers[depth - 1]) {
        depth--;
        at++;
      } else if (*at == ',' && !closes) {
        at = sfsf_json_space(at + 1, end);
        at = closers[depth - 1] == '}' ? sfsf_json_checked_key(at, end) : at;
        break;
      } else {
        return false;
      }
      closes = false;
    }
  }
}

/** Past a string, which begins here. */
static inline const char *sfsf_json_past_string(const char *at, const char *end) {
  for (at++; at < end && *at != '"'; at++) {
    if (*at == '\\' && at + 1 < end) {
      at++;
    }
  }
  return at < end ? at + 1 : end;
}

/** Past a value, which begins here. */
static inline const char *sfsf_json_past_value(const char *at, const char *end) {
  size_t depth = 0;
  while (at < end) {
    char first = *at;
    if (first == '"') {
      at = sfsf_json_past_string(at, end);
    } else if (first == '{' || first == '[') {
      depth++;
      at++;
      continue;
    } else if (first == '}' || first == ']') {
      if (depth == 0) {
        return at;
      }
      depth--;
      at++;
    } else if (depth == 0 && (first == ',' || first == ':')) {
      return at;
    } else {
      at++;
      continue;
    }
    if (depth == 0) {
      return at;
    }
  }
  return end;
}

/** The number that four hexadecimal digits make, or -1. */
static inline long sfsf_json_hex(const char *at, const char *end) {
  long number = 0;
  if (end - at < 4) {
    return -1;
  }
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) {
      return -1;
    }
    number = number * 16 + digit;
  }
  return number;
}

/** One character of a string as UTF-8, and past it. Gives the number of bytes; 0 at the end of the string. */
static inline size_t sfsf_json_character(const char **at, const char *end, char out[4]) {
  const char *here = *at;
  if (here >= end || *here == '"') {
    return 0;
  }
  if (*here != '\\' || here + 1 >= end) {
    size_t count = 1;
    out[0] = *here;
    /* The rest of a character of several bytes. */
    while (count < 4 && here + count < end && ((unsigned char)*here & 0xC0) == 0xC0 &&
           ((unsigned char)here[count] & 0xC0) == 0x80) {
      out[count] = here[count];
      count++;
    }
    *at = here + count;
    return count;
  }
  long code = 0;
  switch (here[1]) {
  case 'b': code = '\b'; break;
  case 'f': code = '\f'; break;
  case 'n': code = '\n'; break;
  case 'r': code = '\r'; break;
  case 't': code = '\t'; break;
  case 'u': code = sfsf_json_hex(here + 2, end); break;
  default: code = (unsigned char)here[1]; break;
  }
  here += here[1] == 'u' && code >= 0 ? 6 : 2;
  if (code >= 0xD800 && code <= 0xDBFF && end - here >= 6 && here[0] == '\\' && here[1] == 'u') {
    long low = sfsf_json_hex(here + 2, end);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      here += 6;
    }
  }
  if (code < 0 || (code >= 0xD800 && code <= 0xDFFF)) {
    code = 0xFFFD; /* half a character */
  }
  *at = here;
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  if (code < 0x800) {
    out[0] = (char)(0xC0 | (code >> 6));
    out[1] = (char)(0x80 | (code & 0x3F));
    return 2;
  }
  if (code < 0x10000) {
    out[0] = (char)(0xE0 | (code >> 12));
    out[1] = (char)(0x80 | ((code >> 6) & 0x3F));
    out[2] = (char)(0x80 | (code & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | (code >> 18));
  out[1] = (char)(0x80 | ((code >> 12) & 0x3F));
  out[2] = (char)(0x80 | ((code >> 6) & 0x3F));
  out[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

/** Whether the string that begins here is the part of a pointer that begins there, up to its '/' or end. */
static inline bool sfsf_json_is(const char *at, const char *end, const char *part) {
  char bytes[4];
  size_t count;
  for (at++; (count = sfsf_json_character(&at, end, bytes)) > 0;) {
    for (size_t i = 0; i < count; i++, part++) {
      char wanted = *part;
      if (wanted == '\0' || wanted == '/') {
        return false;
      }
      if (wanted == '~' && (part[1] == '0' || part[1] == '1')) {
        part++;
        wanted = *part == '0' ? '~' : '/';
      }
      if (wanted != bytes[i]) {
        return false;
      }
    }
  }
  return *part == '\0' || *part == '/';
}

/** The place in a list that a part of a pointer names: digits, and no zero before others. */
static inline bool sfsf_json_index(const char *part, const char *end, size_t *index) {
  *index = 0;
  if (part == end || (*part == '0' && end - part > 1)) {
    return false;
  }
  for (; part < end; part++) {
    size_t digit = (size_t)(*part - '0');
    if (*part < '0' || *part > '9' || *index > (SIZE_MAX - digit) / 10) {
      return false;
    }
    *index = *index * 10 + digit;
  }
  return true;
}

/**
 * The value at a JSON Pointer (RFC 6901), such as "/error/data/kind" or "/params/object/attributes/email/0"; as
 * JSON. False if there is none, or if the whole is no JSON.
 */
static inline bool sfsf_json_at(sfsf_json json, const char *pointer, sfsf_json *value) {
  if (!sfsf_json_is_valid(json)) {
    return false;
  }
  const char *end = json.text + json.length;
  const char *at = sfsf_json_space(json.text, end);
  while (*pointer == '/') {
    const char *part = pointer + 1;
    pointer = part + strcspn(part, "/");
    if (at >= end || (*at != '{' && *at != '[')) {
      return false;
    }
    bool is_object = *at == '{';
    size_t index = 0;
    if (!is_object && !sfsf_json_index(part, pointer, &index)) {
      return false;
    }
    for (at = sfsf_json_space(at + 1, end);; at = sfsf_json_space(at + 1, end)) {
      bool found = false;
      if (at >= end || *at == '}' || *at == ']') {
        return false;
      }
      if (is_object) {
        found = *at == '"' && sfsf_json_is(at, end, part);
        at = sfsf_json_space(sfsf_json_past_value(at, end), end);
        if (at >= end || *at != ':') {
          return false;
        }
        at = sfsf_json_space(at + 1, end);
      } else {
        found = index-- == 0;
      }
      if (found) {
        break;
      }
      at = sfsf_json_space(sfsf_json_past_value(at, end), end);
      if (at >= end || *at != ',') {
        return false;
      }
    }
  }
  if (*pointer != '\0' || at >= end) {
    return false;
  }
  value->text = at;
  value->length = (size_t)(sfsf_json_past_value(at, end) - at);
  while (value->length > 0 && strchr(" \t\r\n", value->text[value->length - 1])) {
    value->length--;
  }
  return true;
}

/**
 * The text at a JSON Pointer, as UTF-8 with a zero at its end, cut off to fit into `size` bytes. Gives the length
 * that it has in full; -1, and an empty text, if there is no text.
 */
static inline long sfsf_json_text(sfsf_json json, const char *pointer, char *out, size_t size) {
  sfsf_json value;
  char bytes[4];
  size_t count, length = 0, used = 0;
  if (size > 0) {
    out[0] = '\0';
  }
  if (!sfsf_json_at(json, pointer, &value) || value.length < 2 || *value.text != '"') {
    return -1;
  }
  const char *at = value.text + 1, *end = value.text + value.length;
  while ((count = sfsf_json_character(&at, end, bytes)) > 0) {
    if (length == used && used + count < size) {
      memcpy(out + used, bytes, count);
      used += count;
      out[used] = '\0';
    }
    length += count;
  }
  return (long)length;
}

/** The whole number at a JSON Pointer; false if there is none, or if it does not fit. */
static inline bool sfsf_json_integer(sfsf_json json, const char *pointer, long long *out) {
  sfsf_json value;
  char digits[24], *rest;
  if (!sfsf_json_at(json, pointer, &value) || value.length == 0 || value.length >= sizeof digits) {
    return false;
  }
  memcpy(digits, value.text, value.length);
  digits[value.length] = '\0';
  errno = 0;
  long long number = strtoll(digits, &rest, 10);
  if (rest == digits || *rest != '\0' || errno == ERANGE) {
    return false;
  }
  *out = number;
  return true;
}

/**
 * A text as a JSON string, with its quotation marks and a zero at its end. Gives the length that it has in full; if
 * that is `size` or more, it did not fit and must not be used. Whatever comes from somewhere else has to go through
 * this before it becomes a part of a request.
 */
static inline size_t sfsf_json_quote(const char *text, char *out, size_t size) {
  static const char digits[] = "0123456789abcdef";
  size_t length = 0;
#define SFSF_PUT(c) \
  do { \
    if (length + 1 < size) { \
      out[length] = (c); \
      out[length + 1] = '\0'; \
    } \
    length++; \
  } while (0)
  SFSF_PUT('"');
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\') {
      SFSF_PUT('\\');
      SFSF_PUT((char)c);
    } else if (c < 0x20) {
      SFSF_PUT('\\');
      SFSF_PUT('u');
      SFSF_PUT('0');
      SFSF_PUT('0');
      SFSF_PUT(digits[c >> 4]);
      SFSF_PUT(digits[c & 15]);
    } else {
      SFSF_PUT((char)c);
    }
  }
  SFSF_PUT('"');
#undef SFSF_PUT
  return length;
}

#ifdef __cplusplus
}
#endif

#endif /* SFSF_H */
