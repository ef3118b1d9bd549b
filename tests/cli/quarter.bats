#!/usr/bin/env bats
# A whole quarter on one book, with the clock: exhibition, cards, qualification, needs, presentation, proof, contract, loyal client; goals,
# plans, Fridays and refusals on the way. The figures below are worked out by hand from the story.
bats_require_minimum_version 1.5.0
load support

# on DAY COMMAND...: works at nine that day. not_on DAY PART COMMAND...: is refused there, and says PART.
on() {
  local day=$1
  shift
  "$DEALWRIGHT" -d "$DB" --now "${day}T09:00:00Z" "$@" >"$BATS_FILE_TMPDIR/said" 2>&1 ||
    { echo "$day $*: exit $?"; cat "$BATS_FILE_TMPDIR/said"; return 1; }
}

not_on() {
  local day=$1 part=$2
  shift 2
  if "$DEALWRIGHT" -d "$DB" --now "${day}T09:00:00Z" "$@" >"$BATS_FILE_TMPDIR/said" 2>&1; then
    echo "$day $*: not refused"
    return 1
  fi
  told "$part"
}

# told PART...: the last command said it.
told() {
  local part
  for part in "$@"; do
    grep -qF -- "$part" "$BATS_FILE_TMPDIR/said" || { echo "no '$part' in:"; cat "$BATS_FILE_TMPDIR/said"; return 1; }
  done
}

# Last quarter Ann won 9,000 and 6,000 of Old Clinic.
before() {
  on 2026-01-05 new user "Ann Lee" team=Sales
  on 2026-01-05 new user "Max Roe" team=Marketing
  on 2026-01-05 new product Scanner price=20000
  on 2026-01-05 new client "Old Clinic" industry=medical employees=800 phone="+1 555 0100" source=referral owner="Ann Lee"
  cat >"$BATS_FILE_TMPDIR/old.csv" <<'CSV'
title,client,owner,amount,opened,closed,state
First scanner,Old Clinic,Ann Lee,9000,2025-09-01,2025-11-20,won
Second scanner,Old Clinic,Ann Lee,6000,2025-10-01,2025-12-15,won
CSV
  cat >"$BATS_FILE_TMPDIR/old.lua" <<'LUA'
import { title = "Last year", file "old.csv" { kind = "deal", column "title" { to = "title" },
  column "client" { to = "client", by = "name" }, column "owner" { to = "owner", by = "name" }, column "amount" { to = "amount" },
  column "opened" { to = "opened_on" }, column "closed" { to = "closed_on" },
  stages "sale" { column = "state", word "won" { reached "won" { at = "closed" } } } } }
LUA
  on 2026-01-05 import "$BATS_FILE_TMPDIR/old.lua" "$BATS_FILE_TMPDIR/old.csv"
}

# Three times the 15,000 of last quarter is credible, a thousand more is not. Calls and meetings are means, not ends.
goals_and_plans() {
  local quarter=(starts_on=2026-01-01 ends_on=2026-03-31)
  not_on 2026-01-05 "goal Revenue is not accepted: achievable" \
    new goal Revenue owner="Ann Lee" whose=own metric=revenue amount=46000 "${quarter[@]}"
  on 2026-01-05 new goal Revenue owner="Ann Lee" whose=own metric=revenue amount=45000 "${quarter[@]}"
  not_on 2026-01-05 "meetings held is an effort" \
    new goal Visits owner="Ann Lee" whose=own metric=meetings target=4 credible="the exhibition" "${quarter[@]}"
  on 2026-01-05 new goal Visits owner="Ann Lee" whose=own metric=meetings target=4 credible="the exhibition" supports=Revenue "${quarter[@]}"
  on 2026-01-05 new segment clinics condition="industry=medical"
  on 2026-01-05 new campaign Expo type=exhibition owner="Max Roe" starts_on=2026-02-10 ends_on=2026-02-12 target_group=clinics
  on 2026-01-05 new plan_item "Cards of Expo" side=marketing segment=clinics metric=responses target=4 campaign=Expo goal=Revenue "${quarter[@]}"
  on 2026-01-05 new plan_item "Visits to clinics" side=sales segment=clinics metric=meetings target=2 "${quarter[@]}"
  on 2026-01-05 report plan_conflicts
  told "marketing promises 4 responses, sales plans 2 meetings"
  on 2026-01-05 set "Visits to clinics" target=4
  on 2026-01-05 report plan_conflicts
  told "The plans agree."
}

