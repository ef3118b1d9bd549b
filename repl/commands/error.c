/* error: the last failure again, with all that is known about it. */
#include <string.h>

#include "base/error_place.h"
#include "base/translate.h"
#include "repl/session.h"

/* What programs get, and people with --verbose. */
struct fact {
  const char *name, *title;
  enum field_type type;
  struct value value;
};

static struct value text_or_null(const char *text) {
  return *text ? value_text(text) : value_null();
}

static struct value number_or_null(int number) {
  return number ? value_integer(number) : value_null();
}

static bool add_facts(struct call *call, const struct fact *facts, size_t count,
                      struct error *err) {
  struct result *result = &call->result;
  if (!call_begin_result(call, "error", translate("The last error"), err))
    return false;
  result->single = true;
  for (size_t i = 0; i < count; i++) {
    if (!result_add_column(result, facts[i].name, translate(facts[i].title), facts[i].type, err))
      return false;
  }
  struct result_row *row = result_add_row(result, 0, err);
  bool done = row != NULL;
  for (size_t i = 0; done && i < count; i++)
    done = result_set(row, (int)i, &facts[i].value, err);
  return done;
}

static bool give_result(struct call *call, const struct failure *last, struct error *err) {
  const struct error_place *place = &last->err.place;
  const struct fact facts[] = {
      {"code",      N_("code"),      FIELD_TEXT,    value_text(error_code_name(last->err.code))     },
      {"message",   N_("message"),   FIELD_TEXT,    value_text(last->err.message)                   },
      {"hint",      N_("hint"),      FIELD_TEXT,    text_or_null(error_hint(&last->err))            },
      {"file",      N_("file"),      FIELD_TEXT,    text_or_null(place->file)                       },
      {"line",      N_("line"),      FIELD_INTEGER, number_or_null(place->line)                     },
      {"column",    N_("column"),    FIELD_INTEGER, number_or_null(place->column)                   },
      {"exit",      N_("exit code"), FIELD_INTEGER, value_integer(failure_exit_code(last->err.code))},
      {"traceback", N_("traceback"), FIELD_TEXT,    text_or_null(text_string(&last->trace))         },
      {"ruleset",   N_("rule set"),  FIELD_TEXT,    text_or_null(text_string(&last->ruleset))       },
  };
  return add_facts(call, facts, sizeof facts / sizeof *facts, err);
}

static void append_indented(struct text *out, const char *lines) {
  for (; *lines; lines += strcspn(lines, "\n"), lines += *lines == '\n')
    text_format(out, "  %.*s\n", (int)strcspn(lines, "\n"), lines);
}

static void say_more(struct text *out, const struct failure *last) {
  text_format(out, translate("code: %s, exit code %d\n"), error_code_name(last->err.code),
              failure_exit_code(last->err.code));
  if (last->trace.length) {
    text_append(out, translate("traceback, the innermost line first:\n"));
    append_indented(out, text_string(&last->trace));
  }
  if (last->ruleset.length)
    text_format(out, translate("rule set: %s\n"), text_string(&last->ruleset));
}

static bool run_error(struct call *call, struct error *err) {
  const struct failure *last = &call->session->failed;
  if (!call_expect(call, 0, 0, err))
    return false;
  if (last->err.code == ERROR_NONE) {
    text_append(&call->text, translate("nothing has failed in this session\n"));
    return true;
  }
  call->verbatim = true; /* the mark stands under its word */
  failure_append(&call->text, &last->err, text_string(&last->details));
  if (call_has(call, "verbose"))
    say_more(&call->text, last);
  return give_result(call, last, err);
}

static const struct option_entry error_options[] = {
    {"verbose", 'v', NULL, N_("also the lines of scripts that led to it, and the rule set"), 0},
    {NULL,      0,   NULL, NULL,                                                             0},
};
static const char *const examples[] = {"error", "error -v", NULL};

const struct command error_commands[] = {
    {.verb = "error",
     .arguments = "",
     .summary = N_("tell the last error again"),
     .examples = examples,
     .options = error_options,
     .flags = COMMAND_PROMPT,
     .run = run_error},
    {0},
};
