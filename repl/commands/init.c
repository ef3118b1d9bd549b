/* init: a workspace to change, with an empty database. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/translate.h"
#include "base/words.h"
#include "repl/session.h"

extern const struct embedded_file shipped_files[], editor_files[], workspace_files[];

/* Every folder on the way to the file. */
static bool make_folders(char *path, struct error *err) {
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
    int reason = errno;
    if (!made)
      error_set(err, ERROR_WRITE, "cannot make folder '%s': %s", path, error_system_text(reason));
    *slash = '/';
    if (!made)
      return false;
  }
  return true;
}

/* Never over a file that is there. */
static bool write_new(const char *path, const char *bytes, size_t length, struct error *err) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  FILE *file = descriptor >= 0 ? fdopen(descriptor, "w") : NULL;
  bool done = file && fwrite(bytes, 1, length, file) == length;
  int reason = errno;
  if (file && fclose(file) != 0 && done) {
    reason = errno;
    done = false;
  }
  return done ||
         error_set(err, ERROR_WRITE, "cannot write '%s': %s", path, error_system_text(reason));
}

/* Half a workspace in somebody's folder is worse than none. */
static bool check_free(const char *folder, struct error *err) {
  struct text path = {0};
  bool done = true;
  for (const struct embedded_file *file = shipped_files; done && file->name; file++) {
    text_clear(&path);
    text_format(&path, "%s/%s", folder, file->name);
    done = text_check(&path, err);
    if (done && access(path.data, F_OK) == 0)
      done = error_set(err, ERROR_USAGE,
                       "'%s' is there already and would be overwritten; nothing was written: "
                       "choose another folder",
                       text_string(&path));
  }
  text_release(&path);
  return done;
}

static bool write_workspace(const char *folder, size_t *written, struct error *err) {
  struct text path = {0};
  bool done = check_free(folder, err);
  for (const struct embedded_file *file = shipped_files; done && file->name; file++) {
    text_clear(&path);
    text_format(&path, "%s/%s", folder, file->name);
    done = text_check(&path, err) && make_folders(path.data, err) &&
           write_new(path.data, file->text, file->length, err);
    *written += done;
  }
  text_release(&path);
  return done;
}

static bool has_workspace(const char *folder) {
  struct text path = {0};
  text_format(&path, "%s/workspace.lua", folder);
  bool found = access(text_string(&path), F_OK) == 0;
  text_release(&path);
  return found;
}

static bool is_here(const char *folder) {
  return strcmp(folder, ".") == 0;
}

/* The book is made by opening it once. */
static bool make_book(struct call *call, const char *folder, struct error *err) {
  struct session *session = call->session;
  const char *workspace = is_here(folder) ? NULL : folder;
  return session_use(session, call->settings.database, workspace, err) &&
         session_open(session, COMMAND_NEEDS_BOOK | COMMAND_CREATES, &call->complaint, err);
}

/* Beside the scripts, and not in the place of what somebody has there already. */
static bool write_beside(const char *folder, const char *name, const char *bytes, size_t length,
                         struct error *err) {
  struct text path = {0};
  text_format(&path, "%s/%s", folder, name);
  bool done = text_check(&path, err);
  if (done && access(path.data, F_OK) != 0)
    done = make_folders(path.data, err) && write_new(path.data, bytes, length, err);
  text_release(&path);
  return done;
}

/* What an editor with the Lua language server completes and checks by. */
static bool write_for_editors(const struct session *session, const char *folder,
                              struct error *err) {
  struct text meta = {0};
  bool done =
      state_meta(session->state, &meta, err) &&
      write_beside(folder, "library/dealwright.lua", meta.data, meta.length, err) &&
      write_beside(folder, ".luarc.json", editor_files[0].text, editor_files[0].length, err);
  text_release(&meta);
  return done;
}

/* What a person and git want to know of the folder. */
static bool write_for_people(const char *folder, struct error *err) {
  static const char *const names[] = {"README.md", ".gitignore"}; /* in the order of the table */
  bool done = true;
  for (size_t i = 0; done && i < sizeof names / sizeof *names; i++)
    done = write_beside(folder, names[i], workspace_files[i].text, workspace_files[i].length, err);
  return done;
}

static void say_next(struct call *call, const char *folder, size_t written) {
  struct text *out = &call->text;
  struct text step = {0};
  if (!is_here(folder)) {
    text_append(&step, "cd ");
    words_quote(&step, folder);
    text_append(&step, " && ");
  }
  text_format(out, translate("a workspace of %zu files in %s, the database is %s\n"), written,
              folder, call->session->database);
  text_format(out, translate("to begin: %sdealwright   (README.md there tells what is what)\n"),
              text_string(&step));
  text_format(out,
              translate("to keep the rules under version control: %sgit init && git add . && "
                        "git commit -m \"as shipped\"\n"),
              text_string(&step));
  text_release(&step);
}

static bool run_init(struct call *call, struct error *err) {
  const char *folder = call_count(call) ? call_word(call, 0) : ".";
  size_t written = 0;
  if (!call_expect(call, 0, 1, err))
    return false;
  if (has_workspace(folder))
    return error_set(err, ERROR_USAGE, "'%s' holds a workspace already; 'dealwright -w %s' uses it",
                     folder, folder);
  if (!write_workspace(folder, &written, err) || !make_book(call, folder, err) ||
      !write_for_editors(call->session, folder, err) || !write_for_people(folder, err))
    return false;
  say_next(call, folder, written);
  return text_check(&call->text, err);
}

static const char *const init_examples[] = {"init", "init my-sales", NULL};

const struct command init_commands[] = {
    {.verb = "init",
     .arguments = N_("[DIR]"),
     .summary = N_("make a workspace: scripts to change and an empty database"),
     .examples = init_examples,
     .flags = COMMAND_PROMPT,
     .completes = COMPLETES_FILES,
     .run = run_init},
    {0},
};
