/* edit rule NAME: a script in the user's editor. What it would change is told before it stays. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "repl/commands/declaration.h"
#include "repl/commands/edit.h"
#include "repl/commands/lab.h"
#include "repl/commands/trial.h"
#include "repl/editor.h"
#include "repl/failure.h"
#include "repl/format/format.h"
#include "repl/rules.h"

enum { SCRIPT_LARGEST = 4 << 20, SHOWN_AT_ONCE = 12 };

/* One file of the workspace while it is edited. */
struct script {
  struct text file; /* in the workspace: "stages/sale/won.lua" */
  int line;
  struct text path; /* of the file */
  char *before;     /* as it was, owned; NULL: not read yet */
  size_t length;
};

static void release(struct script *script) {
  text_release(&script->file);
  text_release(&script->path);
  memory_free(script->before);
}

/* "stages/sale/won.lua:12: …" at the start of a message. */
static bool place_in(const char *message, struct script *script) {
  size_t length = strcspn(message, ":\n");
  long number = length > 0 && message[length] == ':' ? strtol(message + length + 1, NULL, 10) : 0;
  if (number < 1 || number > INT_MAX)
    return false;
  bool same = script->file.length == length && memcmp(script->file.data, message, length) == 0;
  if (!same) {
    text_clear(&script->file);
    text_append_bytes(&script->file, message, length);
    memory_free(script->before);
    script->before = NULL;
  }
  script->line = (int)number;
  return true;
}

static bool open_script(const struct session *session, struct script *script, struct error *err) {
  if (!session->workspace)
    return error_set(err, ERROR_NOT_FOUND,
                     "the scripts in use are those inside the program; 'init DIR' writes "
                     "them into a folder for you to change");
  text_clear(&script->path);
  text_format(&script->path, "%s/%s", session->workspace, text_string(&script->file));
  return text_check(&script->path, err) &&
         (script->before || file_read(text_string(&script->path), SCRIPT_LARGEST, &script->before,
                                      &script->length, err)) &&
         editor_open(text_string(&script->path), script->line, err);
}

static bool is_changed(const struct script *script, bool *changed, struct error *err) {
  char *now = NULL;
  size_t length;
  if (!file_read(text_string(&script->path), SCRIPT_LARGEST, &now, &length, err))
    return false;
  *changed = length != script->length || memcmp(now, script->before, length) != 0;
  memory_free(now);
  return true;
}

/* The files may be wrong although others are in force. */
static bool check_files(struct call *call, struct error *err) {
  struct trial files;
  text_clear(&call->complaint);
  if (!trial_open_empty(&files, call, "files", err))
    return false;
  trial_close(&files);
  return true;
}

/* Scripts that were wrong when the session began are not loaded yet. */
static bool put_in_force(struct call *call, struct error *err) {
  text_clear(&call->complaint);
  return call->session->state
             ? session_reload(call->session, &call->complaint, err)
             : session_open(call->session, COMMAND_NEEDS_RULES, &call->complaint, err);
}

static bool append_impact(struct call *impact, struct text *out, struct error *err) {
  struct style style = session_style(impact->session, &impact->settings);
  int64_t rows = (int64_t)impact->result.rows.count;
  if (rows == 0)
    return true;
  if (rows > SHOWN_AT_ONCE)
    text_format(out,
                translate_plural("%lld thing would change; 'rules impact' lists it\n",
                                 "%lld things would change; 'rules impact' lists them\n", rows),
                (long long)rows);
  else if (!table_write(&impact->result, &style, out, err))
    return false;
  return text_check(out, err);
}

/* What `rules impact` says of the files now; nothing where there are no data to compare with. */
static bool foretell(struct call *call, struct text *out, struct error *err) {
  struct call impact;
  struct settings settings = call->settings;
  if (call->session->placeholder || !call->session->database)
    return true;
  call_init(&impact, call->session);
  impact.settings = settings;
  impact.command = command_find(call->session, "rules", strlen("rules"));
  impact.line = call->line;
  bool done = lab_impact(&impact, err);
  done = done ? append_impact(&impact, out, err)
              : err->code == ERROR_NOT_FOUND || err->code == ERROR_NO_DATABASE;
  call_release(&impact);
  return done;
}

/* *keeps: the change may stay. Whoever can't be asked has saved it. */
static bool agree(struct call *call, bool *keeps, struct error *err) {
  struct text impact = {0};
  *keeps = true;
  if (call->settings.yes || !call_may_ask(call))
    return true;
  bool done = foretell(call, &impact, err);
  if (done && impact.length) {
    const struct choosing choosing = {0};
    enum assent assent = ASSENT_NO;
    failure_print_details(text_string(&impact));
    done = call_choose(translate("This is what would change now. Keep the edited rules?"),
                       &choosing, &assent, err);
    *keeps = assent == ASSENT_YES;
  }
  text_release(&impact);
  return done;
}

/* Asked twice before what was typed is gone. */
static bool take_back(struct call *call, struct script *script, bool *again, struct error *err) {
  struct error no;
  *again = call_confirm(call, translate("Edit again?"), &no);
  return *again || (file_write(text_string(&script->path), script->before, script->length, err) &&
                    error_set(err, ERROR_CONFIRM, "%s is as it was", text_string(&script->file)));
}

static bool keep(struct call *call, struct script *script, bool *again, struct error *err) {
  bool changed = false, keeps = true;
  if (!check_files(call, err) || !is_changed(script, &changed, err))
    return false;
  if (changed && (!agree(call, &keeps, err) || !keeps))
    return take_back(call, script, again, err);
  return put_in_force(call, err) && rules_append_standing(&call->text, call->session, err);
}

/* The file is the user's: what was saved in it stays. */
static bool leave_wrong(const struct call *call, const struct script *script, struct error *err) {
  return call_may_ask(call) &&
         error_set(err, err->code,
                   "%s stays as you saved it, with the mistake; 'edit rule' opens it there",
                   text_string(&script->file));
}

/* Until the rules are right or the user gives up; the old ones stay in force till then. */
static bool edit_script(struct call *call, struct script *script, struct error *err) {
  for (;;) {
    bool again = false;
    if (!open_script(call->session, script, err))
      return false;
    if (keep(call, script, &again, err) && !again)
      return true;
    if (again)
      continue;
    if (!edit_can_be_corrected(err))
      return false;
    place_in(err->message, script);
    if (!edit_wants_again(call, err))
      return leave_wrong(call, script, err);
  }
}

/* The files may have moved on from what was put into force. */
static bool find_in_files(struct call *call, const char *id, struct script *script,
                          struct error *err) {
  struct trial files;
  if (!trial_open_empty(&files, call, "files", err))
    return place_in(err->message, script);
  bool done = declaration_place(&files.session, id, &script->file, &script->line, err);
  trial_close(&files);
  return done;
}

static bool find(struct call *call, const char *id, struct script *script, struct error *err) {
  struct rules_difference difference;
  if (!id)
    return error_set(err, ERROR_USAGE, "usage: edit rule NAME");
  if (!rules_compare(&difference, call->session, err))
    return false;
  return difference.differ
             ? find_in_files(call, id, script, err)
             : declaration_place(call->session, id, &script->file, &script->line, err);
}

bool edit_rule(struct call *call, const char *id, struct error *err) {
  struct script script = {.line = 1};
  bool right = session_open(call->session, COMMAND_NEEDS_RULES, &call->complaint, err);
  bool found = right ? find(call, id, &script, err) : place_in(err->message, &script);
  if (found)
    text_clear(&call->complaint);
  bool done = found && edit_script(call, &script, err);
  release(&script);
  return done;
}
