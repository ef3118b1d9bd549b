#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

static bool write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(fd, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    bytes += written;
    length -= (size_t)written;
  }
  return true;
}

static bool fail_write(const char *path, int reason, struct error *err) {
  enum error_code code = reason == EACCES || reason == EPERM ? ERROR_PERMISSION : ERROR_WRITE;
  return error_set(err, code, "cannot write '%s': %s", path, error_system_text(reason));
}

/* mkstemp makes the file 0600; a report is to be as readable as any new file. */
static void give_usual_mode(int fd) {
  mode_t mask = umask(0);
  umask(mask);
  (void)fchmod(fd, 0666 & ~mask);
}

bool file_write(const char *path, const char *bytes, size_t length, struct error *err) {
  struct text temporary = {0};
  text_format(&temporary, "%s.XXXXXX", path);
  if (!text_check(&temporary, err)) {
    text_release(&temporary);
    return false;
  }
  int fd = mkstemp(temporary.data);
  bool done = fd >= 0 && write_all(fd, bytes, length) && fsync(fd) == 0;
  int reason = errno;
  if (fd >= 0) {
    give_usual_mode(fd);
    if (close(fd) != 0 && done) {
      done = false;
      reason = errno;
    }
    if (done && rename(temporary.data, path) != 0) {
      done = false;
      reason = errno;
    }
    if (!done)
      (void)unlink(temporary.data);
  }
  text_release(&temporary);
  return done || fail_write(path, reason, err);
}

static bool sync_path(const char *path, int flags) {
  int fd = open(path, flags | O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  bool synced = fsync(fd) == 0;
  int reason = errno;
  close(fd);
  errno = reason;
  return synced;
}

bool file_sync(const char *path) {
  return sync_path(path, 0);
}

bool file_sync_folder_of(const char *path) {
  char folder[PATH_MAX];
  if (strlen(path) >= sizeof folder) {
    errno = ENAMETOOLONG;
    return false;
  }
  strcpy(folder, path);
  return sync_path(dirname(folder), O_DIRECTORY);
}

static bool read_all(FILE *file, size_t limit, struct text *out, const char *path,
                     struct error *err) {
  char piece[16384];
  size_t count = 0;
  while ((count = fread(piece, 1, sizeof piece, file)) > 0) {
    text_append_bytes(out, piece, count);
    if (out->length > limit)
      return error_set(err, ERROR_DATA, "'%s' is larger than %zu bytes", path, limit);
  }
  if (ferror(file))
    return error_set(err, ERROR_DATA, "cannot read '%s': %s", path, error_system_text(errno));
  return true;
}

bool file_is_folder(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool file_read(const char *path, size_t limit, char **bytes, size_t *length, struct error *err) {
  FILE *file = fopen(path, "rbe");
  if (file == NULL)
    return error_set(err, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_PERMISSION,
                     "cannot open '%s': %s", path, error_system_text(errno));
  struct text content = {0};
  bool done = read_all(file, limit, &content, path, err);
  (void)fclose(file);
  if (done) {
    *length = content.length;
    *bytes = text_take(&content, err);
    done = *bytes != NULL;
  }
  text_release(&content);
  return done;
}
