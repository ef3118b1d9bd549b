/* The least C, SQLite and Lua that could do the same work: what this machine can do at best. Each
 * does its work on the files given and nothing else, and aborts on any failure; the caller times
 * it. The books are made by the product, so that tables and indexes are the same. */
#ifndef BENCH_BARE_H
#define BENCH_BARE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* A CSV of clients, 12 columns, seeded: the same bytes every time. */
void generate_clients(const char *csv, int64_t rows);
/* That many deals into a book without records, with products and the stages of the default sale. */
void generate_deals(const char *book, int64_t rows);

/* Parses the file, reads its numbers and inserts the spine row, the client and its first
 * transition into an empty book, in one durable transaction. */
void bare_import(const char *book, const char *csv);

/* Every client taken back: what its columns held as changes, its row gone, one transaction. */
void bare_undo(const char *book);

/* The words of every client into the full-text index, in one statement. */
void bare_index(const char *book);

/* Ten Lua rules over every client, one protected call a record, every score written with its
 * parts. Returns the sum of points, so that nothing is optimised away. */
double bare_score(const char *book);

/* Stage moves of the deals 1…count: the deal, a change row, a transition and a unit of work, each
 * durable by itself or all in one transaction. */
void bare_moves(const char *book, int64_t count, bool durable);

/* The changes that the moves of generate_deals() made. */
void generate_history(const char *book);
/* The moves of all deals taken back on a private copy, newest first, each judged by five criteria
 * in Lua with the deal as it stood before it. How many criteria failed. */
int64_t bare_backtest(const char *book);

/* The pipeline report's statement, stepped to its end. */
extern const char bare_pipeline_sql[];
void bare_pipeline(const char *book);

/* How many moves left each stage and how long the records had been in it; without moves that were
 * undone and records that were deleted. */
void bare_stays(const char *book);

/* `count` look-ups of 20 names by a prefix, by a range of the index. */
void bare_names(const char *book, int64_t count);

/* What they share. */
sqlite3 *bare_open(const char *book);
void bare_run(sqlite3 *database, const char *sql);
sqlite3_stmt *bare_prepare(sqlite3 *database, const char *sql);
void bare_step(sqlite3_stmt *statement); /* to the end, then reset */
uint64_t bare_random(uint64_t *state);

#endif
