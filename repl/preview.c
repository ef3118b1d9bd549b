#include "repl/preview.h"

#include "base/words.h"
#include "repl/commands/glance.h"
#include "repl/interrupt.h"

/* Of a command that says nothing itself it is enough to know whom it is about. */
static bool ask_command(struct call *call, struct text *out, struct error *err) {
  const struct command *command = call->command;
  if (command->preview)
    return command->preview(call, out, err);
  return (command->declared || command->completes & COMPLETES_RECORDS) &&
         glance_subject(call, out, err);
}

static bool ask(struct call *call, struct text *out, struct error *err) {
  struct book *book = session_book(call->session);
  if (!session_set_moment(call->session, &call->settings, err) || !book_view_begin(book, err))
    return false;
  call->session->foretelling = true;
  interrupt_guard(book, call->session->state);
  bool done = ask_command(call, out, err);
  done = !interrupt_unguard() && done;
  call->session->foretelling = false;
  book_view_end(book);
  return done;
}

void preview_append(struct text *out, struct session *session, const struct command *command,
                    const char *line) {
  struct words words;
  struct call call;
  struct text said = {0};
  struct error ignored = {0};
  if (!session->engine || session->placeholder || !words_split(&words, line, &ignored))
    return;
  call_init(&call, session);
  call.command = command;
  call.line = line;
  call.by_script = true; /* nobody is to be asked */
  if (call_read(&call, (const char *const *)words.items.items + 1, words.items.count - 1,
                &ignored) &&
      ask(&call, &said, &ignored))
    text_append(out, text_string(&said));
  text_release(&said);
  call_release(&call);
  words_release(&words);
}
