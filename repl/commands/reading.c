/* history, as-of: what was. */
#include <string.h>

#include "base/memory.h"
#include "base/translate.h"
#include "repl/commands/story.h"
#include "repl/view.h"

enum { HISTORY_LINES = 20 };

static bool run_history(struct call *call, struct error *err) {
  int64_t limit = HISTORY_LINES, record = 0;
  if (!call_expect(call, 0, 1, err))
    return false;
  if (call_count(call)) {
    bool found = session_record_id(call->session, call_word(call, 0), NULL, &record, err);
    call->subject = record;
    return found && story_tell(call, record, err);
  }
  if (call->settings.limit && !view_limit(call->settings.limit, &limit, err))
    return false;
  return story_units(call, limit, err);
}

static bool is_off(const char *word) {
  return strcmp(word, "now") == 0 || strcmp(word, "off") == 0;
}

/* Another line, seen as of then. */
static bool run_line_as_of(struct call *call, const char *word, struct error *err) {
  const struct command *command = NULL;
  call->settings.as_of = word;
  return command_require(call->session, call_word(call, 1), &command, &call->complaint, err) &&
         call_delegate(call, command, (const char *const *)call->words.items + 2,
                       call_count(call) - 2, err);
}

static bool run_as_of(struct call *call, struct error *err) {
  struct session *session = call->session;
  const char *word = call_word(call, 0);
  if (!call_expect(call, 1, -1, err))
    return false;
  if (call_count(call) > 1)
    return run_line_as_of(call, word, err);
  const struct setting *as_of = setting_named("as-of");
  if (is_off(word)) {
    text_append(&call->text, translate("showing the present\n"));
    return session_set(session, as_of, NULL, err);
  }
  if (!session_set(session, as_of, word, err))
    return false;
  text_format(&call->text, translate("showing the data as of %s; 'as-of now' returns\n"), word);
  return true;
}

static const struct option_entry history_options[] = {
    {"changes", 0, NULL, N_("only what changed in the record itself"), 0},
    {NULL,      0, NULL, NULL,                                         0},
};

static const char *const history_examples[] = {"history", "history #42", "history #42 --changes",
                                               NULL};
static const char *const as_of_examples[] = {"as-of 2017-06-30", "as-of 2017-06-30 report pipeline",
                                             "as-of now", NULL};
const struct command reading_commands[] = {
    {.verb = "history",
     .arguments = N_("[RECORD]"),
     .summary = N_("tell what happened to a record, or the last commands"),
     .examples = history_examples,
     .options = history_options,
     .flags = COMMAND_NEEDS_BOOK,
     .completes = COMPLETES_RECORDS,
     .run = run_history},
    {.verb = "as-of",
     .arguments = N_("DATE|now [COMMAND]"),
     .summary = N_("look at the data as they stood then"),
     .examples = as_of_examples,
     .flags = COMMAND_NEEDS_BOOK | COMMAND_PROMPT | COMMAND_VERBATIM,
     .completes = COMPLETES_DAYS,
     .inner = 2,
     .run = run_as_of},
    {0                                           },
};
