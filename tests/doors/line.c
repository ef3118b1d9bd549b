#include "doors/line.h"

#include <string.h>

#include "base/memory.h"
#include "base/words.h"
#include "repl/commands/declaration.h"
#include "support/sales.h"

/* Verbs that no two doors can be compared by. */
static const char *const left_out[] = {
    "edit",       /* waits for an editor */
    "watch",      /* never ends */
    "quit",       /* ends the prompt, which is one of the doors */
    "exec",       /* is one of the doors */
    "use",        /* the others then look at another book; only a process can be asked for one */
    "restore",    /* names a file by the time of the wall clock */
    "init",       /* the same for the workspace */
    "set-option", /* changes how all lines behind it are answered */
    "timing",     /* the same */
    "config",     /* the same */
    "doctor",     /* tells of the disk and of the time it took */
    "error",      /* shows the line before as its door had it */
};

static const char *const names[] = {"Acme Clinic",
                                    "\"Scanners\"",
                                    "Ёлочные игрушки",
                                    "Анна Орлова",
                                    "Nobody",
                                    "#1",
                                    "#2",
                                    "#3",
                                    "#4",
                                    "#5",
                                    "#6",
                                    "3",
                                    "#7",
                                    "#8",
                                    "#9",
                                    "#10",
                                    "#999",
                                    "#x",
                                    "Клиника «Сокол»"};
static const char *const texts[] = {
    "web",    "by phone",    "по телефону", "",          "a \"b\" c", "it's",    "x=y", "-5",
    "=cmd()", "back\\slash", "wonn",        "два слова", "~sokol",    "medical", "a,b", "100%"};
static const char *const days[] = {
    "2026-05-01",       "today",  "+30d",  "eom",       "q2", "2026-13-01", "31.12.2026", "monday",
    "2026-01..2026-06", "завтра", "never", "03/04/2026"};
static const char *const amounts[] = {"1.2M",  "950k",   "12,500.00 EUR", "-3",
                                      "abc",   "0",      "1 200,50 руб",  "$5",
                                      "1e400", "77.777", "15%",           "9223372036854775807"};
static const char *const lengths[] = {"45m", "1h30m", "0", "-1", "two hours", "90"};
static const char *const switches[] = {"true", "false", "yes", "no", "да", "perhaps", ""};
static const char *const stages[] = {"prospecting", "qualifying", "won",     "lost",
                                     "wonn",        "analysing",  "closing", "Победа"};
static const char *const operators[] = {"=", "=", "=", "!=", ">", "<", ">=", "<=", "~", "+=", "-="};
static const char *const verbs[] = {"list", "show", "history", "set", "nonsense"};
static const char *const numbers[] = {"0", "1", "2", "3", "-1", "x", "1000000"};
static const char *const files[] = {"people.csv", "people.lua", "cards.vcf", "broken.csv",
                                    "none.csv",   "copy.db",    "sales.db"};
static const char *const words_behind[] = {"%1", "%2", "%99", "_"};
static const char *const columns[] = {"id", "title,amount", "name", "nosuch", "amonut", "stage,id"};
static const char *const shapes[] = {"csv",    "csv",      "csv",  "json",   "tsv", "table",
                                     "record", "markdown", "html", "ndjson", "xml"};

#define ANY_OF(table, source)                                                                      \
  (table)[random_below((source), (uint32_t)(sizeof(table) / sizeof *(table)))]

struct making {
  struct line *line;
  struct random *source;
  struct session *session;
  const struct kind *kind; /* that the line is about */
  struct text word;        /* under construction */
};

static bool one_in(struct making *making, uint32_t count) {
  return random_below(making->source, count) == 0;
}

static void add_word(struct making *making, const char *word) {
  struct error err = {0};
  char **slot = list_add(&making->line->words, &err);
  assert_non_null(slot);
  *slot = memory_copy_text(word);
  making->line->tied = making->line->tied || *word == '%' || strcmp(word, "_") == 0;
}

static const struct kind *any_kind(struct making *making) {
  const struct catalog *catalog = session_book(making->session)->catalog;
  return catalog_at(catalog, (int)random_below(making->source, (uint32_t)catalog_count(catalog)));
}