item() {
  on 2026-01-08 new checklist_item campaign=Expo who="Max Roe" "$@"
}

exhibition() {
  item what="book the stand" stage=preparing due=2026-01-20
  item what="write to the clinics" stage=inviting due=2026-01-20
  item what="take in every card" stage=running due=2026-02-12
  item what="write to everyone who left a card" stage=following_up due=2026-02-15
  not_on 2026-01-09 "it is known what it costs" advance Expo
  on 2026-01-09 set Expo cost=2500 message="half the waiting time"
  not_on 2026-01-09 "book the stand" advance Expo
  on 2026-01-12 set "book the stand" done=true
  on 2026-01-12 advance Expo
  not_on 2026-01-13 "somebody is invited" advance Expo
  on 2026-01-13 invite Expo
  on 2026-01-13 set "write to the clinics" done=true
  on 2026-01-13 advance Expo
}

# Four cards: a clinic, a student, somebody of Old Clinic, a school. Nothing is closed before each has its outcome.
cards() {
  on 2026-02-10 card "Eva Stone, head physician, Hill Clinic, eva@hill.example, +1 555 0101"
  on 2026-02-10 card "Tom Young, tom@student.example"
  on 2026-02-11 card "Ann Grey, Old Clinic, grey@old.example"
  told "likely client" "Old Clinic"
  on 2026-02-11 card "Rita Moss, North School, rita@school.example"
  on 2026-02-12 set "take in every card" done=true
  on 2026-02-13 advance Expo
  on 2026-02-13 report sync
  told "Eva Stone" "Rita Moss" "No new client for 39 days"
  not_on 2026-02-13 "4 responses are not worked" advance Expo
  on 2026-02-13 convert "Eva Stone"
  not_on 2026-02-13 "dismiss" set "Tom Young" outcome=dismissed
  on 2026-02-13 dismiss "Tom Young" "a student"
  on 2026-02-13 convert "Ann Grey" to="Old Clinic"
  on 2026-02-16 convert "Rita Moss"
  on 2026-02-16 set "write to everyone who left a card" done=true
  on 2026-02-16 advance Expo
}

# Old Clinic is visited on Tuesday 20 January.
old_clinic() {
  on 2026-01-16 meet "Old Clinic" 2026-01-20 10:00 1h "how the scanners do"
  on 2026-01-16 agenda next
  told "2026-01-20 10:00" "how the scanners do"
  on 2026-01-20 prepare "Old Clinic"
  told "Briefing: Old Clinic"
  on 2026-01-20 meet "Old Clinic" 1h "they may want a third one" prepared=2h
}

# On Friday 20 February the week's plan is made by itself, once: the deal that was just begun needs a meeting.
friday() {
  on 2026-02-16 tick
  on 2026-02-20 tick
  told "plan next week"
  on 2026-02-20 tick
  told "nothing is due"
  on 2026-02-20 agenda next
  told "Scanners"
}

qualification() {
  on 2026-02-16 set "Hill Clinic" industry=medical employees=1500
  told "suspect → prospect (automatic)"
  on 2026-02-16 new deal Scanners client="Hill Clinic" owner="Ann Lee" campaign=Expo opened_on=today
  on 2026-02-16 advance Scanners
  not_on 2026-02-17 "our added value for this client is written down" advance Scanners
  on 2026-02-17 new value_statement statement="half the waiting time" product=Scanner evidence="measured at Old Clinic"
  on 2026-02-17 set Scanners value="half the waiting time"
  on 2026-02-18 meet Scanners 1h "shown round the ward" prepared=4h next="send the calculation"
  on 2026-02-18 advance Scanners
}

