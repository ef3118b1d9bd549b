# The main job on real data: every figure group that win_rate and cycle cover is compared with figures that
# nobody on this project computed.

setup_file() {
  export DATA="$BATS_TEST_DIRNAME/../../../shared/data/maven_crm"
  [ -d "$DATA" ] || return 0 # each test says so: this bats cannot skip from here
  export HERE="$BATS_TEST_DIRNAME/../support/maven"
  export TEMPORARY="$BATS_FILE_TMPDIR"
  export DB="$TEMPORARY/maven.db"
  "$DEALWRIGHT" -d "$DB" --now 2026-06-01 import "$HERE/import.lua" "$DATA"
}

setup() {
  [ -d "$DATA" ] || skip "the Maven data set is not here ($DATA)"
}

dealwright() {
  "$DEALWRIGHT" -d "$DB" --now 2026-06-01 "$@"
}

# compare GROUP BY [DB]: the group of truth.json against the reports by BY.
compare() {
  local answer
  "$DEALWRIGHT" -d "${3:-$DB}" -f json report win_rate "by=$2" >"$BATS_TEST_TMPDIR/win.json"
  "$DEALWRIGHT" -d "${3:-$DB}" -f json report cycle "by=$2" >"$BATS_TEST_TMPDIR/cycle.json"
  answer=$(jq -n -c --argjson truth "$(jq ".$1" "$DATA/truth.json")" \
    --argjson win "$(jq .rows "$BATS_TEST_TMPDIR/win.json")" \
    --argjson cycle "$(jq .rows "$BATS_TEST_TMPDIR/cycle.json")" -f "$HERE/compare.jq")
  echo "$1: $answer"
  [ "$(jq '.different | length' <<<"$answer")" -eq 0 ]
  [ "$(jq .compared <<<"$answer")" -eq "$(jq ".$1 | length * 10" "$DATA/truth.json")" ]
}

field() { # field REPORT COLUMN [PARAM…]: the value in the first row
  local report=$1 column=$2
  shift 2
  dealwright -f json report "$report" "$@" | jq -r ".rows[0].$column | if type == \"object\" then .amount else . end"
}

@test "the four files are imported whole" {
  [ "$(dealwright -f json list deal --columns id --limit 0 | jq '.rows | length')" -eq 8800 ] ||
    [ "$(dealwright -f csv list deal --columns id | tail -n +2 | wc -l)" -eq 8800 ]
  [ "$(dealwright -f csv list client --columns id | tail -n +2 | wc -l)" -eq 85 ]
  [ "$(dealwright -f csv list product --columns id | tail -n +2 | wc -l)" -eq 7 ]
  [ "$(dealwright -f csv list user --columns id | tail -n +2 | wc -l)" -eq 35 ]
}

@test "the win rate is 63.15 % of closed and 48.16 % of all" {
  run dealwright report win_rate
  [[ $output == *"63.15 %"* ]]
  [[ $output == *"48.16 %"* ]]
  [[ $output == *"10,005,534.00"* ]]
  [ "$(field win_rate won)" -eq 4238 ]
  [ "$(field win_rate lost)" -eq 2473 ]
}

@test "the open pipeline holds 1,589 engaging and 500 prospecting deals, priced as published" {
  dealwright -f json report pipeline >"$BATS_TEST_TMPDIR/pipeline.json"
  jq -e --slurpfile truth "$DATA/truth.json" '
    (.rows | map({key: .stage, value: .}) | from_entries) as $r
    | $r.qualifying.deals == 1589 and $r.prospecting.deals == 500
      and ($r.qualifying.list_price.amount | tonumber) == $truth[0].open_pipeline_at_list_price.Engaging
      and ($r.prospecting.list_price.amount | tonumber) == $truth[0].open_pipeline_at_list_price.Prospecting
  ' "$BATS_TEST_TMPDIR/pipeline.json"
}

