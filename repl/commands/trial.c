#include "repl/commands/trial.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "model/activation.h"
#include "model/history.h"
#include "repl/commands/declaration.h"
#include "repl/interrupt.h"

enum { SHOWN = 8 };

/* Not for folders that are called like a hash: they are written ./beef. */
static bool is_kept(const char *rules) {
  return rules[strspn(rules, "0123456789abcdef")] == 0 || strcmp(rules, "active") == 0;
}

static void name_trial(struct trial *trial, const char *rules) {
  const char *hash = session_book(&trial->session)->ruleset;
  if (is_kept(rules))
    snprintf(trial->title, sizeof trial->title, "%.*s", SHOWN, hash ? hash : "");
  else
    snprintf(trial->title, sizeof trial->title, "%.40s (%.*s)", rules, SHOWN, hash ? hash : "");
}

/* A session that has nothing open yet. */
static bool begin_trial(struct trial *trial, struct call *call, const char *database,
                        const char *rules, struct error *err) {
  struct settings settings = call->settings;
  settings.rules = rules;
  trial->beside = call->session;
  if (!session_init(&trial->session, &settings, err))
    return false;
  if (session_use(&trial->session, database, call->session->workspace, err))
    return true;
  session_release(&trial->session);
  return false;
}

static void aim_at(const struct trial *trial) {
  interrupt_aim(session_book(&trial->session), trial->session.state);
}

static bool open_trial(struct trial *trial, struct call *call, const char *database,
                       const char *rules, bool activating, struct error *err) {
  if (!begin_trial(trial, call, database, rules, err))
    return false;
  trial->session.activating = activating;
  if (session_open(&trial->session, COMMAND_NEEDS_RULES, &call->complaint, err) &&
      session_set_moment(&trial->session, &call->settings, err)) {
    name_trial(trial, rules);
    aim_at(trial);
    return true;
  }
  trial_close(trial);
  return false;
}

bool trial_open_copy(struct trial *trial, struct call *call, const struct trial *of,
                     struct error *err) {
  if (!begin_trial(trial, call, call->session->database, NULL, err))
    return false;
  if (session_open_copy(&trial->session, &of->session, &call->complaint, err)) {
    strcpy(trial->title, of->title);
    aim_at(trial);
    return true;
  }
  trial_close(trial);
  return false;
}

bool trial_open(struct trial *trial, struct call *call, const char *rules, struct error *err) {
  return session_require_database(call->session, err) &&
         open_trial(trial, call, call->session->database, rules, false, err);
}

bool trial_open_empty(struct trial *trial, struct call *call, const char *rules,
                      struct error *err) {
  const char *nobodys = "/nonexistent/rules-check";
  return is_kept(rules) ? trial_open(trial, call, rules, err)
                        : open_trial(trial, call, nobodys, rules, false, err);
}

bool trial_open_for_writing(struct trial *trial, struct call *call, const char *rules,
                            struct error *err) {
  return session_require_database(call->session, err) &&
         open_trial(trial, call, call->session->database, rules, true, err);
}

/* Ctrl-C means the session's own again, whose script may be what called us. */
void trial_close(struct trial *trial) {
  session_release(&trial->session);
  interrupt_aim(session_book(trial->beside), trial->beside->state);
}

static bool load_activation(struct activation *in_force, struct call *call, struct error *err) {
  struct book *book = NULL;
  if (!book_open(&book, call->session->database, BOOK_READ_ONLY, err))
    return err->code == ERROR_NO_DATABASE; /* none yet, or one that is older than activations */
  bool done = activation_load(in_force, book, err);
  book_close(book);
  return done;
}

bool trial_in_force(struct activation *in_force, struct call *call, struct error *err) {
  const struct session *session = call->session;
  *in_force = (struct activation){0};
  return session->engine && !session->placeholder
             ? activation_load(in_force, session_book(session), err)
             : load_activation(in_force, call, err);
}

