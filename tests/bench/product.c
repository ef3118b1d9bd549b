#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bare.h"
#include "base/memory.h"
#include "bench.h"
#include "bind/bind.h"
#include "engine/process.h"
#include "model/search.h"

struct product {
  struct engine *engine;
  struct state *state;
};

static _Noreturn void fail(const struct error *err) {
  fprintf(stderr, "bench: %s\n", err->message);
  abort();
}

/* With the bench's own rules in force, as the program has them after its start. */
static struct product open_product(const struct scene *scene, const char *path) {
  struct product product = {0};
  struct state_limits limits = {.milliseconds = 600000, .bytes = 256 * 1024 * 1024};
  struct book *book;
  struct error err;
  if (!book_open(&book, path, BOOK_CREATE, &err))
    fail(&err);
  if (!engine_open(&product.engine, book, &err) ||
      !state_load(&product.state, product.engine,
                  &(struct state_setup){.folder = scene->workspace, .limits = &limits}, &err))
    fail(&err);
  return product;
}

static void close_product(struct product *product) {
  engine_use_rules(product->engine, NULL);
  state_close(product->state);
  engine_close(product->engine);
}

void product_make_book(const struct scene *scene, const char *book) {
  const char *path = scene_path(scene, book);
  unlink(path);
  struct product product = open_product(scene, path);
  close_product(&product);
}

static void move(struct engine *engine, const struct kind *kind, int64_t id) {
  struct move_options options = {.command = "advance"};
  struct verdict verdict;
  struct record record;
  struct error err;
  verdict_init(&verdict);
  if (!record_load(&record, engine->book, kind, id, &err) ||
      !process_move(engine, &record, "qualifying", &options, &verdict, &err))
    fail(&err);
  record_release(&record);
  verdict_release(&verdict);
}

double product_moves(const struct scene *scene, int64_t count, bool durable) {
  struct product product = open_product(scene, scene_path(scene, "work.db"));
  struct book *book = product.engine->book;
  const struct kind *deal = catalog_kind(book->catalog, "deal");
  struct error err;
  double start = clock_seconds();
  if (!durable && !unit_begin(book, "bench", NULL, &err))
    fail(&err);
  for (int64_t id = 1; id <= count; id++)
    move(product.engine, deal, id);
  if (!durable && !unit_commit(book, &err))
    fail(&err);
  double seconds = clock_seconds() - start;
  close_product(&product);
  return seconds;
}

double product_names(const struct scene *scene, int64_t count) {
  struct book *book;
  struct error err;
  uint64_t state = 7;
  if (!book_open(&book, scene_path(scene, "clients.db"), BOOK_EXISTING, &err))
    fail(&err);
  const struct kind *client = catalog_kind(book->catalog, "client");
  if (!search_refresh(book, &err))
    fail(&err);
  double start = clock_seconds();
  for (int64_t i = 0; i < count; i++) {
    char prefix[32];
    struct search_hit *hits = NULL;
    size_t found = 0;
    snprintf(prefix, sizeof prefix, "Client %u", (unsigned)(bare_random(&state) % 900) + 100);
    if (!search_names(book, &(struct search){prefix, client, 20}, &hits, &found, &err))
      fail(&err);
    search_release(hits, found);
  }
  double seconds = clock_seconds() - start;
  book_close(book);
  return seconds;
}
