# A real marketing funnel: qualified leads, closed deals and sellers. Every group of figures in truth.json is compared with
# what the reports say.

setup_file() {
  export DATA="$BATS_TEST_DIRNAME/../../../shared/data/olist_funnel"
  [ -d "$DATA" ] || return 0 # each test says so: this bats cannot skip from here
  export HERE="$BATS_TEST_DIRNAME/../support/olist"
  export HOME="$BATS_FILE_TMPDIR" LC_ALL=C.UTF-8 TZ=UTC
  export BOOK="$BATS_FILE_TMPDIR/olist"
  "$DEALWRIGHT" init "$BOOK"
  cp -r "$HERE/kinds" "$HERE/reports" "$BOOK"
  "$DEALWRIGHT" -w "$BOOK" -d "$BOOK/olist.db" --now 2019-01-01 import "$HERE/import.lua" "$DATA" >"$BOOK/said"
  "$DEALWRIGHT" -w "$BOOK" -d "$BOOK/olist.db" --now 2019-01-01 -f json report olist >"$BOOK/figures.json"
}

setup() {
  [ -d "$DATA" ] || skip "the Olist data set is not here ($DATA)"
  export DB="$BOOK/olist.db"
}

dealwright() {
  "$DEALWRIGHT" -w "$BOOK" -d "$DB" --now 2019-01-01 "$@"
}

truth() {
  jq "$1" "$DATA/truth.json"
}

# compare GROUP FIELDS REPORT [PARAM]: the group of truth.json against the rows of the report.
compare() {
  local answer
  dealwright -f json report "$3" ${4:+"$4"} | jq .rows >"$BATS_TEST_TMPDIR/rows.json"
  answer=$(jq -n -c --argjson truth "$(truth ".$1")" --slurpfile rows "$BATS_TEST_TMPDIR/rows.json" \
    --argjson fields "$2" -f <(sed 's/\$rows |/$rows[0] |/' "$HERE/compare.jq"))
  echo "$1: $answer"
  [ "$answer" = '[]' ]
}

# counted GROUP BY: the closed deals by something.
counted() {
  compare "$1" '{"deals": "deals"}' closed "by=$2"
  [ "$(jq 'length' "$BATS_TEST_TMPDIR/rows.json")" -eq "$(truth ".$1 | length")" ]
}

figure() {
  jq --arg f "$1" '.rows[] | select(.figure == $f) | .value' "$BOOK/figures.json"
}

# close A B MARGIN
close() {
  jq -n -e --argjson a "$1" --argjson b "$2" --argjson m "$3" '($a - $b) | fabs <= $m' >/dev/null ||
    { echo "$1 is not $2" >&2; return 1; }
}

funnel='{"mql": "leads", "closed": "won", "rate_pct": "conversion"}'

@test "leads, closed deals and sellers are imported whole" {
  cat "$BOOK/said"
  grep -q "20779 rows: 19937 created, 841 updated, 1 unchanged, 0 rejected" "$BOOK/said"
  [ "$(dealwright -f csv list client --columns id | tail -n +2 | wc -l)" -eq "$(truth .distinct_mql)" ]
  [ "$(dealwright -f csv list deal stage=won --columns id | tail -n +2 | wc -l)" -eq "$(truth .distinct_closed_mql)" ]
  [ "$(dealwright -f csv list campaign --columns id | tail -n +2 | wc -l)" -eq "$(truth .landing_pages)" ]
  [ "$(dealwright -f csv list seller city!= --columns id | tail -n +2 | wc -l)" -eq "$(truth .sellers_rows)" ]
}

@test "10.525 % of the leads bought, 7,158 did not" {
  dealwright -f json report sources by=all >"$BATS_TEST_TMPDIR/all.json"
  jq -e --slurpfile t "$DATA/truth.json" '.rows[0] as $r | $t[0] as $t
    | ($r.conversion * 100 - $t.conversion_pct | fabs) < 1e-9 and $r.leads - $r.won == $t.mql_without_deal
      and $r.low < $r.conversion and $r.conversion < $r.high' "$BATS_TEST_TMPDIR/all.json"
}

