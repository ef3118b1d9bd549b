#include "repl/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/translate.h"
#include "model/activation.h"
#include "repl/host.h"
#include "repl/interrupt.h"
#include "repl/language.h"
#include "repl/rules.h"
#include "repl/terminal.h"

enum { DEFAULT_TIMEOUT_MS = 30000 };
static const size_t lua_memory = (size_t)512 << 20;

struct book *session_book(const struct session *session) {
  return session->engine ? session->engine->book : NULL;
}

bool session_is_workspace(const char *folder) {
  struct text path = {0};
  text_format(&path, "%s/workspace.lua", folder);
  bool found = access(text_string(&path), R_OK) == 0;
  text_release(&path);
  return found;
}

static bool find_workspace(struct session *session, const char *folder, struct error *err) {
  if (folder && !session_is_workspace(folder))
    return error_set(err, ERROR_CONFIG,
                     "'%s' holds no workspace.lua; 'dealwright init %s' makes one", folder, folder);
  const char *found = folder ? folder : session_is_workspace(".") ? "." : NULL;
  char *copy = memory_copy_text(found);
  if (found && !copy)
    return error_memory(err);
  memory_free(session->workspace);
  session->workspace = copy;
  return true;
}

static bool find_database(struct session *session, const char *path, struct error *err) {
  struct text name = {0};
  if (path)
    text_append(&name, path);
  else if (session->workspace && strcmp(session->workspace, ".") != 0)
    text_format(&name, "%s/sales.db", session->workspace);
  else
    text_append(&name, "sales.db");
  char *copy = text_take(&name, err);
  if (!copy)
    return false;
  memory_free(session->database);
  session->database = copy;
  return true;
}

static bool is_from_file(const struct settings *settings, const struct setting *setting) {
  return setting_origin(settings, setting) == ORIGIN_FILE;
}

void session_prefer_nearer(struct settings *settings) {
  const struct setting *workspace = setting_named("workspace"), *database = setting_named("db");
  bool here = session_is_workspace("."), named = setting_origin(settings, workspace) > ORIGIN_FILE;
  if (here && is_from_file(settings, workspace))
    setting_forget(settings, workspace);
  if ((here || named) && is_from_file(settings, database))
    setting_forget(settings, database);
}

/* What was read so far are the options of the start. */
static void read_settings(struct session *session) {
  struct error fault = {0};
  unsigned char *origins = session->settings.origins;
  for (size_t i = 0; i < SETTINGS_MOST; i++)
    origins[i] = origins[i] == ORIGIN_LINE ? ORIGIN_START : origins[i];
  if (!config_load(&session->config, &fault) ||
      !config_apply(&session->config, &session->settings, &fault) ||
      !setting_read_environment(&session->settings, &fault))
    session->config_fault = fault;
  session_prefer_nearer(&session->settings);
  session->start = session->settings;
}

/* Nothing that a person wrote is read, so nothing of it can be in the way. */
static void begin_safe(struct session *session) {
  session->settings.rules = session->settings.rules ? session->settings.rules : "shipped";
  session->settings.shell = false;
  session->start = session->settings;
}

bool session_init(struct session *session, const struct settings *settings, struct error *err) {
  *session = (struct session){
      .settings = *settings, .words = {.size = sizeof(char *)}, .table = {.size = sizeof(int64_t)}};
  output_init(&session->output);
  if (session->settings.safe)
    begin_safe(session);
  else
    read_settings(session);
  session_aim_pager(session, &session->settings);
  if (language_use(session->settings.language, err) &&
      find_workspace(session, session->settings.workspace, err) &&
      find_database(session, session->settings.database, err))
    return true;
  session_release(session);
  return false;
}

static void close_book(struct session *session) {
  interrupt_aim(NULL, NULL);
  declared_release(&session->declared);
  state_close(session->state);
  session->state = NULL;
  if (session->engine)
    engine_close(session->engine);
  session->engine = NULL;
  session->placeholder = false;
}

