#include "repl/manual.h"

#include <ctype.h>
#include <string.h>

#include "base/translate.h"
#include "repl/command.h"
#include "repl/failure.h"

/* What the program reads from its surroundings. */
static const struct {
  const char *name, *meaning;
} variables[] = {
    {"COLUMNS",                   N_("the width of tables where it is not a terminal that says it")},
    {"DEALWRIGHT_CONFIG",         N_("the file of settings, instead of the one below")             },
    {"DEALWRIGHT_DB and others",  N_("settings by their names in capitals, as config lists them")  },
    {"LC_ALL, LC_MESSAGES, LANG", N_("the language and the character set of what is shown")        },
    {"NO_COLOR",                  N_("when set to anything, no colours")                           },
    {"PAGER",                     N_("what long answers are shown with; empty or cat: nothing")    },
    {"TERM",                      N_("dumb: no colours and no pager")                              },
    {"XDG_CONFIG_HOME",           N_("where the file of settings is")                              },
    {"XDG_STATE_HOME",            N_("where the histories of the prompt are kept")                 },
};

static const struct {
  const char *name, *meaning;
} files[] = {
    {"workspace.lua",               N_("makes its folder a workspace: scripts and, unless said otherwise, data")},
    {"sales.db",                    N_("the database of a workspace")                                           },
    {"~/.config/dealwright/config", N_("settings, one a line: name = value; config edit opens it")              },
    {"~/.local/state/dealwright/",  N_("the histories of the prompt, one for each database")                    },
    {"~/.inputrc",                  N_("the keys of the prompt, as for every program with readline")            },
};

/* The only way for a text into the page: what roff would take for its own is masked. */
static void append_escaped(struct text *out, const char *word) {
  for (const char *at = word; *at; at++) {
    bool starts = at == word || at[-1] == '\n';
    if (starts && (*at == '.' || *at == '\''))
      text_append(out, "\\&");
    if (*at == '\\')
      text_append(out, "\\e");
    else if (*at == '"')
      text_append(out, "\\(dq");
    else if (*at == '-')
      text_append(out, "\\-");
    else
      text_append_char(out, *at);
  }
}

/* The tables' summaries are fragments: small first letter, no full stop. */
static void append_sentence(struct text *out, const char *summary) {
  size_t start = out->length;
  append_escaped(out, summary);
  if (out->length > start)
    out->data[start] = (char)toupper((unsigned char)out->data[start]);
  text_append(out, ".\n");
}

/* A macro with one argument, in quotes because it may hold blanks or the name of a macro. */
static void append_macro(struct text *out, const char *macro, const char *argument) {
  text_format(out, "%s \"", macro);
  append_escaped(out, argument);
  text_append(out, "\"");
}

static void append_tag(struct text *out, const char *macro, const char *argument) {
  append_macro(out, macro, argument);
  text_append_char(out, '\n');
}

static void append_option(struct text *out, const struct option_entry *entry) {
  text_append(out, ".It ");
  if (entry->letter)
    text_format(out, "Fl %c , ", entry->letter);
  text_format(out, "Fl -%s", entry->name);
  if (entry->argument)
    append_macro(out, " Ar", translate(entry->argument));
  text_append_char(out, '\n');
  append_sentence(out, translate(entry->summary));
}

static void append_options(struct text *out, const struct option_entry *entry) {
  text_append(out, ".Bl -tag -width Ds\n");
  for (; entry->name; entry++)
    append_option(out, entry);
  text_append(out, ".El\n");
}

static void append_command(struct text *out, const struct command *command) {
  append_macro(out, ".It Ic", command->verb);
  if (*command->arguments)
    append_macro(out, " Ar", translate(command->arguments));
  text_append_char(out, '\n');
  append_sentence(out, translate(command->summary));
  if (command->aliases)
    text_format(out, translate("Also: %s.\n"), command->aliases);
  if (command->options)
    append_options(out, command->options);
  text_append(out, ".Bd -literal\n");
  for (const char *const *example = command->examples; *example; example++) {
    append_escaped(out, *example);
    text_append_char(out, '\n');
  }
  text_append(out, ".Ed\n");
}

static void append_commands(struct text *out, const struct session *session) {
  const struct command *command = NULL;
  text_append(out, ".Sh COMMANDS\n");
  text_append(out, translate("At the prompt, on the command line and as functions of Lua.\n"));
  text_append(out, ".Bl -tag -width Ds\n");
  for (size_t i = 0; (command = command_at(session, i)) && !command->declared; i++) {
    append_command(out, command);
    for (const struct command *topic = command->topics; topic && topic->verb; topic++)
      append_command(out, topic);
  }
  text_append(out, ".El\n");
}

static void append_head(struct text *out) {
  text_format(out,
              ".Dd %s\n.Dt DEALWRIGHT 1\n.Os\n.Sh NAME\n.Nm dealwright\n"
              ".Nd a scriptable sales engine\n.Sh SYNOPSIS\n.Nm\n.Op Ar option ...\n"
              ".Op Ar command Op Ar argument ...\n.Sh DESCRIPTION\n",
              DEALWRIGHT_DATE);
  text_append(
      out,
      translate(
          "Keeps clients, deals, activities and campaigns in one SQLite file and moves them\n"
          "through stages by rules written in Lua.\n"
          "Without a command it opens a prompt, where every line is a command or Lua;\n"
          "when standard input is no terminal, its lines are run one after another.\n"
          ".Pp\nOptions may stand before the command or behind it.\n"
          "A record is named as 42 or #42, by its name or its external id;\n"
          "at the prompt also as %3, row 3 of the last table, and _, the record shown last.\n"));
}

static void append_surroundings(struct text *out) {
  text_append(out, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n");
  for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
    append_tag(out, ".It Ev", variables[i].name);
    append_sentence(out, translate(variables[i].meaning));
  }
  text_append(out, ".El\n.Sh FILES\n.Bl -tag -width Ds\n");
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    append_tag(out, ".It Pa", files[i].name);
    append_sentence(out, translate(files[i].meaning));
  }
  text_append(out, ".El\n");
}

static void append_exit_codes(struct text *out) {
  text_append(out, ".Sh EXIT STATUS\n.Bl -tag -width Ds\n");
  for (const struct exit_meaning *meaning = exit_meanings; meaning->summary; meaning++) {
    text_format(out, ".It %d\n", meaning->code);
    append_sentence(out, translate(meaning->summary));
  }
  text_append(out, ".El\n");
}

void manual_append(struct text *out, const struct session *session) {
  append_head(out);
  text_append(out, ".Sh OPTIONS\n");
  append_options(out, global_options);
  append_commands(out, session);
  append_surroundings(out);
  append_exit_codes(out);
  text_append(out, ".Sh SEE ALSO\n.Xr sqlite3 1 ,\n.Xr readline 3\n");
}
