#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bare.h"

static const char *const industries[] = {"medical", "retail",    "software", "finance",
                                         "",        "education", "industry", "public"};
static const char *const countries[] = {"Germany", "United States", "Россия", "France",
                                        "Kenya",   "Japan",         ""};
static const char *const cities[] = {"Berlin", "Boston", "Казань", "Lyon", "Nairobi", "Osaka", ""};

static void write_client(FILE *file, int64_t i, uint64_t *state) {
  unsigned place = (unsigned)(bare_random(state) % 7);
  unsigned employees = (unsigned)(bare_random(state) % 5000);
  unsigned revenue = (unsigned)(bare_random(state) % 900000000);
  unsigned founded = 1900 + (unsigned)(bare_random(state) % 120);
  const char *name = bare_random(state) % 2 ? "Client" : "ООО Ромашка";
  const char *industry = industries[bare_random(state) % 8];
  const char *mail = bare_random(state) % 5 ? "example.com" : "gmail.com";
  fprintf(file,
          "C%07" PRId64 ",%s %" PRId64 ",%s,%u,%u.00,%u,%s,%s,https://c%" PRId64
          ".example.com,mail%" PRId64 "@%s,+49 30 %07" PRId64 ",%s\n",
          i, name, i, industry, employees, revenue, founded, countries[place], cities[place], i, i,
          mail, i, bare_random(state) % 3 ? "fair" : "web");
}

void generate_clients(const char *csv, int64_t rows) {
  FILE *file = fopen(csv, "w");
  uint64_t state = 42;
  if (!file)
    abort();
  fputs("number,company,industry,employees,revenue,founded,country,city,website,email,phone,"
        "source\n",
        file);
  for (int64_t i = 1; i <= rows; i++)
    write_client(file, i, &state);
  if (fclose(file) != 0)
    abort();
}

/* Deals 1…n first, so that the moves know their ids; a seventh without an amount, a third closed.
 * What is not in its first stage has left it after one to ninety days. */
static const char deals_sql[] =
    "begin immediate;"
    "insert into tx(id, at, actor, command) values(1, '2026-01-01T00:00:00Z', 'bench', 'fill');"
    "create temp table n as with recursive n(i) as (select 1 union all select i + 1 from n"
    " where i < (select rows from size)) select i from n;"
    "insert into record(id, kind, created_tx, updated_tx, since) select i, 'deal', 1, 1,"
    " '2026-01-01T00:00:00Z' from n;"
    "insert into record(id, kind, created_tx, updated_tx, since) select rows + i, 'product', 1, 1,"
    " '2026-01-01T00:00:00Z' from n, size where i <= 7;"
    "insert into product(id, name, price, price_currency, active) select rows + i,"
    " 'product ' || i, i * 10000, 'USD', 1 from n, size where i <= 7;"
    "insert into deal(id, title, product, stage, amount, amount_currency, opened_on,"
    " value_statement, next_step, source) select i, 'Deal ' || i, rows + 1 + i % 7,"
    " case when i <= rows / 20 then 'prospecting' when i % 3 = 0 then 'won'"
    " when i % 2 = 0 then 'qualifying' else 'proof' end,"
    " case when i % 7 then i * 37 % 1000000 end, case when i % 7 then 'USD' end, '2025-12-01',"
    " 'saves a day a week', 'call', 'fair' from n, size;"
    "insert into transition(record, seq, tx, process, to_stage, outcome, at) select id, 1, 1,"
    " 'sale', 'prospecting', 'begun', '2026-01-01T00:00:00Z' from deal;"
    "insert into transition(record, seq, tx, process, from_stage, to_stage, outcome, at, seconds)"
    " select id, 2, 1, 'sale', 'prospecting', stage, 'moved', '2026-04-01T00:00:00Z',"
    " 86400 * (1 + id % 90) from deal where stage <> 'prospecting';"
    "update sequence set next = (select rows + 8 from size);"
    "commit";

void generate_deals(const char *book, int64_t rows) {
  char size[96];
  sqlite3 *database = bare_open(book);
  snprintf(size, sizeof size, "create temp table size as select %" PRId64 " as rows", rows);
  bare_run(database, size);
  bare_run(database, deals_sql);
  sqlite3_close(database);
}