needs_and_presentation() {
  not_on 2026-02-19 "at least one need is confirmed by the client" advance Scanners
  on 2026-02-19 new need deal=Scanners statement="patients wait two hours" benefit=cost amount=60000 priority=1
  not_on 2026-02-20 "at least one need is confirmed" advance Scanners
  on 2026-02-20 set "patients wait two hours" confirmed=true
  on 2026-02-20 advance Scanners
  not_on 2026-02-24 "the client was told the price" advance Scanners
  on 2026-02-24 set Scanners product=Scanner quoted=42000 amount=42000 expected_close=2026-03-20
  on 2026-02-25 new objection deal=Scanners statement="it is too dear" type=price must_have=true
  on 2026-02-25 advance Scanners
}

proof_and_contract() {
  not_on 2026-02-27 "nothing accepted proves: patients wait two hours" advance Scanners
  on 2026-02-27 new proof deal=Scanners need="patients wait two hours" claim="halved at Old Clinic" type=reference
  not_on 2026-03-02 "nothing accepted proves" advance Scanners
  on 2026-03-03 set "halved at Old Clinic" accepted=true
  on 2026-03-03 advance Scanners
  not_on 2026-03-10 "no objection stands that rules the contract out" win Scanners
  told "the contract is dated" "the decision maker is named"
  on 2026-03-12 set "it is too dear" answer="60,000 a year against 42,000 once" resolved=true
  on 2026-03-12 set Scanners contract_date=today decision_maker="Eva Stone"
  on 2026-03-12 win Scanners
  told "prospect → customer (automatic)"
}

lost_school() {
  on 2026-03-02 new deal Schooling client="North School" owner="Ann Lee" campaign=Expo opened_on=today
  on 2026-03-02 advance Schooling
  not_on 2026-03-03 "the client fits us" advance Schooling
  not_on 2026-03-05 "lost" lose Schooling
  on 2026-03-05 set Schooling lost_reason=no_need lost_note="a school does not scan"
  on 2026-03-05 lose Schooling --reason "no need"
}

# The same client buys again, this time past the missing contract, which needs a reason and is reported; then it is loyal.
loyal_client() {
  on 2026-03-16 new deal Service client="Hill Clinic" owner="Ann Lee" product=Scanner value="half the waiting time" opened_on=today
  on 2026-03-16 advance Service
  on 2026-03-17 advance Service
  on 2026-03-18 new need deal=Service statement="no day without a scanner" benefit=ease amount=20000 confirmed=true
  on 2026-03-18 advance Service
  on 2026-03-19 set Service quoted=8000 amount=8000
  on 2026-03-20 advance Service
  on 2026-03-23 meet Service 30m "the contract" prepared=1h
  on 2026-03-24 new proof deal=Service need="no day without a scanner" claim="replaced within four hours" type=certificate accepted=true
  on 2026-03-24 advance Service
  not_on 2026-03-25 "the contract is dated" win Service
  on 2026-03-25 win Service --force --reason "the director is abroad until April"
  not_on 2026-03-27 "they are satisfied" advance "Hill Clinic"
  on 2026-03-30 set "Hill Clinic" satisfaction=5
  told "customer → loyal (automatic)"
}

setup_file() {
  export DB="$BATS_FILE_TMPDIR/quarter.db" LC_ALL=C.UTF-8 TZ=UTC
  before
  goals_and_plans
  exhibition
  old_clinic
  cards
  qualification
  needs_and_presentation
  friday
  proof_and_contract
  lost_school
  loyal_client
}