static void forget_last(struct session *session) {
  if (session->has_last)
    result_release(&session->last);
  session->has_last = false;
}

static void forget_whole(struct session *session) {
  if (session->has_whole)
    result_release(&session->whole);
  session->has_whole = false;
}

void session_release(struct session *session) {
  close_book(session);
  forget_last(session);
  forget_whole(session);
  output_release(&session->output);
  failure_release(&session->failed);
  failure_release(&session->refused);
  memory_free(session->workspace);
  memory_free(session->database);
  for (size_t i = 0; i < session->words.count; i++)
    memory_free(*(char **)list_at(&session->words, i));
  list_release(&session->words);
  list_release(&session->table);
  config_release(&session->config);
  session->workspace = session->database = NULL;
}

static bool read_limits(const struct session *session, struct state_limits *limits,
                        struct error *err) {
  double seconds = 0;
  *limits = (struct state_limits){.milliseconds = DEFAULT_TIMEOUT_MS, .bytes = lua_memory};
  if (!session->settings.timeout)
    return true;
  if (!number_parse(&seconds, session->settings.timeout, '.', err))
    return false;
  limits->milliseconds = (int)(seconds * 1000);
  return true;
}

/* The workspace's own language, where neither a setting nor the environment says another. */
static bool speak(const struct session *session, struct error *err) {
  const char *own = session->engine->rules->language;
  bool told = session->settings.language || language_is_told();
  return told || language_use(own ? own : "en", err);
}

static bool load_chosen(struct session *session, const struct chosen_rules *chosen,
                        struct text *faults, struct error *err) {
  struct state_limits limits;
  struct state *loaded = NULL, *before = session->state;
  const struct state_host host = host_of(session);
  const struct state_setup setup = {.folder = chosen->folder,
                                    .source = chosen->source.data,
                                    .source_length = chosen->source.length,
                                    .limits = &limits,
                                    .host = &host,
                                    .report = faults};
  if (!read_limits(session, &limits, err) || !state_load(&loaded, session->engine, &setup, err))
    return false;
  session->state = loaded;
  session->activation = chosen->activation;
  interrupt_aim(NULL, NULL);
  state_close(before);
  return speak(session, err) && declared_fill(&session->declared, session->engine, err);
}

static bool load_scripts(struct session *session, struct text *faults, struct error *err) {
  struct chosen_rules chosen;
  if (!rules_choose(&chosen, session, err))
    return false;
  bool done = load_chosen(session, &chosen, faults, err);
  chosen_rules_release(&chosen);
  return done;
}

static bool open_book(struct session *session, enum book_mode mode, struct text *faults,
                      struct error *err) {
  struct book *book = NULL;
  close_book(session);
  if (!book_open(&book, mode == BOOK_MEMORY ? NULL : session->database, mode, err))
    return false;
  if (!engine_open(&session->engine, book, err)) {
    book_close(book);
    return false;
  }
  session->placeholder = mode == BOOK_MEMORY;
  progress_begin(&session->indexing, translate("indexing words for the search"));
  book->indexing = progress_show;
  book->indexing_payload = &session->indexing;
  if (load_scripts(session, faults, err))
    return true;
  close_book(session);
  return false;
}

bool session_require_database(const struct session *session, struct error *err) {
  if (access(session->database, F_OK) == 0)
    return true;
  return error_set(err, ERROR_NO_DATABASE,
                   "no database '%s'; 'dealwright init' or 'new' makes one, -d FILE names "
                   "another",
                   session->database);
}

/* Rules that are only tried change nothing. */
static bool for_reading(const struct session *session) {
  return session->settings.read_only || (session->settings.rules && !session->activating) ||
         access(session->database, W_OK) != 0;
}