static const struct kind *usual_kind(struct making *making) {
  static const char *const usual[] = {"deal", "deal", "client", "activity", "user"};
  const struct catalog *catalog = session_book(making->session)->catalog;
  return one_in(making, 4) ? any_kind(making)
                           : catalog_kind(catalog, ANY_OF(usual, making->source));
}

static const struct field *any_field(struct making *making) {
  return making->kind->fields[random_below(making->source, (uint32_t)making->kind->field_count)];
}

static const char *any_choice(struct making *making, const struct field *field) {
  const char *const *choices = field->choices ? field->choices : field->stages;
  uint32_t count = 0;
  while (choices && choices[count])
    count++;
  return count && !one_in(making, 4) ? choices[random_below(making->source, count)]
                                     : ANY_OF(texts, making->source);
}

/* Mostly what the field can take; sometimes what no field of its type can. */
static const char *any_value(struct making *making, const struct field *field) {
  switch (one_in(making, 8) ? FIELD_TEXT : field->type) {
  case FIELD_INTEGER:
  case FIELD_NUMBER:
    return ANY_OF(numbers, making->source);
  case FIELD_MONEY:
  case FIELD_PERCENT:
    return ANY_OF(amounts, making->source);
  case FIELD_BOOLEAN:
    return ANY_OF(switches, making->source);
  case FIELD_DATE:
  case FIELD_INSTANT:
    return ANY_OF(days, making->source);
  case FIELD_REF:
    return ANY_OF(names, making->source);
  case FIELD_MINUTES:
    return ANY_OF(lengths, making->source);
  default:
    return field->choices || field->stages ? any_choice(making, field)
                                           : ANY_OF(texts, making->source);
  }
}

/* A name with a letter too few is a typo. */
static void append_misspelt(struct making *making, const char *name) {
  size_t length = strlen(name), drop = one_in(making, 10) ? length / 2 : length;
  text_append_bytes(&making->word, name, drop);
  text_append(&making->word, drop < length ? name + drop + 1 : "");
}

static void add_assignment(struct making *making, bool condition) {
  const struct field *field = any_field(making);
  text_clear(&making->word);
  append_misspelt(making, field->name);
  text_append(&making->word,
              condition || one_in(making, 5) ? ANY_OF(operators, making->source) : "=");
  text_append(&making->word, any_value(making, field));
  add_word(making, text_string(&making->word));
}

static void add_misspelt(struct making *making, const char *name) {
  text_clear(&making->word);
  append_misspelt(making, name);
  add_word(making, text_string(&making->word));
}

/* What the rules declare under one word: "report", "scorecard". */
struct drawing {
  struct making *making;
  const char *what;
  struct text chosen; /* a declaration is there during its visit only */
  uint32_t seen;
};

static bool choose(void *payload, const struct declaration *declaration, struct error *err) {
  struct drawing *drawing = payload;
  (void)err;
  if (drawing->what && strcmp(declaration->what, drawing->what) != 0)
    return true;
  if (random_below(drawing->making->source, ++drawing->seen) == 0) {
    text_clear(&drawing->chosen);
    text_append(&drawing->chosen, declaration->id);
  }
  return true;
}

static void add_declared(struct making *making, const char *what) {
  struct drawing drawing = {.making = making, .what = what};
  struct error err = {0};
  must(declaration_visit(making->session->engine->rules, choose, &drawing, &err));
  add_misspelt(making, drawing.seen ? text_string(&drawing.chosen) : "nothing");
  text_release(&drawing.chosen);
}

static void add_kind(struct making *making) {
  making->kind = usual_kind(making);
  add_misspelt(making, making->kind->name);
}

static void add_record(struct making *making) {
  if (one_in(making, 8))
    add_word(making, ANY_OF(words_behind, making->source));
  else
    add_word(making, ANY_OF(names, making->source));
}