@test "the cycle of won, lost and closed deals is as published" {
  dealwright -f json report cycle >"$BATS_TEST_TMPDIR/cycle.json"
  jq -e --slurpfile truth "$DATA/truth.json" '
    def near($a; $b): (($a - $b) | fabs) < 0.0001;
    .rows[0] as $r | $truth[0].cycle_days as $t
    | near($r.won_days; $t.won.mean) and $r.won_median == $t.won.median
      and near($r.lost_days; $t.lost.mean) and $r.lost_median == $t.lost.median
      and near($r.closed_days; $t.closed.mean) and $r.closed_median == $t.closed.median
      and $r.won_shortest == $t.won.min and $r.won_longest == $t.won.max
  ' "$BATS_TEST_TMPDIR/cycle.json"
}

@test "won deals are worth 2,360.91 on average, 1,117 in the middle, 38 to 30,288" {
  dealwright -f json report won_amounts >"$BATS_TEST_TMPDIR/won.json"
  jq -e '.rows[0] | (.average.amount == "2360.91") and (.middle.amount == "1117.00")
    and (.smallest.amount == "38.00") and (.largest.amount == "30288.00")' "$BATS_TEST_TMPDIR/won.json"
}

@test "figures by agent" { compare by_agent owner; }
@test "figures by manager" { compare by_manager team; }
@test "figures by region" { compare by_region region; }
@test "figures by product" { compare by_product_normalised product; }
@test "figures by series" { compare by_series series; }
@test "figures by sector" { compare by_sector_raw industry; }
@test "figures by country" { compare by_country_raw country; }
@test "figures by account" { compare by_account client; }
@test "figures by quarter of close" { compare by_close_quarter closed_quarter; }
@test "figures by month of close" { compare by_close_month closed_month; }
@test "figures by quarter of engagement" { compare by_engage_quarter_cohort opened_quarter; }
@test "figures by month of engagement" { compare by_engage_month_cohort opened_month; }

@test "agents without closed deals have no win rate, not zero" {
  dealwright -f json report win_rate by=owner >"$BATS_TEST_TMPDIR/win.json"
  jq -e --slurpfile truth "$DATA/truth.json" '
    [.rows[] | select(.win_rate == null) | .group] | sort == ($truth[0].agents_without_deals | sort)
  ' "$BATS_TEST_TMPDIR/win.json"
  run dealwright -f csv report win_rate by=owner
  [[ $output == *$'\nCarl Lin,0,0,0,0,,'* ]]
}

@test "stale deals at the end of 2017 are those that were engaged too long" {
  dealwright --as-of 2017-12-31 -f json report stale >"$BATS_TEST_TMPDIR/stale.json"
  jq -e '[.rows[] | select(.stage == "qualifying" and .days > 138)] | length == 1291' "$BATS_TEST_TMPDIR/stale.json"
}

@test "the oldest engaged deal at the end of 2017, and how many are older than any that closed, are as published" {
  dealwright --as-of 2017-12-31 -f json report stale >"$BATS_TEST_TMPDIR/stale.json"
  jq -e --slurpfile truth "$DATA/truth.json" '$truth[0] as $t
    | [.rows[] | select(.stage == "qualifying") | .days] | sort as $d | ($t.engaging_age_days_asof_2017_12_31) as $a
    | ([.[] | select(. > 138)] | length) == $t.engaging_older_than_138d_max_closed_cycle
      and $d[-1] == $a.max and (length <= $a.n) and $d[0] >= $a.min
  ' "$BATS_TEST_TMPDIR/stale.json"
}

@test "how much the largest accounts bring is as published" {
  dealwright -f json report win_rate by=client >"$BATS_TEST_TMPDIR/clients.json"
  jq -e --slurpfile truth "$DATA/truth.json" '
    [.rows[].won_amount | select(. != null) | .amount | tonumber] | sort | reverse | . as $won | add as $all
    | [$truth[0].account_concentration_pct | to_entries[]
       | (.value - ($won[:(.key | tonumber)] | add) / $all * 100) | fabs < 0.00501] | all' "$BATS_TEST_TMPDIR/clients.json"
}