@test "whole days until they bought" {
  dealwright -f json report sources by=all >"$BATS_TEST_TMPDIR/all.json"
  jq -e --slurpfile t "$DATA/truth.json" '.rows[0] as $r | $t[0].days_to_close_whole as $t
    | ($r.days - $t.mean | fabs) < 0.0001 and $r.days_median == $t.median and $r.fastest == $t.min and $r.slowest == $t.max' \
    "$BATS_TEST_TMPDIR/all.json"
  for share in 0.25 0.5 0.75; do
    i=$(jq -n "$share * 4 - 1")
    close "$(figure "whole days $share")" "$(truth ".days_quartiles_inclusive[$i]")" 0
  done
}

@test "days and parts of days until they bought" {
  close "$(figure "days sum")" "$(truth .days_to_close_fractional.sum)" 0.0001
  close "$(figure "days 0")" "$(truth .days_to_close_fractional.min)" 1e-9
  close "$(figure "days 0.5")" "$(truth .days_to_close_fractional.median)" 1e-9
  close "$(figure "days 1")" "$(truth .days_to_close_fractional.max)" 1e-9
}

@test "how many bought within a week, a month, a year of the first contact" {
  for days in 7 30 60 90 180 365; do
    close "$(figure "within $days")" "$(truth ".closed_within_days[\"$days\"]")" 0
  done
}

@test "the one who bought before the first contact is counted, and told" {
  [ "$(truth .negative_days)" -eq 1 ]
  run dealwright report sources
  [[ $output == *"1 client bought before the first response: its days are negative."* ]]
}

@test "conversion by origin; an empty one is not 'unknown'" {
  compare by_origin "$funnel" sources
  [ "$(jq length "$BATS_TEST_TMPDIR/rows.json")" -eq "$(truth '.by_origin | length')" ]
  [ "$(jq '.[] | select(.group == "(unset)") | .leads' "$BATS_TEST_TMPDIR/rows.json")" -eq "$(truth .origin_blank_vs_unknown.blank)" ]
  [ "$(jq '.[] | select(.group == "unknown") | .leads' "$BATS_TEST_TMPDIR/rows.json")" -eq "$(truth .origin_blank_vs_unknown.unknown)" ]
}

@test "days by origin" { compare days_to_close_by_origin '{"n": "won", "mean": "days", "median": "days_median"}' sources; }
@test "conversion by month of first contact" { compare by_contact_month "$funnel" sources by=month; }
@test "conversion by landing page" { compare by_landing_page_top10 "$funnel" sources by=campaign; }
@test "closed deals by month" { counted won_by_month month; }
@test "closed deals by business segment" { counted closed_by_business_segment segment; }
@test "closed deals by type of lead" { counted closed_by_lead_type lead_type; }
@test "closed deals by behaviour" { counted closed_by_lead_behaviour_profile behaviour; }
@test "closed deals by type of business" { counted closed_by_business_type business_type; }
@test "closed deals by having a company" { counted closed_by_has_company has_company; }
@test "closed deals by having a GTIN" { counted closed_by_has_gtin has_gtin; }
@test "closed deals by average stock" { counted closed_by_average_stock average_stock; }

@test "the five who closed and who qualified most" {
  for who in sr sdr; do
    compare "closed_by_${who}_top5 | map({key: .[0], value: .[1]}) | from_entries" '{"deals": "deals"}' closed "by=$who"
    [ "$(jq '[.[].deals][:5]' -c "$BATS_TEST_TMPDIR/rows.json")" = "$(truth "[.closed_by_${who}_top5[][1]]" | jq -c .)" ]
  done
}

