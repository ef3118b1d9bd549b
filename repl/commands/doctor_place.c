/* What lies around the program: files and folders, disk, locks, terminal, settings, history. */
#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "repl/commands/doctor.h"
#include "repl/history.h"
#include "repl/language.h"
#include "repl/terminal.h"

enum { OTHERS = 077, OTHERS_WRITE = 022, LOCKS_MAX = 1 << 20 };

static const int64_t room_least = 16 << 20;

static bool say_command(struct call *call, const char *check, const char *command, const char *path,
                        const char *finding, struct error *err) {
  struct text advice = {0};
  text_format(&advice, "%s %s", command, path);
  bool done = text_check(&advice, err) &&
              doctor_tell(call, HEALTH_WARNING, check, text_string(&advice), finding, err);
  text_release(&advice);
  return done;
}

static bool look_at_access(struct call *call, const char *path, const struct stat *status,
                           struct error *err) {
  char folder[PATH_MAX];
  snprintf(folder, sizeof folder, "%s", path);
  if (access(dirname(folder), W_OK) != 0)
    return doctor_say(call, HEALTH_WARNING, N_("access"),
                      translate("make the folder writable, or work with --read-only"), err,
                      N_("the folder of '%s' can't be written: nothing can be changed"), path);
  if (status->st_uid != geteuid())
    return doctor_say(call, HEALTH_WARNING, N_("access"), NULL, err,
                      N_("'%s' belongs to the user %u, not to you"), path, status->st_uid);
  if (status->st_mode & OTHERS)
    return say_command(call, N_("access"), "chmod 600", path,
                       translate("other users of this machine may read the database"), err);
  return doctor_tell(call, HEALTH_OK, N_("access"), NULL, translate("only yours"), err);
}

static bool look_at_disk(struct call *call, const char *path, int64_t size, struct error *err) {
  struct statvfs disk;
  if (statvfs(path, &disk) != 0)
    return doctor_say(call, HEALTH_WARNING, N_("disk"), NULL, err, N_("its room is unknown: %s"),
                      error_system_text(errno));
  int64_t room = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize;
  bool scarce = room < room_least || room < 2 * size;
  return doctor_say(call, scarce ? HEALTH_WARNING : HEALTH_OK, N_("disk"),
                    scarce ? translate("free some space: a backup needs as much again") : NULL, err,
                    N_("%lld MB free, the database has %lld MB"), (long long)(room >> 20),
                    (long long)(size >> 20));
}

static const struct {
  unsigned type;
  const char *name;
} remote_systems[] = {
    {0x6969,     "nfs" },
    {0x517b,     "smb" },
    {0xff534d42, "cifs"},
    {0xfe534d42, "smb2"},
    {0x01021997, "9p"  },
    {0x65735546, "fuse"},
    {0x5346414f, "afs" },
    {0x00c36400, "ceph"},
};

static bool look_at_system(struct call *call, const char *path, struct error *err) {
  struct statfs system;
  if (statfs(path, &system) != 0)
    return true; /* the disk was told already */
  for (size_t i = 0; i < sizeof remote_systems / sizeof *remote_systems; i++)
    if ((unsigned)system.f_type == remote_systems[i].type)
      return doctor_say(call, HEALTH_WARNING, N_("file system"),
                        translate("keep the database on a disk of this machine"), err,
                        N_("'%s' may not keep writers apart: data can be damaged"),
                        remote_systems[i].name);
  return true;
}

/* "1: POSIX  ADVISORY  WRITE 1234 08:01:1234567 0 EOF": the process, if the lock is on the file;
 * else 0. Takes the line apart. */
static unsigned long holder_of(char *line, unsigned long inode) {
  enum { PROCESS = 4 }; /* words before it */
  unsigned long process = 0;
  char *rest = NULL, *word = strtok_r(line, " ", &rest);
  for (int i = 0; word && i < PROCESS; i++)
    word = strtok_r(NULL, " ", &rest);
  if (word)
    process = strtoul(word, NULL, 10);
  word = strtok_r(NULL, " ", &rest);
  const char *number = word ? strrchr(word, ':') : NULL;
  return number && strtoul(number + 1, NULL, 10) == inode ? process : 0;
}

/* Who holds a lock on the file, but us. The file itself must not be opened here, closing it would
 * drop our own locks. */
