#!/usr/bin/env bats
# The constant search for new clients: how many came, from where, how far they went and how they like it.
bats_require_minimum_version 1.5.0
load support

# Three clients of January, one of February; one went on to prospect in January, one in February.
setup_file() {
  cd "$BATS_FILE_TMPDIR" || return 1
  at 2026-01-05 -d sales.db new client Alpha source=fair email=a@b.com satisfaction=5
  at 2026-01-06 new client Beta source=fair email=b@b.com satisfaction=4
  at 2026-01-20 new client Gamma email=c@b.com
  at 2026-01-25 set Alpha industry=medical
  at 2026-02-03 new client Delta source=site email=d@b.com
  at 2026-02-04 set Beta industry=medical
}

at() {
  local day=$1
  shift
  dw --now "${day}T09:00:00Z" "$@" >/dev/null
}

prepare() {
  cp "$BATS_FILE_TMPDIR/sales.db" sales.db
}

@test "new_clients: per month and source, and who came closer" {
  works --now 2026-02-10T09:00:00Z report new_clients -f csv
  [ "$output" = "period,source,clients,advanced,customers,share
2026-01,(unknown),1,0,0,0
2026-01,fair,2,2,0,0
2026-02,site,1,0,0,0" ]
  works --now 2026-02-10T09:00:00Z report new_clients per=week by_source=false -f csv --columns period,clients
  shows "2026-W02,2"
}

@test "a book without a new client for N days says so" {
  works --now 2026-02-10T09:00:00Z report new_clients
  hides "No new client"
  works --now 2026-02-17T09:00:00Z report new_clients
  shows "No new client for 14 days: the last came on 2026-02-03."
  works --now 2026-02-10T09:00:00Z report client_base quiet=7
  shows "No new client for 7 days"
  works --now 2026-02-17T09:00:00Z agenda
  shows "No new client for 14 days"
}

# On 1 February: Beta and Gamma suspects, Alpha a prospect. Since then Delta began and Beta went on.
@test "client_base: status at both ends, movement between, satisfaction" {
  works --now 2026-02-10T09:00:00Z report client_base since=2026-02-01 -f csv
  shows "Suspect,2,1,0,1,2,0,"
  shows "Prospect,1,0,1,0,2,2,4.5"
  shows "Customer,0,0,0,0,0,0,"
  shows "all,3,1,1,1,4,2,4.5"
}

@test "client_base of a period that is over counts back from today" {
  works --now 2026-02-10T09:00:00Z report client_base since=2026-01-01 till=2026-01-31 -f csv --columns status,before,new,came,went,after
  shows "Suspect,0,3,0,1,2"
  shows "Prospect,0,0,1,0,1"
  shows "all,0,3,1,1,3"
  january=$output
  works --now 2026-02-10T09:00:00Z report client_base since=2026-01 till=2026-01 -f csv --columns status,before,new,came,went,after
  [ "$output" = "$january" ]
  fails 1 report client_base since=2026-01..2026-02
}