/* Somebody else, or an undo, may have put other rules into force. */
static bool follow_activation(struct session *session, struct text *faults, struct error *err) {
  struct activation now;
  if (session->lua_depth || session->placeholder || session->settings.rules)
    return true;
  if (!activation_load(&now, session_book(session), err))
    return false;
  if (now.tx == session->activation)
    return true;
  bool done = load_scripts(session, faults, err);
  if (done)
    rules_tell(session);
  return done;
}

bool session_open_copy(struct session *session, const struct session *of, struct text *faults,
                       struct error *err) {
  struct chosen_rules chosen = {.folder = of->workspace};
  struct book *book = NULL;
  size_t length;
  const char *source = state_source(of->state, &length);
  if (!book_copy(&book, session_book(of), err))
    return false;
  if (!engine_open(&session->engine, book, err)) {
    book_close(book);
    return false;
  }
  text_append_bytes(&chosen.source, source, length);
  bool done = text_check(&chosen.source, err) && load_chosen(session, &chosen, faults, err);
  chosen_rules_release(&chosen);
  if (!done)
    close_book(session);
  return done;
}

static bool swap_is_safe(const struct session *session, struct error *err) {
  if (session->lua_depth == 0)
    return true;
  return error_set(err, ERROR_NO_DATABASE,
                   "no database '%s', and a script can't make it: type 'init' first",
                   session->database);
}

bool session_open(struct session *session, unsigned flags, struct text *faults, struct error *err) {
  bool exists = access(session->database, F_OK) == 0;
  if (!(flags & (COMMAND_NEEDS_RULES | COMMAND_NEEDS_BOOK | COMMAND_CREATES)))
    return true;
  if (flags & COMMAND_NEEDS_BOOK && !(flags & COMMAND_CREATES) &&
      !session_require_database(session, err))
    return false;
  bool wants_file = exists || flags & COMMAND_CREATES;
  if (session->engine && (!session->placeholder || !wants_file))
    return follow_activation(session, faults, err);
  if (session->engine && !swap_is_safe(session, err))
    return false;
  enum book_mode mode = BOOK_MEMORY;
  if (exists)
    mode = for_reading(session) ? BOOK_READ_ONLY : BOOK_EXISTING;
  else if (wants_file)
    mode = BOOK_CREATE;
  return open_book(session, mode, faults, err) && (rules_tell(session), true);
}

bool session_lend(struct session *session, const char *rules,
                  bool (*run)(void *payload, struct error *err), void *payload, struct error *err) {
  const struct session before = *session;
  session->engine = NULL;
  session->state = NULL;
  session->declared = (struct declared){0};
  session->placeholder = false;
  session->lua_depth = 0; /* the script that asks runs in the other state */
  session->settings.rules = rules;
  bool done = run(payload, err);
  close_book(session);
  session->engine = before.engine;
  session->state = before.state;
  session->declared = before.declared;
  session->placeholder = before.placeholder;
  session->activation = before.activation;
  session->lua_depth = before.lua_depth;
  session->settings.rules = before.settings.rules;
  if (session->lua_depth > 0)
    interrupt_aim(session_book(session), session->state);
  return done;
}

bool session_use(struct session *session, const char *database, const char *workspace,
                 struct error *err) {
  if (session->lua_depth)
    return error_set(err, ERROR_USAGE, "a script can't change the database in use");
  if (workspace && !find_workspace(session, workspace, err))
    return false;
  if (!find_database(session, database ? database : workspace ? NULL : session->database, err))
    return false;
  close_book(session);
  return true;
}

/* Their numbers mean other records in another database. */
static void forget_records(struct session *session) {
  session->recent = 0;
  session->has_table = false;
  list_clear(&session->table);
}

