# What the best clients have in common, on the Maven data. Worked out by hand from the four files, apart from the program:
# won amounts per account, of which 140,086 is the third quartile (22 of 85 accounts reach it); revenue in quarters at
# 497.11, 1,223.72 and 2,741.37 million, employees at 1,179, 2,769 and 5,595 (nearest rank); for each band or value that
# 5 accounts have, how many of the 22 have it; Fisher's exact test from binomial coefficients (revenue from 2,741.37 million:
# 12 of 22 against 10 of 63, p = 0.0011746); and Benjamini & Hochberg over the 23 comparisons (0.0011746 × 23 / 2 = 0.01351).

bats_require_minimum_version 1.5.0
load support

prepare() {
  DATA="$BATS_TEST_DIRNAME/../../../shared/data/maven_crm"
  [ -d "$DATA" ] || skip "the Maven data set is not here ($DATA)"
  if [ ! -f "$BATS_FILE_TMPDIR/maven.db" ]; then
    dw -d "$BATS_FILE_TMPDIR/maven.db" --now 2026-06-01 import "$BATS_TEST_DIRNAME/../support/maven/import.lua" "$DATA" >/dev/null
  fi
  cp "$BATS_FILE_TMPDIR/maven.db" sales.db
}

# row FIELD LABEL: [in the group, among all, lift, chance, sure]
row() {
  jq -c --arg f "$1" --arg v "$2" '.rows[] | select(.title == $f and .value == $v)
    | [.group, .base, (.lift * 1000 | round / 1000), (.p * 100000 | round / 100000), .sure]' profile.json
}

@test "the best buyers of the Maven data are the large companies, and nothing else is sure" {
  dw -d sales.db -f json profile all=yes >profile.json
  [ "$(jq '.rows | length' profile.json)" -eq 23 ]
  [ "$(row Revenue "≥ 2,741,370,000.00 USD")" = '[12,22,2.107,0.01351,true]' ]
  [ "$(row Revenue "497,110,000.00 USD … < 1,223,720,000.00 USD")" = '[0,21,0,0.01351,true]' ]
  [ "$(row Employees "≥ 5595")" = '[11,22,1.932,0.03535,true]' ]
  [ "$(row Employees "< 1179")" = '[1,21,0.184,0.0381,true]' ]
  [ "$(row Industry software)" = '[3,7,1.656,0.64543,false]' ]
  [ "$(row Country "United States")" = '[19,71,1.034,1,false]' ]
  [ "$(jq '[.rows[] | select(.sure)] | length' profile.json)" -eq 6 ]
}

@test "the report gives what the command gives, and a condition or a segment names another group" {
  dw -d sales.db -f json profile >command.json
  dw -d sales.db -f json report profile >report.json
  [ "$(jq -c '[.rows[] | [.title, .value, .p]]' command.json)" = "$(jq -c '[.rows[] | [.title, .value, .p]]' report.json)" ]
  dw -d sales.db new segment clinics condition="industry=medical" >/dev/null
  dw -d sales.db -f json profile segment=clinics all=yes >segment.json
  dw -d sales.db -f json profile industry=medical all=yes >condition.json
  [ "$(jq -c .rows segment.json)" = "$(jq -c .rows condition.json)" ]
  [ "$(jq -c '.rows[0] | [.title, .value, .group, .base, .sure]' segment.json)" = '["Industry","medical",12,12,true]' ]
}

@test "a profile says whom it is about, and what it can't compare" {
  works -d sales.db profile
  shows "clients who bought for 140,086.00 USD or more (the best quarter of buyers): 22 of 85"
  shows "corrected for 23 comparisons"
  works -d sales.db profile industry=fishing
  shows "Nobody belongs to this group."
  works -d sales.db profile 'name!='
  shows "Everybody belongs to this group"
  fails 1 -d sales.db profile of=deal
  says "say which group"
  fails 1 -d sales.db profile fields=industri
  says "client has no field 'industri'"
}

@test "a profile of deals compares deals" {
  works -d sales.db profile of=deal stage=won fields=product all=yes -f json
  [ "$(jq '[.rows[].group] | add' <<<"$output")" -eq 4238 ]
  [ "$(jq '[.rows[].base] | add' <<<"$output")" -eq 8800 ]
}

@test "a suspect's likeness is explained field by field, and what was learned is kept" {
  dw -d sales.db new client Newco employees=7000 industry=software revenue=3000000000 country="United States" >/dev/null
  dw -d sales.db new client Smallco employees=70 >/dev/null
  works -d sales.db score lookalike
  works -d sales.db report lookalike -f json
  [ "$(jq -c '[.rows[].client]' <<<"$output")" = '["Newco","Smallco"]' ]
  jq -e '.rows[0] | .grade == "A" and .employees > 6 and .revenue > 6
    and (.points - (.industry + .size + .employees + .revenue + .country + .city + .source + .founded) | fabs) < 1e-9' <<<"$output"
  works -d sales.db score lookalike Newco -f json
  jq -e '([.rows[:-1][].points] | add) - .rows[-1].points | fabs < 1e-9' <<<"$output"
  hash=$(sqlite3 sales.db "select ruleset from score where scorecard = 'lookalike' limit 1")
  sqlite3 sales.db "select source from ruleset where hash = '$hash'" >learned
  [[ "$(head -1 learned)" == "-- what scorecard 'lookalike' learned under the rules "* ]]
  [ "$(tail -n +2 learned | jq -c '[.group, .base]')" = '[22,87]' ]
  newco=$(dw -d sales.db report lookalike -f json | jq '.rows[0].revenue')
  [ "$(tail -n +2 learned | jq '[.fields.revenue.values[].points] | max')" = "$newco" ]
}