/* One word of the sort that `completes` says may stand there. */
static void add_of_sort(struct making *making, unsigned sort) {
  switch (sort) {
  case COMPLETES_VERBS:
    add_word(making, ANY_OF(verbs, making->source));
    return;
  case COMPLETES_KINDS:
    add_kind(making);
    return;
  case COMPLETES_RECORDS:
    add_record(making);
    return;
  case COMPLETES_FIELDS:
    add_assignment(making, true);
    return;
  case COMPLETES_ASSIGNMENTS:
    add_assignment(making, false);
    return;
  case COMPLETES_STAGES:
    add_word(making, ANY_OF(stages, making->source));
    return;
  case COMPLETES_REPORTS:
    add_declared(making, "report");
    return;
  case COMPLETES_SCORECARDS:
    add_declared(making, "scorecard");
    return;
  case COMPLETES_PROCESSES:
    add_declared(making, "process");
    return;
  case COMPLETES_DECLARATIONS:
    add_declared(making, NULL);
    return;
  case COMPLETES_FILES:
    add_word(making, ANY_OF(files, making->source));
    return;
  case COMPLETES_DAYS:
    add_word(making, ANY_OF(days, making->source));
    return;
  default:
    add_word(making, ANY_OF(texts, making->source));
  }
}

static void add_parameter(struct making *making, const struct verb *verb) {
  if (verb->params.count == 0)
    return;
  const struct field *param =
      list_at(&verb->params, random_below(making->source, (uint32_t)verb->params.count));
  text_clear(&making->word);
  if (!one_in(making, 3)) {
    append_misspelt(making, param->name);
    text_append_char(&making->word, '=');
  }
  text_append(&making->word, any_value(making, param));
  add_word(making, text_string(&making->word));
}

/* In the order in which the flags stand, which is mostly that of the words. */
static void add_arguments(struct making *making, const struct command *command) {
  for (unsigned bit = 1; bit && bit <= command->completes; bit <<= 1)
    if (command->completes & bit && !one_in(making, 4))
      add_of_sort(making, bit);
  if (command->declared)
    for (uint32_t left = random_below(making->source, 4); left; left--)
      add_parameter(making, command->declared);
  if (command->arguments[0] && one_in(making, 6))
    add_word(making, ANY_OF(texts, making->source));
}

static const char *example_of(struct making *making, const struct command *command) {
  uint32_t count = 0;
  while (command->examples[count])
    count++;
  return command->examples[random_below(making->source, count)];
}

static bool is_any(const char *word, const char *const *table, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(word, table[i]) == 0)
      return true;
  return false;
}

/* Where an answer goes and in which shape is not what it says: a script has no say in it. */
static bool is_about_looks(const char *word) {
  static const char *const options[] = {"-o", "--output", "-f", "--format"};
  return is_any(word, options, sizeof options / sizeof *options);
}

/* An example over records that there are. Redirections are no words. */
static void add_example(struct making *making, const struct command *command) {
  struct words words;
  struct error err = {0};
  must(words_split(&words, example_of(making, command), &err));
  for (size_t i = 0; i < words.items.count; i++) {
    const char *word = words_at(&words, i);
    if (is_about_looks(word))
      i++;
    else if (*word == '#')
      add_record(making);
    else if (i > 0 && one_in(making, 12))
      add_word(making, ANY_OF(texts, making->source));
    else if (i == 0 || !one_in(making, 16))
      add_word(making, word);
  }
  words_release(&words);
}

static const struct {
  const char *option;
  const char *const *values; /* NULL: a switch */
  size_t count;
} looks[] = {
    {"--columns",       columns, sizeof columns / sizeof *columns},
    {"--sort",          columns, sizeof columns / sizeof *columns},
    {"--limit",         numbers, sizeof numbers / sizeof *numbers},
    {"--as-of",         days,    sizeof days / sizeof *days      },
    {"--reason",        texts,   sizeof texts / sizeof *texts    },
    {"--confirm",       numbers, sizeof numbers / sizeof *numbers},
    {"--where",         texts,   sizeof texts / sizeof *texts    },
    {"--dry-run",       NULL,    0                               },
    {"--yes",           NULL,    0                               },
    {"--yes",           NULL,    0                               },
    {"--fail-if-empty", NULL,    0                               },
    {"--raw",           NULL,    0                               },
    {"--frob",          NULL,    0                               },
};