@test "lost deals are worth 0, open ones have no amount" {
  [ "$(dealwright -f csv list deal stage=lost 'amount=0 USD' --columns id | tail -n +2 | wc -l)" -eq "$(jq '.lost_values["0"]' "$DATA/truth.json")" ]
  for word in Engaging:qualifying Prospecting:prospecting; do
    for column in account:client close_date:closed_on close_value:amount engage_date:opened_on; do
      [ "$(dealwright -f csv list deal "stage=${word#*:}" "${column#*:}=" --columns id | tail -n +2 | wc -l)" -eq \
        "$(jq ".blanks_by_stage.${word%:*}.${column%:*}" "$DATA/truth.json")" ]
    done
  done
}

@test "first and last days of engaging and closing" {
  for column in engage_date:opened_on close_date:closed_on; do
    field=${column#*:}
    range="$(dealwright -f csv list deal "$field!=" --columns "$field" --sort "$field" --limit 1 | tail -1) $(dealwright -f csv list deal "$field!=" --columns "$field" --sort "-$field" --limit 1 | tail -1)"
    [ "$range" = "$(jq -r ".date_ranges.${column%:*} | join(\" \")" "$DATA/truth.json")" ]
  done
}

@test "an import again changes nothing" {
  run dealwright import "$HERE/import.lua" "$DATA"
  [ "$status" -eq 0 ]
  [[ $output == *"8800 rows, 0 created, 0 updated, 8800 unchanged, 0 rejected"* ]]
}

variant() { # variant FILE [OPTION…]: imported in the place of the pipeline file
  local file=$1
  shift
  "$DEALWRIGHT" -d "$BATS_TEST_TMPDIR/variant.db" --now 2026-06-01 import "$HERE/import.lua" "$DATA" \
    --replace "sales_pipeline.csv=$DATA/variants/$file" "$@"
}

@test "month-first dates are refused until the order is said, then give the same figures" {
  run variant us_dates.csv
  [ "$status" -eq 65 ]
  [[ $output == *"order"* ]]
  variant us_dates.csv --date-order mdy
  compare by_close_quarter closed_quarter "$BATS_TEST_TMPDIR/variant.db"
  compare by_agent owner "$BATS_TEST_TMPDIR/variant.db"
}

@test "day-first dates are refused until the order is said, then give the same figures" {
  run variant day_month_year.csv
  [ "$status" -eq 65 ]
  variant day_month_year.csv --date-order dmy
  compare by_close_quarter closed_quarter "$BATS_TEST_TMPDIR/variant.db"
  compare by_agent owner "$BATS_TEST_TMPDIR/variant.db"
}

@test "line endings do not matter" {
  variant lf_endings.csv
  compare by_close_quarter closed_quarter "$BATS_TEST_TMPDIR/variant.db"
  compare by_agent owner "$BATS_TEST_TMPDIR/variant.db"
}

@test "amounts written 1054.0 and closed deals only give the same closed figures" {
  variant float_values_closed_only.csv
  "$DEALWRIGHT" -d "$BATS_TEST_TMPDIR/variant.db" -f json report win_rate >"$BATS_TEST_TMPDIR/win.json"
  jq -e '.rows[0] | .won == 4238 and .lost == 2473 and .won_amount.amount == "10005534.00"' "$BATS_TEST_TMPDIR/win.json"
}

@test "the rules lab on the imported history: a gate for small contracts stops the moves that SQL counts" {
  cp -r "$BATS_TEST_DIRNAME/../../scripts" "$BATS_TEST_TMPDIR/rules"
  sed -i '/^stage "sale.won" {/a\
  enter = { must "worth_it" { "at least 1,000", check = function(deal) return deal.amount ~= nil and deal.amount >= 1000 end } },' \
    "$BATS_TEST_TMPDIR/rules/stages/sale/ends.lua"
  dealwright -f csv rules backtest "$BATS_TEST_TMPDIR/rules" --process sale --columns id,effect,moves,won,lost >"$BATS_TEST_TMPDIR/lab.csv"
  small=$(sqlite3 "$DB" "select count(*) from deal where stage = 'won' and amount < 100000")
  [ "$small" -gt 0 ]
  grep -qx "sale.won.worth_it,refused,$small,$small,0" "$BATS_TEST_TMPDIR/lab.csv"
}