@test "people, sellers, catalogues and declared revenue" {
  close "$(figure sdrs)" "$(truth .distinct_sdr_id)" 0
  close "$(figure srs)" "$(truth .distinct_sr_id)" 0
  close "$(figure sellers)" "$(truth .distinct_seller_id)" 0
  close "$(figure "sdr is sr")" "$(truth .same_person_sdr_and_sr)" 0
  close "$(figure "sellers with an address")" "$(truth .closed_sellers_found_in_sellers)" 0
  close "$(figure "catalog n")" "$(truth .declared_catalog.n)" 0
  close "$(figure "catalog sum")" "$(truth .declared_catalog.sum)" 0
  close "$(figure "catalog mean")" "$(truth .declared_catalog.mean)" 0.0001
  close "$(figure "catalog median")" "$(truth .declared_catalog.median)" 0
  close "$(figure "revenue sum")" "$(truth .declared_monthly_revenue.sum)" 0
  close "$(figure "revenue median")" "$(truth .declared_monthly_revenue.median)" 0
  close "$(figure "revenue above nothing")" "$(truth .revenue_nonzero)" 0
}

@test "first and last days" {
  [[ $(dealwright -f csv list response --columns received_at --sort received_at --limit 1 | tail -1) == "$(jq -r '.ranges.first_contact[0]' "$DATA/truth.json")"* ]]
  [[ $(dealwright -f csv list response --columns received_at --sort -received_at --limit 1 | tail -1) == "$(jq -r '.ranges.first_contact[1]' "$DATA/truth.json")"* ]]
  [[ $(dealwright -f csv list deal --columns won_at --sort won_at --limit 1 | tail -1) == "$(jq -r '.ranges.won[0] | sub(" "; "T")' "$DATA/truth.json")"* ]]
  [[ $(dealwright -f csv list deal --columns won_at --sort -won_at --limit 1 | tail -1) == "$(jq -r '.ranges.won[1] | sub(" "; "T")' "$DATA/truth.json")"* ]]
}

# Who buys? By hand: of the 842 buyers 179 came from `unknown`, of the 8,000 leads 1,099: 21.26 % against 13.74 %, lift 1.5475;
# of e-mail 15 against 493: lift 0.2891. Fisher's exact test of 179 of 842 against 920 of 7,158 from binomial coefficients:
# p = 2.3e-10, corrected for 11 comparisons 8.3e-10 at most.
@test "the profile of the buyers says where they come from" {
  dealwright -f json profile 'won_deals>0' fields=source all=yes >"$BATS_TEST_TMPDIR/profile.json"
  jq -e '[.rows[] | select(.value == "unknown")][0] | .group == 179 and .base == 1099 and (.lift - 1.5475 | fabs) < 0.0001
    and .p < 1e-8 and .sure' "$BATS_TEST_TMPDIR/profile.json"
  jq -e '[.rows[] | select(.value == "email")][0] | .group == 15 and (.lift - 0.2891 | fabs) < 0.0001 and .sure' "$BATS_TEST_TMPDIR/profile.json"
  jq -e '[.rows[] | select(.value == "(unset)")][0] | .group == 14 and .base == 60 and .sure' "$BATS_TEST_TMPDIR/profile.json"
  jq -e '[.rows[] | select(.value == "referral")][0].sure == false' "$BATS_TEST_TMPDIR/profile.json"
}

@test "the export with day-first dates and CRLF gives the same, once the order is said" {
  local leads=olist_marketing_qualified_leads_dataset.csv
  DB="$BATS_TEST_TMPDIR/variant.db"
  run dealwright import "$HERE/import.lua" "$DATA" --replace "$leads=$DATA/olist_mql_ddmmyyyy_crlf.csv"
  [ "$status" -eq 65 ]
  sed "s/file \"$leads\" {/& order = \"dmy\",/" "$HERE/import.lua" >"$BATS_TEST_TMPDIR/dmy.lua"
  dealwright import "$BATS_TEST_TMPDIR/dmy.lua" "$DATA" --replace "$leads=$DATA/olist_mql_ddmmyyyy_crlf.csv"
  compare by_origin "$funnel" sources
  compare by_contact_month "$funnel" sources by=month
  compare days_to_close_by_origin '{"n": "won", "mean": "days", "median": "days_median"}' sources
}