static bool look_at_locks(struct call *call, const struct stat *status, struct error *err) {
  char *text = NULL;
  size_t length = 0;
  struct error unknown;
  unsigned long holder = 0;
  if (!file_read("/proc/locks", LOCKS_MAX, &text, &length, &unknown))
    return true; /* no such system */
  for (char *rest = NULL, *line = strtok_r(text, "\n", &rest); line;
       line = strtok_r(NULL, "\n", &rest)) {
    unsigned long process = holder_of(line, status->st_ino);
    if (process && process != (unsigned long)getpid())
      holder = process;
  }
  memory_free(text);
  if (!holder)
    return doctor_tell(call, HEALTH_OK, N_("locks"), NULL, translate("nobody else is at work"),
                       err);
  return doctor_say(call, HEALTH_OK, N_("locks"), NULL, err,
                    N_("process %lu is reading or writing just now"), holder);
}

static bool look_at_file(struct call *call, struct error *err) {
  const char *path = call->session->database;
  struct stat status;
  if (stat(path, &status) != 0)
    return true;
  return look_at_access(call, path, &status, err) &&
         look_at_disk(call, path, status.st_size, err) && look_at_system(call, path, err) &&
         look_at_locks(call, &status, err);
}

static bool look_at_terminal(struct call *call, struct error *err) {
  const char *term = getenv("TERM");
  if (!terminal_is_utf8())
    return doctor_tell(call, HEALTH_WARNING, N_("locale"), "export LANG=C.UTF-8",
                       translate("it is not UTF-8: letters beyond English show as marks"), err);
  return doctor_say(call, HEALTH_OK, N_("locale"), NULL, err, N_("UTF-8, language %s, terminal %s"),
                    translate_language(), term ? term : translate("unknown"));
}

static bool look_at_settings(struct call *call, struct error *err) {
  const struct session *session = call->session;
  const char *path = session->config.path;
  struct stat status;
  if (session->config_fault.code != ERROR_NONE)
    return doctor_tell(call, HEALTH_ERROR, N_("settings"), "config edit",
                       session->config_fault.message, err);
  if (!path)
    return doctor_tell(call, HEALTH_OK, N_("settings"), NULL,
                       translate("no file: there is no home"), err);
  if (stat(path, &status) != 0)
    return doctor_say(call, HEALTH_OK, N_("settings"), NULL, err, N_("no file '%s'"), path);
  if (status.st_mode & OTHERS_WRITE)
    return say_command(call, N_("settings"), "chmod go-w", path,
                       translate("others may change them, and with them the pager that is run"),
                       err);
  return doctor_tell(call, HEALTH_OK, N_("settings"), NULL, path, err);
}

/* A variable of ours that means nothing was meant to mean something. */
static bool look_at_variable(struct call *call, const char *variable, struct error *err) {
  const struct setting *setting = setting_table;
  struct text name = {0};
  size_t length = strcspn(variable, "=");
  bool known = strncmp(variable, "DEALWRIGHT_CONFIG=", 18) == 0;
  for (; !known && setting->option; setting++) {
    text_clear(&name);
    setting_append_variable(&name, setting);
    known = setting->lasting && name.length == length &&
            strncmp(text_string(&name), variable, length) == 0;
  }
  text_release(&name);
  return known || doctor_say(call, HEALTH_WARNING, N_("environment"),
                             translate("'config' lists the settings"), err,
                             N_("%.*s is no setting and means nothing"), (int)length, variable);
}

static bool look_at_environment(struct call *call, struct error *err) {
  bool done = true;
  for (char **variable = environ; done && *variable; variable++)
    if (strncmp(*variable, "DEALWRIGHT_", 11) == 0)
      done = look_at_variable(call, *variable, err);
  return done;
}

static bool look_at_history(struct call *call, struct error *err) {
  struct text path = {0};
  struct stat status;
  bool done;
  if (!history_path(&path, call->session->database))
    done = doctor_tell(call, HEALTH_OK, N_("history"), NULL,
                       translate("none is kept: there is no home"), err);
  else if (stat(text_string(&path), &status) == 0 && status.st_mode & OTHERS)
    done = say_command(call, N_("history"), "chmod 600", text_string(&path),
                       translate("others may read what was typed"), err);
  else if (access(text_string(&path), F_OK) == 0 && access(text_string(&path), W_OK) != 0)
    done = doctor_say(call, HEALTH_WARNING, N_("history"), NULL, err, N_("'%s' can't be written"),
                      text_string(&path));
  else
    done = doctor_tell(call, HEALTH_OK, N_("history"), NULL, text_string(&path), err);
  text_release(&path);
  return done;
}

bool doctor_look_around(struct call *call, struct error *err) {
  return look_at_file(call, err) && look_at_terminal(call, err) && look_at_settings(call, err) &&
         look_at_environment(call, err) && look_at_history(call, err);
}
