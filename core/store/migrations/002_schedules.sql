-- What ran by itself, and when. A schedule is known by its name; what was due before the book first saw it is not
-- made up for.

create table known_schedule (
  name  text primary key not null,
  since text not null
) strict, without rowid;

-- Each attempt at what was due at one time. The row is written before the work begins, so that of several processes
-- one runs it; "done" is written with the work, in one transaction.
create table schedule_run (
  schedule text not null references known_schedule(name),
  due      text not null,
  attempt  integer not null,
  started  text not null,
  finished text,
  outcome  text not null,
  message  text,
  primary key (schedule, due, attempt)
) strict, without rowid;
