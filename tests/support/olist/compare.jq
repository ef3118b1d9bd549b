# One group of truth.json against rows. Arguments: $truth (name → counts or a number), $rows, $fields ({theirs: ours}), where
# ours may be "conversion", a share that was published in per cent. Prints what differs; [] when nothing does.

def named: if . == null or . == "(unset)" then "(blank)" else tostring end;
def spelt: if . == "True" then "true" elif . == "False" then "false" else . end;
def near($a; $b; $margin):
  if $a == null or $b == null then $a == $b else (($a - $b) | fabs) <= $margin end;

($rows | map({key: (.group | named), value: .}) | from_entries) as $ours
| [ $truth | to_entries[]
    | (.key | spelt) as $k
    | (if .value | type == "number" then {deals: .value} else .value end)
    | to_entries[]
    | $fields[.key] as $name
    | (if $name == "conversion" then ($ours[$k].conversion // null | if . then . * 100 else . end) else $ours[$k][$name] end) as $v
    | select(near($v; .value; if .key == "rate_pct" or .key == "mean" then 0.00501 else 0 end) | not)
    | "\($k) \(.key): \($v) is not \(.value)" ]
