/* backup, restore: a copy of the database, and back to it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/translate.h"
#include "model/archive.h"
#include "repl/commands/confirm.h"
#include "repl/format/cell.h"
#include "repl/interrupt.h"

/* "812 units of work, the last 2026-05-01 10:00" */
static void append_archive(struct text *out, const struct archive *archive) {
  text_format(out, translate_plural("%lld unit of work", "%lld units of work", archive->units),
              (long long)archive->units);
  if (!archive->at)
    return;
  text_append(out, translate(", the last "));
  cell_append_instant(out, archive->at);
}

static bool verify(struct call *call, const char *path, struct error *err) {
  struct archive archive;
  if (!archive_read(&archive, path, err))
    return false;
  text_format(&call->text, translate("%s is sound: "), path);
  append_archive(&call->text, &archive);
  text_append_char(&call->text, '\n');
  return true;
}

/* The backup of last week is worth more than the one that overwrites it by mistake. */
static bool may_replace(struct call *call, const char *path, struct error *err) {
  struct archive archive;
  struct error none;
  struct text question = {0};
  struct stat status;
  if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
    return true;
  text_format(&question, translate("'%s' exists already"), path);
  if (archive_read(&archive, path, &none)) {
    text_append(&question, ": ");
    append_archive(&question, &archive);
  }
  text_append(&question, translate(". Replace it?"));
  bool may = text_check(&question, err) && call_confirm(call, text_string(&question), err);
  text_release(&question);
  return may;
}

static bool make(struct call *call, const char *path, struct error *err) {
  struct session *session = call->session;
  if (!session_open(session, COMMAND_NEEDS_BOOK, &call->complaint, err))
    return false;
  struct book *book = session_book(session);
  if (!may_replace(call, path, err))
    return false;
  if (session->lua_depth == 0)
    interrupt_aim(book, session->state);
  if (!book_backup(book, path, err))
    return false;
  text_format(&call->text, translate("backed up and verified: %s\n"), path);
  return true;
}

/* backup FILE, backup --verify FILE */
static bool run_backup(struct call *call, struct error *err) {
  const char *path = call_word(call, 0);
  if (!call_expect(call, 1, 1, err))
    return false;
  if (!call_has(call, "verify"))
    return make(call, path, err);
  return verify(call, path, err);
}

/* The present state stays beside the database: "sales.db.2026-05-01-100000". */
static bool name_kept(struct text *out, const char *database, struct error *err) {
  char stamp[32];
  struct tm now;
  time_t seconds = time(NULL);
  localtime_r(&seconds, &now);
  strftime(stamp, sizeof stamp, "%Y-%m-%d-%H%M%S", &now);
  text_format(out, "%s.%s", database, stamp);
  for (int next = 2; text_check(out, err) && access(text_string(out), F_OK) == 0; next++) {
    text_clear(out);
    text_format(out, "%s.%s-%d", database, stamp, next);
  }
  return text_check(out, err);
}

static void append_loss(struct text *out, const struct archive_loss *loss, const char *database) {
  if (!loss->readable) {
    text_append(out, access(database, F_OK) == 0
                         ? translate("the present database can't be read; what it holds is unknown")
                         : translate("there is no database now"));
    return;
  }
  if (!loss->related)
    text_append(out, translate("it is no state of this database; "));
  if (!loss->units) {
    text_append(out, translate("nothing is lost"));
    return;
  }
  text_format(out, translate_plural("%lld unit of work", "%lld units of work", loss->units),
              (long long)loss->units);
  text_format(out, translate_plural(" by %lld person", " by %lld people", loss->people),
              (long long)loss->people);
  text_append(out, translate(" will not be in it"));
}

static bool append_question(struct text *out, const char *database, const char *backup,
                            const struct archive_loss *loss, struct error *err) {
  struct archive archive;
  if (!archive_read(&archive, backup, err))
    return false;
  struct text holds = {0};
  append_archive(&holds, &archive);
  text_format(out, translate("This puts '%s' (%s) in the place of '%s'; "), backup,
              text_string(&holds), database);
  text_release(&holds);
  append_loss(out, loss, database);
  text_append_char(out, '.');
  return text_check(out, err);
}

static bool replace(struct call *call, const char *backup, struct error *err) {
  struct session *session = call->session;
  struct text keep = {0};
  bool existed = access(session->database, F_OK) == 0;
  bool done = session_use(session, session->database, NULL, err) &&
              name_kept(&keep, session->database, err) &&
              archive_restore(session->database, backup, text_string(&keep), err);
  if (done) {
    text_format(&call->text, translate("restored and verified: %s\n"), session->database);
    if (existed)
      text_format(&call->text, translate("the state before is kept: %s\n"), text_string(&keep));
  }
  text_release(&keep);
  return done;
}

static bool restore(struct call *call, const char *backup, struct archive_loss *loss,
                    struct error *err) {
  struct text question = {0};
  bool done = append_question(&question, call->session->database, backup, loss, err);
  if (done && call->settings.dry_run) {
    text_format(&call->text, "%s\n%s", text_string(&question), text_string(&loss->lines));
    text_append(&call->text, translate("(dry run: nothing was changed)\n"));
  } else {
    done = done && confirm_ask(call, &question, &loss->lines, err) && replace(call, backup, err);
  }
  text_release(&question);
  return done;
}

static bool run_restore(struct call *call, struct error *err) {
  struct archive_loss loss;
  const char *backup = call_word(call, 0);
  if (!call_expect(call, 1, 1, err) ||
      !archive_compare(&loss, call->session->database, backup, err))
    return false;
  bool done = restore(call, backup, &loss, err);
  text_release(&loss.lines);
  return done;
}

static const struct option_entry backup_options[] = {
    {"verify", 0, NULL, N_("only check the file that is there"), 0},
    {NULL,     0, NULL, NULL,                                    0},
};

static const char *const backup_examples[] = {"backup sales-2026-05-01.db",
                                              "backup --verify sales-2026-05-01.db", NULL};
static const char *const restore_examples[] = {"restore sales-2026-05-01.db",
                                               "restore sales-2026-05-01.db --dry-run", NULL};

const struct command backup_commands[] = {
    {.verb = "backup",
     .arguments = N_("FILE"),
     .summary = N_("copy the database while it is in use, and verify the copy"),
     .examples = backup_examples,
     .options = backup_options,
     .completes = COMPLETES_FILES,
     .run = run_backup},
    {.verb = "restore",
     .arguments = N_("FILE"),
     .summary = N_("go back to a backup; the present state is kept in a file"),
     .examples = restore_examples,
     .flags = COMMAND_PROMPT | COMMAND_WRITES,
     .completes = COMPLETES_FILES,
     .run = run_restore},
    {0                                                 },
};
