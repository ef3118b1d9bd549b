-- Which rule set is in force, a row each time that was decided; the newest counts. Without a rule set the files of the
-- workspace are in force as they are, as they are in a book without a row.

create table activation (
  tx      integer primary key not null references tx(id),
  ruleset text references ruleset(hash)
) strict;
