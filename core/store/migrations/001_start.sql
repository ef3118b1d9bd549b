-- The spine and the history. Tables of kinds are made by core/model from their field tables.

create table meta (
  key   text primary key not null,
  value text
) strict;

-- The next id of the one id space; one row, written by the store at the end of a transaction.
create table sequence (
  next integer not null
) strict;
insert into sequence (next) values (1);

-- One unit of work; undo works on it. `undoes` names the unit that this one took back.
create table tx (
  id      integer primary key not null,
  at      text not null,
  actor   text not null,
  command text not null,
  reason  text,
  ruleset text,
  undoes  integer references tx(id)
) strict;
create index tx_undoes on tx(undoes) where undoes is not null;

-- One id space for everything. A deleted record keeps its row here and leaves its kind's table;
-- its values are then in `change`. `since` is when it began to exist for the business: imports
-- date it back.
create table record (
  id         integer primary key not null,
  kind       text not null,
  created_tx integer not null references tx(id),
  updated_tx integer not null references tx(id),
  deleted_tx integer references tx(id),
  since      text not null
) strict;
create index record_updated on record(updated_tx);

-- Every change of a column after creation; append-only. `at` is when it became true for the
-- business (imports date it back), which is the time that "as of" asks.
create table change (
  id     integer primary key not null,
  tx     integer not null references tx(id),
  record integer not null references record(id),
  field  text not null,
  old    any,
  new    any,
  at     text not null
) strict;
create index change_record on change(record, field, at);
create index change_tx on change(tx);

-- Every move of a record through a process, and every refused or forced attempt.
-- `seconds` is the time spent in the stage that was left; `verdict` is JSON.
create table transition (
  record     integer not null references record(id),
  seq        integer not null,
  tx         integer not null references tx(id),
  process    text not null,
  from_stage text,
  to_stage   text not null,
  outcome    text not null,
  at         text not null,
  seconds    integer,
  reason     text,
  verdict    text,
  primary key (record, seq)
) strict, without rowid;
create index transition_tx on transition(tx);

create table score (
  record    integer not null references record(id),
  scorecard text not null,
  points    real not null,
  grade     text,
  tx        integer not null references tx(id),
  ruleset   text not null,
  parts     text not null,
  primary key (scorecard, record)
) strict, without rowid;

create table ruleset (
  hash   text primary key not null,
  at     text not null,
  actor  text not null,
  source text not null
) strict;

-- What the workspace's scripts declared, as it stands in the tables.
create table kind (
  name   text primary key not null,
  custom integer not null
) strict;
create table field (
  kind   text not null references kind(name),
  name   text not null,
  type   text not null,
  target text,
  custom integer not null,
  primary key (kind, name)
) strict, without rowid;

create virtual table search using fts5(name, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
