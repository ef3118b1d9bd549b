/* The inside of a state, for the files of this folder only: everything else sees bind.h. One state
 * is one lua_State with the rules it loaded; the functions here are how C gets into it safely. */
#ifndef BIND_STATE_H
#define BIND_STATE_H

#include <lauxlib.h>
#include <lua.h>

#include "bind/bind.h"
#include "bind/complaint.h"
#include "bind/pool.h"
#include "bind/watchdog.h"
#include "engine/verdict.h"

/* A file of the workspace, kept for the hash, for `why` and for excerpts. */
struct source_file {
  char *name; /* owned; relative to the workspace */
  char *text; /* owned */
  size_t length;
};

/* What a loading under way collects. */
struct loading {
  struct catalog *catalog; /* owned until the book takes it over */
  struct rules *rules;     /* owned until the engine takes them over */
  char currency[4];
};

struct state {
  lua_State *L;
  struct engine *engine; /* borrowed */
  char *folder;          /* owned; "" for the shipped scripts */
  struct state_limits limits;
  struct state_host host;
  struct watchdog watchdog;
  struct pool pool;
  size_t memory_used;
  bool
      over_limit; /* the allocation refused last broke the limit; else the machine's memory ended */
  struct text source;   /* the rule set: all files with their names */
  struct list files;    /* of struct source_file */
  struct list payloads; /* of void *: what callbacks of the engine are handed; freed at close */
  struct complaints *complaints; /* NULL but while scripts are read that are told all at once */
  struct loading *loading;       /* NULL but during state_load() */
  struct import_plan **plan;     /* NULL but during state_import_plan() */

  bool writing;                    /* inside an action, a test's `given` or a chunk of the user */
  struct record *live;             /* the record that the engine holds during an action; or NULL */
  const struct record *subject;    /* the record under judgement, as it is in memory; or NULL */
  uint64_t heard;                  /* engine->hearing at the last criterion */
  const struct place *running;     /* where the command or report under way is declared; or NULL */
  const char *chunk_name, *chunk;  /* what a person wrote and runs now; or NULL */
  struct text trace;               /* lines of scripts at the last failure, innermost first */
  char traced[ERROR_MESSAGE_SIZE]; /* the message of that failure */
  struct verdict_item *tracing;    /* reads are noted here; or NULL */
  struct error trace_error;
  const char *language; /* of the reader, while a test runs */
  uint64_t generation;  /* records loaded in an older one are loaded again */
};

struct state *state_of(lua_State *L);

/* Calls the body in protected mode with the argument as light userdata 1; the only way from C into
 * Lua. Nothing that only C owns may be alive inside the body when Lua may raise: see holder_push().
 */
bool state_call(struct state *state, lua_CFunction body, void *argument, struct error *err);

/* Pushes a prelude function by its name in dw.calls. */
void state_push_call(lua_State *L, const char *name);

/* Zeroed memory owned by the state until it is closed. NULL when out of memory. */
void *state_payload(struct state *state, size_t size, struct error *err);

/* A copy owned by the state; NULL in, NULL out. */
char *state_text(struct state *state, const char *text, struct error *err);

/* What records were read before may have changed. */
void state_forget_records(struct state *state);

/* A zeroed block on the Lua stack that is released when its slot is left, by an error too. It must
 * be popped in order or closed, or left to the end of the C function; its slot may not move. */
void *holder_push(lua_State *L, size_t size, void (*release)(void *block));
/* Releases the newest holder, which is at the index, and takes it out of the stack. */
void holder_close(lua_State *L, int index);

/* A state with the prelude and nothing loaded. */
bool state_new(struct state **out, struct engine *engine, const struct state_limits *limits,
               const struct state_host *host, struct error *err);

/* The texts of the scripts, and what was made of them. */
void state_release_files(struct state *state);

/* Each file of this folder adds its C functions to the table on top: dw.c. */
void bind_failure_open(lua_State *L);
void bind_value_open(lua_State *L);
void bind_date_open(lua_State *L);
void bind_money_open(lua_State *L);
void bind_record_open(lua_State *L);
void bind_write_open(lua_State *L);
void bind_statistics_open(lua_State *L);
void bind_query_open(lua_State *L);
void bind_kind_open(lua_State *L);
void bind_process_open(lua_State *L);
void bind_scorecard_open(lua_State *L);
void bind_reference_open(lua_State *L);
void bind_report_open(lua_State *L);
void bind_command_open(lua_State *L);
void bind_identity_open(lua_State *L);
void bind_import_open(lua_State *L);
void bind_sandbox_open(lua_State *L);
void bind_pattern_open(lua_State *L);
void bind_eval_open(lua_State *L);
void bind_testing_open(lua_State *L);
void bind_translate_open(lua_State *L);
void bind_vcard_open(lua_State *L);
void bind_verdict_open(lua_State *L);
void bind_workspace_open(lua_State *L);

#endif
