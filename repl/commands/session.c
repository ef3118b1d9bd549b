/* use, run, exec, last, version, quit: the session itself. */
#include <string.h>
#include <sys/stat.h>

#include "base/translate.h"
#include "repl/failure.h"
#include "repl/prompt.h"

static bool is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* use DATABASE, or a folder with a workspace.lua */
static bool run_use(struct call *call, struct error *err) {
  struct session *session = call->session;
  const char *word = call_word(call, 0);
  bool folder = word && is_folder(word);
  if (!call_expect(call, 0, 1, err) ||
      (word &&
       !session_move(session, folder ? NULL : word, folder ? word : NULL, &call->complaint, err)))
    return false;
  text_format(&call->text, translate("database %s, scripts %s\n"), session->database,
              session->workspace ? session->workspace : translate("as shipped"));
  if (session->placeholder)
    text_format(&call->text, translate("There is no %s yet: 'init', 'import' or 'new' makes it.\n"),
                session->database);
  return true;
}

static bool run_run(struct call *call, struct error *err) {
  if (!call_expect(call, 1, 1, err) || !session_run_file(call->session, call_word(call, 0), err))
    return false;
  call->exit_code = call->session->script_code;
  return true;
}

/* Each word is one line, as typed at the prompt; the first that fails ends it. */
static bool run_exec(struct call *call, struct error *err) {
  if (!call_expect(call, 1, -1, err))
    return false;
  struct settings before = call->session->settings;
  call->session->settings = call->settings;
  for (size_t i = 0; i < call_count(call) && !call->exit_code; i++)
    call->exit_code = prompt_run_block(call->session, call_word(call, i));
  call->session->settings = before;
  return true;
}

/* A document is shown as it is, and so it need not be copied. */
static bool run_last(struct call *call, struct error *err) {
  const struct session *session = call->session;
  const struct result *last = session->has_whole ? &session->whole : &session->last;
  if (!call_expect(call, 0, 0, err))
    return false;
  if (!session->has_last)
    return error_set(err, ERROR_USAGE, "there is no answer yet that 'last' could show again");
  call->again = true;
  call->borrowed = last->document != NULL;
  if (call->borrowed)
    call->result = *last;
  call->has_result = call->borrowed || result_copy(&call->result, last, err);
  return call->has_result;
}

static bool run_quit(struct call *call, struct error *err) {
  call->session->leaving = true;
  return call_expect(call, 0, 0, err);
}

static bool run_version(struct call *call, struct error *err) {
  text_format(&call->text, "dealwright %s\n", DEALWRIGHT_VERSION);
  return call_expect(call, 0, 0, err);
}

static const char *const use_examples[] = {"use other.db", "use my-sales", "use", NULL};
static const char *const run_examples[] = {"run month_end.lua", NULL};
static const char *const exec_examples[] = {"exec \"list deal stage=won\" \"=today()\"", NULL};
static const char *const last_examples[] = {"last -f csv -o deals.csv",
                                            "last --sort -amount --columns title,amount",
                                            "last --where \"amount>5k\" --limit 3", NULL};
static const char *const quit_examples[] = {"quit", NULL};
static const char *const version_examples[] = {"version", NULL};

const struct command session_commands[] = {
    {.verb = "use",
     .aliases = "open",
     .arguments = N_("[DATABASE|WORKSPACE]"),
     .summary = N_("change the database or the workspace; alone: say which are in use"),
     .examples = use_examples,
     .flags = COMMAND_PROMPT,
     .completes = COMPLETES_FILES,
     .run = run_use},
    {.verb = "run",
     .arguments = N_("FILE.lua"),
     .summary = N_("run a Lua file with all the commands"),
     .examples = run_examples,
     .flags = COMMAND_NEEDS_RULES | COMMAND_PROMPT,
     .completes = COMPLETES_FILES,
     .run = run_run},
    {.verb = "exec",
     .arguments = N_("LINE..."),
     .summary = N_("run lines as if typed at the prompt"),
     .examples = exec_examples,
     .flags = COMMAND_PROMPT | COMMAND_VERBATIM,
     .run = run_exec},
    {.verb = "last",
     .arguments = "",
     .summary = N_("show the last answer again: in another format, order, in part"),
     .examples = last_examples,
     .flags = COMMAND_PROMPT,
     .completes = COMPLETES_RESULT,
     .run = run_last},
    {.verb = "version",
     .arguments = "",
     .summary = N_("say which version this is"),
     .examples = version_examples,
     .flags = COMMAND_PROMPT | COMMAND_ANY_SETTINGS,
     .run = run_version},
    {.verb = "quit",
     .aliases = "exit",
     .arguments = "",
     .summary = N_("leave the prompt (so does Ctrl-D)"),
     .examples = quit_examples,
     .flags = COMMAND_PROMPT,
     .run = run_quit},
    {0               },
};
