#include "repl/rules.h"

#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/translate.h"
#include "repl/failure.h"
#include "repl/history.h"
#include "repl/terminal.h"

static bool take_kept(struct chosen_rules *chosen, struct book *book, const char *hash,
                      struct error *err) {
  char *source = NULL, found[DIGEST_HEX_SIZE];
  if (!ruleset_source(book, hash, &source, err))
    return false;
  bool whole = ruleset_is_files(source);
  digest_hex(source, strlen(source), found);
  text_append(&chosen->source, source);
  memory_free(source);
  if (!whole)
    return error_set(err, ERROR_INVALID,
                     "'%s' is what a scorecard learned, no rule set; 'rules versions' lists those",
                     hash);
  if (strncmp(found, hash, strlen(hash)) != 0)
    return error_set(err, ERROR_STORE, "the text of the rule set '%s' was changed in the database",
                     hash);
  return text_check(&chosen->source, err);
}

static bool choose_in_force(struct chosen_rules *chosen, const struct session *session,
                            struct error *err) {
  struct activation now;
  if (!activation_load(&now, session_book(session), err))
    return false;
  chosen->activation = now.tx;
  return !now.ruleset[0] || take_kept(chosen, session_book(session), now.ruleset, err);
}

static bool choose_named(struct chosen_rules *chosen, const struct session *session,
                         const char *word, struct error *err) {
  if (strcmp(word, "files") == 0)
    return true;
  bool shipped = strcmp(word, "shipped") == 0;
  if (shipped || session_is_workspace(word)) {
    chosen->folder = shipped ? NULL : word;
    return true;
  }
  if (word[strspn(word, "0123456789abcdef")])
    return error_set(err, ERROR_NOT_FOUND,
                     "'%s' is neither the hash of a kept rule set nor a folder with a "
                     "workspace.lua; 'rules versions' lists what is kept",
                     word);
  return take_kept(chosen, session_book(session), word, err);
}

bool rules_choose(struct chosen_rules *chosen, const struct session *session, struct error *err) {
  const char *word = session->settings.rules;
  *chosen = (struct chosen_rules){.folder = session->workspace};
  bool done = word && strcmp(word, "active") != 0 ? choose_named(chosen, session, word, err)
                                                  : choose_in_force(chosen, session, err);
  if (!done)
    chosen_rules_release(chosen);
  return done;
}

void chosen_rules_release(struct chosen_rules *chosen) {
  text_release(&chosen->source);
}

bool rules_compare(struct rules_difference *out, const struct session *session, struct error *err) {
  struct text files = {0};
  *out = (struct rules_difference){0};
  if (!activation_load(&out->in_force, session_book(session), err))
    return false;
  if (!out->in_force.ruleset[0] || !session->workspace)
    return true;
  bool read = state_read_source(session->workspace, &files, err);
  if (read)
    digest_hex(text_string(&files), files.length, out->files);
  out->differ = read && strcmp(out->files, out->in_force.ruleset) != 0;
  text_release(&files);
  return read;
}

static void append_difference(struct text *out, const struct rules_difference *difference) {
  text_format(out,
              translate("the files of the workspace are not the rules in force (%.8s): 'rules "
                        "diff' shows how they differ, 'rules activate' takes them over\n"),
              difference->in_force.ruleset);
}

bool rules_append_standing(struct text *out, const struct session *session, struct error *err) {
  struct rules_difference difference;
  if (!rules_compare(&difference, session, err))
    return false;
  if (difference.differ)
    append_difference(out, &difference);
  else
    text_append(out, translate("the rules are in force\n"));
  return text_check(out, err);
}

enum { TOLD_MAX = 256 };

/* Whether the last difference told of this database was the same; without a home none is known. */
static bool was_told(const struct session *session, const struct rules_difference *difference) {
  struct text path = {0}, now = {0};
  struct error ignored;
  char *before = NULL;
  size_t length;
  text_format(&now, "%s %s\n", difference->in_force.ruleset, difference->files);
  bool known = history_told_path(&path, session->database);
  bool told = known && file_read(text_string(&path), TOLD_MAX, &before, &length, &ignored) &&
              strcmp(before, text_string(&now)) == 0;
  if (known && !told) /* what can't be kept is told again */
    file_write(text_string(&path), text_string(&now), now.length, &ignored);
  memory_free(before);
  text_release(&path);
  text_release(&now);
  return told;
}

void rules_tell(const struct session *session) {
  struct rules_difference difference;
  struct error ignored; /* files that can't be read are told by whoever needs them */
  struct text sentence = {0};
  if (!terminal_is_error() || session->settings.rules || session->placeholder ||
      !rules_compare(&difference, session, &ignored) || !difference.differ ||
      (!session->interactive && was_told(session, &difference)))
    return;
  append_difference(&sentence, &difference);
  failure_print_details(text_string(&sentence));
  text_release(&sentence);
}