static void add_global_option(struct making *making) {
  uint32_t at = random_below(making->source, (uint32_t)(sizeof looks / sizeof *looks));
  add_word(making, looks[at].option);
  if (looks[at].values)
    add_word(making, looks[at].values[random_below(making->source, (uint32_t)looks[at].count)]);
}

static void add_own_option(struct making *making, const struct command *command) {
  uint32_t count = 0;
  while (command->options && command->options[count].name)
    count++;
  if (!count)
    return;
  const struct option_entry *entry = &command->options[random_below(making->source, count)];
  text_clear(&making->word);
  text_format(&making->word, "--%s", entry->name);
  add_word(making, text_string(&making->word));
  if (!entry->argument)
    return;
  if (strcmp(entry->name, "where") == 0)
    add_assignment(making, true);
  else
    add_word(making,
             one_in(making, 2) ? ANY_OF(numbers, making->source) : ANY_OF(texts, making->source));
}

static void add_format(struct making *making) {
  struct line *line = making->line;
  if (one_in(making, 5))
    return;
  line->format = ANY_OF(shapes, making->source);
  add_word(making, "-f");
  add_word(making, line->format);
}

static bool is_left_out(const struct command *command) {
  return is_any(command->verb, left_out, sizeof left_out / sizeof *left_out);
}

static const struct command *any_command(struct making *making) {
  uint32_t count = 0;
  while (command_at(making->session, count))
    count++;
  const struct command *command;
  do {
    command = command_at(making->session, random_below(making->source, count));
  } while (is_left_out(command));
  return command;
}

static const struct command *any_topic(struct making *making, const struct command *family) {
  uint32_t count = 0;
  while (family->topics[count].verb)
    count++;
  return &family->topics[random_below(making->source, count)];
}

static void type_words(struct making *making) {
  struct line *line = making->line;
  for (size_t i = 0; i < line->words.count; i++) {
    const char *word = *(char **)list_at(&line->words, i);
    text_append(&line->typed, i ? " " : "");
    bool quoted = i > 0 && !line->usual;
    (quoted ? words_quote_always : words_quote)(&line->typed, word);
  }
}

/* Alone it would change how all lines behind it are answered. */
static void add_line_as_of(struct making *making) {
  while (making->line->words.count < 2)
    add_word(making, ANY_OF(days, making->source));
  add_word(making, ANY_OF(verbs, making->source));
  add_kind(making);
}

static void add_words(struct making *making, const struct command *command) {
  if (one_in(making, 3)) {
    add_example(making, command);
  } else {
    const char *second = strchr(command->verb, ' ');
    text_clear(&making->word);
    text_append_bytes(&making->word, command->verb, strcspn(command->verb, " "));
    add_word(making, text_string(&making->word));
    if (second)
      add_misspelt(making, second + 1);
    add_arguments(making, command);
  }
  if (strcmp(command->verb, "as-of") == 0)
    add_line_as_of(making);
  if (command->flags & COMMAND_VERBATIM)
    return; /* options end at its first word */
  if (one_in(making, 3))
    add_own_option(making, command);
  if (one_in(making, 3))
    add_global_option(making);
  add_format(making);
}

void line_make(struct line *line, struct random *source, struct session *session) {
  struct making making = {.line = line, .source = source, .session = session};
  *line = (struct line){.words = {.size = sizeof(char *)}};
  making.kind = usual_kind(&making);
  line->usual = !one_in(&making, 4);
  line->command = any_command(&making);
  line->tied = strcmp(line->command->verb, "last") == 0;
  const struct command *command =
      line->command->topics ? any_topic(&making, line->command) : line->command;
  add_words(&making, command);
  type_words(&making);
  text_release(&making.word);
}

void line_release(struct line *line) {
  for (size_t i = 0; i < line->words.count; i++)
    memory_free(*(char **)list_at(&line->words, i));
  list_release(&line->words);
  text_release(&line->typed);
  *line = (struct line){0};
}
