#!/usr/bin/env bats
# Sales and marketing plan together: what contradicts is found, with what to do, and the meeting has its agenda.
bats_require_minimum_version 1.5.0
load support

# Plans that agree: 80 responses of clinics, 90 meetings to work them, and 5 deals that both sides want.
setup_file() {
  "$DEALWRIGHT" -d "$BATS_FILE_TMPDIR/plans.db" --now 2026-01-05T09:00:00Z >/dev/null <<'LINES'
new user Ann team=North
new user Max team=Marketing
new segment clinics condition="industry=medical"
new campaign Expo type=exhibition owner=Max starts_on=2026-02-10 ends_on=2026-02-12
new goal "Q1 deals" owner=Ann whose=company metric=deals_won target=5 credible="a new product" starts_on=2026-01-01 ends_on=2026-03-31
new plan_item Cards side=marketing segment=clinics metric=responses target=80 campaign=Expo goal="Q1 deals" starts_on=2026-01-01 ends_on=2026-03-31
new plan_item Visits side=sales segment=clinics metric=meetings target=90 starts_on=2026-01-01 ends_on=2026-03-31
new plan_item Sold side=sales segment=clinics metric=deals_won target=5 goal="Q1 deals" starts_on=2026-01-01 ends_on=2026-03-31
new plan_item Brought side=marketing segment=clinics metric=deals_won target=5 goal="Q1 deals" starts_on=2026-01-01 ends_on=2026-03-31
LINES
}

prepare() {
  clock=(--now 2026-01-05T09:00:00Z)
  quarter=(starts_on=2026-01-01 ends_on=2026-03-31)
  cp "$BATS_FILE_TMPDIR/plans.db" sales.db
}

book() {
  dw "${clock[@]}" "$@" >/dev/null
}

# conflicts LINES...: the report lists just these, told by sort and items.
conflicts() {
  works "${clock[@]}" report plan_conflicts -f csv --columns conflict,items
  [ "$output" = "$(printf '%s\n' conflict,items "$@")" ] || { echo "$output"; return 1; }
}

@test "plans that agree have no conflict" {
  conflicts
  works "${clock[@]}" report plan_conflicts
  shows "The plans agree."
}

@test "without plans the report says how to begin" {
  works --now 2026-06-01T09:00:00Z report plan_conflicts
  shows "There is no plan yet; begin with: new plan_item"
}

@test "a segment that one side alone aims at is found, until the other side does" {
  book new segment schools condition="industry=education"
  book new plan_item Letters side=marketing segment=schools metric=responses target=5 "${quarter[@]}"
  conflicts "one side alone,#11"
  works "${clock[@]}" report plan_conflicts
  shows "marketing aims at 'schools', sales does not"
  shows 'new plan_item "…" side=sales segment="schools" metric=meetings target=… starts_on=2026-01-01 ends_on=2026-03-31'
  book new plan_item "School visits" side=sales segment=schools metric=meetings target=5 "${quarter[@]}"
  conflicts
}

@test "the other side has to aim at it on the same days" {
  book set Visits starts_on=2025-01-01 ends_on=2025-12-31
  book delete Sold --yes
  works --now 2025-12-01T09:00:00Z report plan_conflicts -f csv --columns conflict,items
  shows 'one side alone,"#6, #9"'
  shows "one side alone,#7"
}

@test "more responses than sales can meet are found" {
  book set Visits target=70
  conflicts 'more than can be met,"#6, #7"'
  works "${clock[@]}" report plan_conflicts
  shows "2026-01-01 to 2026-03-31: marketing promises 80 responses, sales plans 70 meetings"
  shows 'new plan_item "…" side=sales metric=meetings target=10 starts_on=2026-01-01 ends_on=2026-03-31'
}

# 90 meetings are spread over 90 days: 28 of them fall into February, when 40 responses come.
@test "meetings count on the days for which they are planned" {
  book set Cards starts_on=2026-02-01 ends_on=2026-02-28 target=40
  conflicts 'more than can be met,"#6, #7"'
  book set Cards target=28
  conflicts
}

@test "a campaign that ends after its goal is found, and the command mends it" {
  book set Expo starts_on=2026-03-30 ends_on=2026-04-02
  conflicts "too late for the goal,#6"
  works "${clock[@]}" report plan_conflicts
  shows "campaign 'Expo' runs until 2026-04-02, but goal 'Q1 deals' ends on 2026-03-31"
  shows "set #4 ends_on=2026-03-31"
  book set '#4' ends_on=2026-03-31
  conflicts
}

@test "a goal that counts one campaign needs it in time too" {
  book new goal "Of the fair" owner=Ann whose=company metric=deals_won target=1 campaign=Expo starts_on=2026-01-01 ends_on=2026-02-11 credible=new
  conflicts "too late for the goal,#10"
}

@test "different targets for the same metric are found" {
  book set Brought target=8
  works "${clock[@]}" report plan_conflicts -f csv --columns conflict,what,items
  shows '"deals won, 2026-01-01 to 2026-03-31: sales plans 5, marketing 8","#8, #9"'
  shows "goal 'Q1 deals' wants 5, the plan of marketing adds up to 8"
  book set Sold Brought target=8 --yes
  conflicts "different targets,#8" "different targets,#9"
  book set "Q1 deals" target=8
  conflicts
}

@test "a plan item says what is promised and when, or it is refused" {
  fails 1 new plan_item Wish side=sales
  says "is not accepted: promise, period"
  fails 1 new plan_item Wish side=sales metric=revenue target=5 "${quarter[@]}"
  says "revenue from won deals is money: its target is the field 'amount'"
  works new plan_item Wish side=sales metric=revenue amount=5000 "${quarter[@]}"
  [[ $stderr == *"it says whom it aims at (advice)"* ]]
}

@test "sync: new responses, unworked ones, conflicts, goals behind pace, and no new client" {
  book set Visits target=70
  dw --now 2026-02-10T10:00:00Z new response "Dr. Lee" campaign=Expo type=card received_at=2026-02-10T10:00:00Z >/dev/null
  dw --now 2026-02-10T10:00:00Z new response "Mr. Old" campaign=Expo type=card received_at=2026-02-01T10:00:00Z outcome=dismissed reason=student >/dev/null
  works --now 2026-02-14T09:00:00Z report sync -f markdown
  shows "| Expo | 1 | 1 |"
  shows "| Dr. Lee | Expo | Max | 4 |"
  hides "Mr. Old"
  shows "marketing promises 80 responses, sales plans 70 meetings"
  shows "| Q1 deals | Ann | 5 | 0 | 0.0 |"
  shows "There is no client yet"
  works --now 2026-02-14T09:00:00Z report sync since=2026-01-01 --lang ru
  shows "Новые отклики"
}

@test "the agenda of the meeting is made every monday" {
  works --now 2026-02-09T08:59:00Z tick
  works --now 2026-02-16T09:00:00Z tick
  shows "agenda of sales and marketing"
  shows "Goals behind pace"
  works --now 2026-02-16T09:01:00Z tick
  shows "nothing is due"
}