# ends ARGUMENT...: a report on the last day of the quarter, as CSV.
ends() {
  works -d "$DB" --now 2026-03-31T18:00:00Z "$@" -f csv
}

# 42,000 of Scanners and 8,000 of Service: 50,000 of 45,000. Meetings: Old Clinic, the ward, the contract: 3 of 4.
@test "the goals: 50,000 of 45,000, and three of four visits" {
  ends report goals --columns goal,target,actual,state
  shows "Revenue,45000.00,50000.00,reached"
  shows "Visits,4,3,missed"
  ends report quota --columns owner,target,actual
  shows "Ann Lee,45000.00,50000.00"
}

@test "halfway the goals were behind their pace" {
  works -d "$DB" --now 2026-02-14T09:00:00Z --as-of 2026-02-14T09:00:00Z report goals -f csv --columns goal,actual,pace,state
  shows "Revenue,0.00,22500.00,behind"
  shows "Visits,1,2,behind"
}

# Two won, one lost since January: 66.67 %.
@test "the win rate: two of three" {
  ends report win_rate since=2026-01-01 --columns deals,won,lost,win_rate,won_amount
  shows "3,2,1,0.6666666666666666,50000.00"
}

# Opened 16 February, won 12 March: 24 days. 16 to 25 March: 9 days. The mean is 16.5.
@test "the cycle: 24 and 9 days" {
  ends report cycle since=2026-01-01
  shows "16.5"
}

# 50,000 ÷ 2,500 is 20; three clients touched it first: Hill Clinic, Old Clinic's card, North School.
@test "the exhibition: four cards worked in time, and twenty times its cost" {
  ends report followup --columns campaign,responses,in_time,dismissed,unworked,rate
  shows "Expo,4,4,1,0,1"
  ends report campaigns
  shows "Expo,exhibition,4,3,3,2,50000.00,2500.00,20"
}

@test "the client base: one loyal client, one customer, one suspect" {
  ends report client_base since=2026-02-01 --columns status,before,new,came,went,after
  shows "Suspect,0,2,0,1,1"
  shows "Prospect,0,0,1,1,0"
  shows "Customer,1,0,1,1,1"
  shows "Loyal customer,0,0,1,0,1"
  ends report new_clients since=2026-01-01 --columns period,source,clients,customers
  shows "2026-01,referral,1,1"
  shows "2026-02,Expo,2,1"
}

@test "the refusals are counted, and what was forced is told with its reason" {
  ends report gates since=2026-01-01 --columns from_stage,criterion,asked,refused,overridden
  shows "needs_analysis,confirmed_need,4,2,0"
  shows "closing,contract,4,2,1"
  ends report overrides since=2026-01-01
  shows "the director is abroad until April"
  [ "${#lines[@]}" -eq 2 ]
}

@test "the price was told after a confirmed need, and objected to once in two deals" {
  ends report objections since=2026-01-01
  shows "after a confirmed need,2,1,0.5"
}

@test "plans and campaign agree to the end" {
  ends report plan_conflicts since=2026-01-01
  hides "different"
  [ "${#lines[@]}" -eq 1 ]
}

@test "the client's way is in its history" {
  ends list transition 'client=Hill Clinic' --columns stage,at,outcome
  [ "$output" = "stage,at,outcome
suspect,2026-02-13T09:00:00Z,begun
prospect,2026-02-16T09:00:00Z,promoted
customer,2026-03-12T09:00:00Z,promoted
loyal,2026-03-30T09:00:00Z,promoted" ]
}

@test "the end of the quarter can be taken back and done again" {
  works -d "$DB" undo 3 --yes
  ends report goals every=true --columns goal,actual
  shows "Revenue,42000.00"
  works -d "$DB" redo --yes
  works -d "$DB" redo --yes
  works -d "$DB" redo --yes
  ends report goals --columns goal,actual
  shows "Revenue,50000.00"
}
