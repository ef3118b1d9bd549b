# Compares one group of published figures with the rows of two reports.
# Arguments: $truth (the group), $win (rows of win_rate), $cycle (rows of cycle).
# Prints {"compared": N, "different": ["Anna Snelling won: 208 is not 207", …]}.

def money: if . == null then null elif type == "object" then (.amount | tonumber) else . end;
def named: if . == null or . == "" then "(none)" else . end;
def truth_label: if . == "(no account)" then "(none)" else . end;
def near($a; $b; $margin):
  if $a == null or $b == null then $a == $b else (($a - $b) | fabs) <= $margin end;

# The percentages and averages were published rounded to two decimals.
def checks($t; $w; $c): [
  ["total",               $t.total,               $w.deals,                                     0],
  ["won",                 $t.won,                 $w.won,                                       0],
  ["lost",                $t.lost,                $w.lost,                                      0],
  ["open",                $t.open,                $w.open,                                      0],
  ["win_rate_closed_pct", $t.win_rate_closed_pct, ($w.win_rate | if . then . * 100 else . end), 0.00501],
  ["won_of_all_pct",      $t.won_of_all_pct,      ($w.won_of_all | if . then . * 100 else . end), 0.00501],
  ["won_revenue",         $t.won_revenue,         (($w.won_amount | money) // 0),               0],
  ["avg_won",             $t.avg_won,             ($w.average_won | money),                     0.00501],
  ["avg_won_cycle",       $t.avg_won_cycle,       $c.won_days,                                  0.00501],
  ["avg_closed_cycle",    $t.avg_closed_cycle,    $c.closed_days,                               0.00501]
];

($win | map({key: (.group | named), value: .}) | from_entries) as $w
| ($cycle | map({key: (.group | named), value: .}) | from_entries) as $c
| [ $truth | to_entries[] | (.key | truth_label) as $k | .value as $t
    | checks($t; $w[$k] // {}; $c[$k] // {})[] | {group: $k, name: .[0], ours: .[2], truth: .[1], margin: .[3]} ]
| { compared: length,
    different: [ .[] | select(near(.ours; .truth; .margin) | not)
                 | "\(.group) \(.name): \(.ours) is not \(.truth)" ] }