bool trial_check_examples(const struct trial *trial, struct text *faults, struct error *err) {
  const struct list *verbs = &trial->session.engine->rules->verbs;
  bool right = true;
  for (size_t i = 0; i < verbs->count; i++) {
    struct error wrong = {0};
    if (declared_check_examples(*(struct verb **)list_at(verbs, i), trial->session.engine, &wrong))
      continue;
    text_format(faults, "%s\n", wrong.message);
    if (right)
      *err = wrong;
    right = false;
  }
  if (!right)
    err->code = ERROR_SCRIPT;
  return right;
}

struct reading {
  struct trial *trial;
  struct lab_rules *rules;
};

static int count_lines(const char *text) {
  int lines = 1;
  for (; (text = strchr(text, '\n')); text++)
    lines++;
  return lines;
}

static bool add_declaration(void *payload, const struct declaration *declaration,
                            struct error *err) {
  struct reading *reading = payload;
  const struct place *place = declaration->place;
  struct text lines = {0};
  struct lab_item item = {.what = (char *)declaration->what,
                          .id = (char *)declaration->id,
                          .text = (char *)declaration->text,
                          .place = *place};
  bool done = !place->file || state_source_lines(reading->trial->session.state, place, &lines, err);
  item.last = place->line + count_lines(text_string(&lines)) - 1;
  text_release(&lines);
  return done && lab_rules_add(reading->rules, &item, err);
}

bool trial_read(struct trial *trial, struct lab_rules *out, struct error *err) {
  size_t length;
  const char *source = state_source(trial->session.state, &length);
  const struct rules *rules = trial->session.engine->rules;
  struct reading reading = {trial, out};
  lab_rules_init(out, source, length);
  if (declaration_visit_fields(rules, add_declaration, &reading, err) &&
      declaration_visit(rules, add_declaration, &reading, err) && lab_rules_close(out, err))
    return true;
  lab_rules_release(out);
  return false;
}

bool trial_read_pair(struct trial_pair *pair, struct lab_rules *before, struct lab_rules *after,
                     struct error *err) {
  if (!trial_read(&pair->before, before, err))
    return false;
  if (trial_read(&pair->after, after, err))
    return true;
  lab_rules_release(before);
  return false;
}

static bool newest_unit_rules(struct book *book, char hash[DIGEST_HEX_SIZE], struct error *err) {
  struct unit *units = NULL;
  size_t count = 0;
  if (!unit_list(book, 1, &units, &count, err))
    return false;
  bool known = count && units[0].ruleset && units[0].ruleset[0];
  snprintf(hash, DIGEST_HEX_SIZE, "%s", known ? units[0].ruleset : "");
  for (size_t i = 0; i < count; i++)
    unit_release(&units[i]);
  memory_free(units);
  return known || error_set(err, ERROR_NOT_FOUND,
                            "nothing was done in this book yet, so there is nothing to compare "
                            "with; name two rule sets: rules diff shipped files");
}

/* Asked of the book alone: the rules in force may be what is wrong. */
static bool find_base(struct call *call, char hash[DIGEST_HEX_SIZE], struct error *err) {
  struct book *book = NULL;
  struct activation now;
  if (!session_require_database(call->session, err) ||
      !book_open(&book, call->session->database, BOOK_READ_ONLY, err))
    return false;
  bool found = activation_load(&now, book, err);
  if (found) {
    strcpy(hash, now.ruleset);
    found = hash[0] || newest_unit_rules(book, hash, err);
  }
  book_close(book);
  return found;
}

bool trial_open_pair(struct trial_pair *pair, struct call *call, const char *before,
                     const char *after, struct error *err) {
  char hash[DIGEST_HEX_SIZE];
  before = before ? before : call->settings.rules;
  if (!before && !find_base(call, hash, err))
    return false;
  if (!trial_open(&pair->before, call, before ? before : hash, err))
    return false;
  if (trial_open(&pair->after, call, after ? after : "files", err))
    return true;
  trial_close(&pair->before);
  return false;
}

void trial_close_pair(struct trial_pair *pair) {
  trial_close(&pair->after);
  trial_close(&pair->before);
}

bool trial_title_pair(const struct trial_pair *pair, struct call *call, const char *name,
                      struct error *err) {
  struct text title = {0};
  text_format(&title, "%s → %s", pair->before.title, pair->after.title);
  bool done = text_check(&title, err) && call_begin_result(call, name, text_string(&title), err);
  text_release(&title);
  return done;
}
