/* What runs a command that the workspace declares. */
#include "repl/declared.h"

#include <string.h>

#include "base/error_place.h"
#include "base/memory.h"
#include "engine/param.h"
#include "repl/commands/confirm.h"
#include "repl/failure.h"

enum { NESTING_MAX = 8 };

/* #42, %3, _ and names mean records as everywhere at the prompt. */
static bool read_reference(struct call *call, const struct field *param, const char *word,
                           struct value *out, struct error *err) {
  struct session *session = call->session;
  struct text shown = {0};
  int64_t id = 0;
  if (!session_param_id(session, word, param, &id, err))
    return error_prefix(err, "%s: ", param->name);
  text_format(&shown, "#%lld", (long long)id);
  bool done =
      text_check(&shown, err) && param_read(session->engine, param, text_string(&shown), out, err);
  text_release(&shown);
  return done;
}

static bool read_value(struct call *call, const struct field *param, const char *word,
                       struct value *out, struct error *err) {
  if (param->type == FIELD_REF && word && *word)
    return read_reference(call, param, word, out, err);
  return param_read(call->session->engine, param, word, out, err);
}

static bool read_values(struct call *call, const struct verb *verb,
                        const struct declared_words *words, struct value *values,
                        struct error *err) {
  for (size_t i = 0; i < verb->params.count; i++)
    if (!read_value(call, list_at(&verb->params, i), words->of[i], &values[i], err))
      return words->from[i] ? error_blame(err, words->from[i]) : false;
  return true;
}

/* Once more after an answer that can't be read; an empty one leaves it out. */
static bool ask_for(struct call *call, const struct verb *verb, size_t position, char **word,
                    struct error *err) {
  const struct field *param = list_at(&verb->params, position);
  for (;;) {
    struct text answer = {0};
    struct value value = value_null();
    struct error wrong;
    if (!call_ask(verb->asks[position], &answer, err)) {
      text_release(&answer);
      return false;
    }
    if (!answer.length && !(param->flags & FIELD_REQUIRED))
      return true;
    *word = text_take(&answer, err);
    if (!*word)
      return false;
    if (read_value(call, param, *word, &value, &wrong)) {
      value_release(&value);
      return true;
    }
    text_format(&answer, "%s\n", wrong.message);
    failure_print_details(text_string(&answer));
    text_release(&answer);
    memory_free(*word);
    *word = NULL;
  }
}

/* What nobody said is asked of whoever is there. */
static bool ask_missing(struct call *call, const struct verb *verb, struct declared_words *words,
                        struct error *err) {
  for (size_t i = 0; call_may_ask(call) && i < verb->params.count; i++)
    if (verb->asks[i] && !words->of[i] && !ask_for(call, verb, i, &words->of[i], err))
      return false;
  return true;
}

static bool take_answer(struct call *call, struct verb_answer *answer, struct error *err) {
  text_append_bytes(&call->text, text_string(&answer->text), answer->text.length);
  if (call->text.length && call->text.data[call->text.length - 1] != '\n')
    text_append_char(&call->text, '\n');
  text_append_bytes(&call->complaint, text_string(&answer->told), answer->told.length);
  if (!answer->has_result)
    return text_check(&call->text, err);
  call->result = answer->result;
  call->has_result = true;
  answer->has_result = false;
  return answer->bare || result_stamp(&call->result, call->session->engine, call->line, err);
}

/* What a dry run says stands below the answer: beside words the answer itself would not be shown.
 */
static bool note_words(struct call *call, bool bare, struct error *err) {
  if (!call->has_result || !call->text.length)
    return true;
  if (call->text.data[call->text.length - 1] == '\n')
    call->text.data[--call->text.length] = '\0';
  if (bare)
    text_format(&call->complaint, "%s\n", text_string(&call->text));
  bool done = bare || result_note(&call->result, text_string(&call->text), err);
  text_clear(&call->text);
  return done;
}

/* One run of a workspace's command. */
struct run {
  struct verb *verb;
  const struct value *values;
  struct text question; /* what the command itself wants to be asked; "": nothing */
  bool bare;            /* its answer is sent as it is */
};

static bool run_verb(struct call *call, void *payload, struct error *err) {
  struct run *run = payload;
  struct verb_answer answer = {0};
  bool done = run->verb->run(run->verb, call->session->engine, run->values, &answer, err) &&
              take_answer(call, &answer, err);
  run->bare = answer.bare;
  verb_answer_release(&answer);
  return done;
}

static void ask_verb(const struct call *call, void *payload, struct text *out) {
  const struct run *run = payload;
  (void)call;
  text_append(out, text_string(&run->question));
}

static bool run_writing(struct call *call, struct run *run, struct error *err) {
  struct verb *verb = run->verb;
  const struct confirm confirm = {.sort = verb->never_asks ? CONFIRM_NEVER : CONFIRM_SCRIPT,
                                  .work = run_verb,
                                  .question = ask_verb,
                                  .payload = run};
  bool done = !verb->question || call->settings.dry_run ||
              verb->question(verb, call->session->engine, run->values, &run->question, err);
  done = done && confirm_run(call, &confirm, err) && note_words(call, run->bare, err);
  text_release(&run->question);
  return done;
}

/* While it runs the scripts must not be swapped. */
static bool run_script(struct call *call, struct verb *verb, const struct value *values,
                       struct error *err) {
  struct session *session = call->session;
  struct run run = {.verb = verb, .values = values};
  if (session->verb_depth >= NESTING_MAX)
    return error_set(err, ERROR_SCRIPT, "commands run each other more than %d deep, at '%s'",
                     (int)NESTING_MAX, verb->name);
  session->verb_depth++;
  session->lua_depth++;
  bool done = verb->writes ? run_writing(call, &run, err) : run_verb(call, &run, err);
  session->lua_depth--;
  session->verb_depth--;
  return done;
}

bool command_run_declared(struct call *call, struct error *err) {
  const struct verb *declared = call->command->declared;
  struct verb *verb = (struct verb *)declared; /* its callbacks take it writable */
  struct declared_words words = {0};
  struct value values[VERB_PARAMS_MAX] = {0};
  bool done = declared_assign(verb, call->session->engine, call->words.items, call_count(call),
                              &words, err) &&
              ask_missing(call, verb, &words, err) &&
              read_values(call, verb, &words, values, err) && run_script(call, verb, values, err);
  for (size_t i = 0; i < VERB_PARAMS_MAX; i++)
    value_release(&values[i]);
  declared_words_release(&words);
  return done;
}