bool session_move(struct session *session, const char *database, const char *workspace,
                  struct text *faults, struct error *err) {
  char *database_before = session->database, *workspace_before = session->workspace;
  session->database = memory_copy_text(database_before);
  session->workspace = memory_copy_text(workspace_before);
  unsigned flags = workspace ? COMMAND_NEEDS_RULES : COMMAND_NEEDS_BOOK;
  bool copied = session->database && (session->workspace || !workspace_before);
  bool done = copied ? session_use(session, database, workspace, err) &&
                           session_open(session, flags, faults, err)
                     : error_memory(err);
  if (done && strcmp(session->database, database_before ? database_before : "") != 0)
    forget_records(session);
  memory_free(done ? database_before : session->database);
  memory_free(done ? workspace_before : session->workspace);
  if (!done) {
    session->database = database_before;
    session->workspace = workspace_before;
  }
  return done;
}

bool session_reload(struct session *session, struct text *faults, struct error *err) {
  if (session->lua_depth)
    return error_set(err, ERROR_USAGE, "a script can't reload the scripts");
  return load_scripts(session, faults, err);
}

/* A document is no table, and what is said of one record neither. */
static bool lists_others(const struct result *result, int64_t subject) {
  for (size_t i = 0; i < result->rows.count; i++) {
    int64_t id = ((const struct result_row *)list_at(&result->rows, i))->id;
    if (id && id != subject)
      return true;
  }
  return !subject && !result->document;
}

static bool take_table(struct session *session, const struct result *result, struct error *err) {
  list_clear(&session->table);
  session->has_table = true;
  for (size_t i = 0; i < result->rows.count; i++) {
    int64_t *slot = list_add(&session->table, err);
    if (!slot)
      return false;
    *slot = ((const struct result_row *)list_at(&result->rows, i))->id;
  }
  return true;
}

static bool take_last(struct session *session, const struct result *result, int64_t subject,
                      struct error *err) {
  session->last = *result;
  session->has_last = true;
  bool single = result->rows.count == 1;
  const struct result_row *only = single ? list_at(&session->last.rows, 0) : NULL;
  session->recent = subject ? subject : only ? only->id : 0;
  return !lists_others(result, subject) || take_table(session, &session->last, err);
}

bool session_remember(struct session *session, struct result *result, int64_t subject,
                      struct error *err) {
  forget_last(session);
  forget_whole(session);
  return take_last(session, result, subject, err);
}

bool session_remember_again(struct session *session, struct result *result, struct error *err) {
  if (session->has_whole) {
    forget_last(session);
  } else {
    session->whole = session->last;
    session->has_whole = true;
  }
  return take_last(session, result, 0, err);
}

void session_aim_pager(struct session *session, const struct settings *settings) {
  const char *pager = settings->pager;
  bool off = pager && strcmp(pager, "off") == 0;
  session->output.page = !settings->no_pager && !off;
  session->output.pager = pager && strcmp(pager, "on") != 0 ? pager : NULL;
}

/* What a line names counts more than what a session or a file says of all. */
bool session_format(const struct session *session, const struct settings *settings,
                    const struct format **out, struct error *err) {
  enum origin origin = setting_origin(settings, setting_named("format"));
  *out = session->output.path ? format_of_file(session->output.path) : NULL;
  bool general = origin != ORIGIN_LINE && origin != ORIGIN_START;
  return !settings->format || (*out && general) || format_find(settings->format, out, err);
}

static bool wants_colour(const struct settings *settings) {
  if (settings->color && strcmp(settings->color, "always") == 0)
    return true;
  if (settings->color && strcmp(settings->color, "never") == 0)
    return false;
  return terminal_has_colour();
}

struct style session_style(const struct session *session, const struct settings *settings) {
  bool to_file = session->output.path != NULL;
  bool terminal = terminal_is_output() && !to_file && !session->output.pipe;
  struct style style = {
      .terminal = terminal,
      .width = terminal ? terminal_width() : 0,
      .colour = !to_file && !session->output.pipe && wants_colour(settings),
      .ascii = !terminal_is_utf8(),
      .raw = settings->raw,
      .ids = true,
      .counts = terminal,
      .stopped = interrupt_pending,
  };
  if (settings->width)
    style.width = strtoul(settings->width, NULL, 10);
  return style;
}
