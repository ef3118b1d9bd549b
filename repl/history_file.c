#include "repl/history_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { LARGEST = 8 << 20 /* bytes */, ATTEMPTS = 5, STAMP_DIGITS = 9 /* at least */ };

/* A pipe or a device in its place must not make anybody wait. */
static int open_file(const char *path, int flags) {
  struct stat info;
  int file = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (file < 0)
    return -1;
  if (fstat(file, &info) == 0 && S_ISREG(info.st_mode))
    return file;
  close(file);
  errno = EINVAL;
  return -1;
}

static bool is_current(int file, const char *path) {
  struct stat opened, named;
  return fstat(file, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

/* Nobody else changes it until it is closed. One that was replaced meanwhile is left alone; where
 * there are no locks, single writes still don't mix. */
static int open_locked(const char *path) {
  for (int i = 0; i < ATTEMPTS; i++) {
    int file = open_file(path, O_RDWR | O_CREAT | O_APPEND);
    if (file < 0)
      return -1;
    (void)flock(file, LOCK_EX);
    if (is_current(file, path))
      return file;
    close(file);
  }
  errno = EAGAIN;
  return -1;
}

/* A session that was killed, or a full disk, may have left half a line. */
static bool ends_within_line(int file, off_t size) {
  char last = '\n';
  return size > 0 && pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

static bool write_entry(int file, const struct text *entry) {
  struct stat info;
  if (fstat(file, &info) != 0 || (info.st_mode & 077 && fchmod(file, 0600) != 0))
    return false;
  bool glued = ends_within_line(file, info.st_size);
  const char *bytes = text_string(entry) + !glued; /* it begins with a line's end */
  ssize_t length = (ssize_t)entry->length - !glued, written = write(file, bytes, (size_t)length);
  if (written == length)
    return true;
  int reason = written < 0 ? errno : ENOSPC;
  (void)!ftruncate(file, info.st_size);
  errno = reason;
  return false;
}

bool history_file_append(const char *path, const char *entry, time_t at, struct error *err) {
  struct text bytes = {0};
  text_format(&bytes, "\n#%lld\n%s\n", (long long)at, entry);
  int file = open_locked(path);
  bool done = file >= 0 && !bytes.failed && write_entry(file, &bytes);
  int reason = errno;
  if (file >= 0)
    close(file);
  text_release(&bytes);
  return done || error_set(err, ERROR_WRITE, "the history can't be kept in %s: %s", path,
                           error_system_text(reason));
}

static bool is_stamp(const char *line, size_t length) {
  return length > STAMP_DIGITS && *line == '#' && strspn(line + 1, "0123456789") == length - 1;
}

/* The newest bytes, from the beginning of an entry on. NULL: there is nothing to be read. */
static char *read_newest(int file, off_t size, size_t most, size_t *length) {
  size_t wanted = size < (off_t)most ? (size_t)size : most;
  char *bytes = memory_new(wanted + 1);
  ssize_t got = bytes ? pread(file, bytes, wanted, size - (off_t)wanted) : -1;
  if (got < 0) {
    memory_free(bytes);
    return NULL;
  }
  char *at = bytes, *end = bytes + got;
  *end = 0;
  while ((off_t)wanted < size && at < end) {
    char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t line = (size_t)((newline ? newline : end) - at);
    if (is_stamp(at, line))
      break;
    at += line + (newline != NULL);
  }
  *length = (size_t)(end - at);
  memmove(bytes, at, *length + 1);
  return bytes;
}

/* The newest half takes the place of the whole, at once. */
static void cut_down(const char *path) {
  struct text name = {0};
  struct stat info;
  size_t length = 0;
  int file = open_locked(path), half = -1;
  char *bytes = file >= 0 && fstat(file, &info) == 0
                    ? read_newest(file, info.st_size, LARGEST / 2, &length)
                    : NULL;
  text_format(&name, "%s.XXXXXX", path);
  if (bytes && !name.failed && (half = mkstemp(name.data)) >= 0) {
    bool done = write(half, bytes, length) == (ssize_t)length;
    done = close(half) == 0 && done && rename(name.data, path) == 0;
    if (!done)
      unlink(name.data);
  }
  if (file >= 0)
    close(file);
  memory_free(bytes);
  text_release(&name);
}

struct reading {
  struct text entry;
  char stamp[32]; /* of the entry; "" without one */
  void (*take)(const char *entry, const char *at);
};

static void hand_out(struct reading *reading) {
  if (*text_string(&reading->entry))
    reading->take(text_string(&reading->entry), *reading->stamp ? reading->stamp : NULL);
  text_clear(&reading->entry);
}

/* Where nothing says when, each line is one. */
static void read_line(struct reading *reading, const char *line, size_t length) {
  bool stamp = is_stamp(line, length) && length < sizeof reading->stamp;
  if (stamp || !*reading->stamp)
    hand_out(reading);
  if (stamp) {
    memcpy(reading->stamp, line, length);
    reading->stamp[length] = 0;
    return;
  }
  text_append(&reading->entry, reading->entry.length ? "\n" : "");
  text_append_bytes(&reading->entry, line, length);
}

static void read_entries(const char *bytes, size_t length,
                         void (*take)(const char *entry, const char *at)) {
  struct reading reading = {.take = take};
  const char *at = bytes, *end = bytes + length;
  while (at < end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    size_t line = (size_t)((newline ? newline : end) - at);
    read_line(&reading, at, line);
    at += line + (newline != NULL);
  }
  hand_out(&reading);
  text_release(&reading.entry);
}

void history_file_read(const char *path, void (*take)(const char *entry, const char *at)) {
  struct stat info;
  size_t length = 0;
  int file = open_file(path, O_RDONLY);
  bool found = file >= 0 && fstat(file, &info) == 0;
  char *bytes = found ? read_newest(file, info.st_size, LARGEST, &length) : NULL;
  if (file >= 0)
    close(file);
  if (bytes)
    read_entries(bytes, length, take);
  memory_free(bytes);
  if (found && info.st_size > LARGEST)
    cut_down(path);
}
