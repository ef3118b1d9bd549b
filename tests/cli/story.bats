#!/usr/bin/env bats
# What a change says it changed, and what happened to a record and around it.
bats_require_minimum_version 1.5.0
load support
prepare() { make_book; }

@test "set tells what it changed, and when there was nothing to change" {
  works set 3 amount=4200 owner="Анна Орлова"
  shows "changed deal #3 Scanners"
  shows "    owner: unset → #1 Анна Орлова"
  shows "    amount: 12,500.00 USD → 4,200.00 USD"
  works set 3 amount=4200
  [ "$output" = "nothing changed: it is so already" ]
  works set 3 4 amount=4200 --yes
  hides "deal #3"
  shows "    amount: 900.00 USD → 4,200.00 USD"
}

@test "set tells what rules changed with it" {
  works set 2 phone=+74951234567
  shows "    phone: unset → +74951234567"
  shows "suspect → prospect (automatic)"
}

@test "set of many records names them only" {
  dw exec 'for i = 1, 25 do new("deal", "Deal " .. i, "client=2") end' >/dev/null
  works set deal --where title~Deal source=web --yes
  shows "changed deal #29 Deal 25"
  hides "source: unset"
}

@test "the history of a client is its story: contacts, activities and deals, in order of time" {
  dw new contact "Eva Stone" client=2 email=eva@example.com >/dev/null
  dw --now 2027-03-01T10:00:00Z call 2 15m "wants an offer" next="send it" >/dev/null
  dw --now 2027-03-01T11:00:00Z meet 3 2027-03-09 10:00 1h >/dev/null
  dw --now 2027-03-05T10:00:00Z lose 4 lost_reason=price lost_note=dear --reason price >/dev/null
  works --now 2027-03-06T10:00:00Z history 2
  shows "contact #5: Eva Stone"
  shows "deal #3: Scanners – 12,500.00 USD"
  shows "2027-03-01 10:00  call, held #6: wants an offer"
  shows "2027-03-04 09:00  task, planned #7: send it"
  shows "2027-03-05 10:00  deal #4: Ёлочные игрушки – 900.00 USD: lost"
  shows "2027-03-09 10:00  meeting, planned #8"
  printf '%s\n' "$output" | grep '^    ' | cut -c5-20 >times
  sort -c times
}

@test "the history of a deal tells the activities about it" {
  dw meet 3 45m "showed the calculation" outcome=pleased >/dev/null
  works history 3
  shows "meeting, held #5: showed the calculation – pleased"
  works history 3 --changes
  hides "meeting"
  hides "created"
  works history 3 -f ndjson
  [ "$(printf '%s\n' "$output" | jq -r 'select(.what | startswith("meeting")) | .unit')" = null ]
}

@test "the newest events are told, as many as asked for" {
  dw exec 'for i = 1, 30 do note(2, "note " .. i) end' >/dev/null
  works history 2 --limit 5
  shows "only the newest 5 events; --limit shows more"
  shows "note 30"
  hides "note 25"
  [ "$(printf '%s\n' "$output" | wc -l)" = 6 ]
  works history 2
  hides "only the newest"
  shows "note 1"
}

@test "how it began is told with the command that made it" {
  works history 3
  [[ ${lines[0]} == '#3 '*'new deal Scanners'* ]]
  [[ ${lines[1]} == *' created' ]]
  [[ ${lines[2]} == *' sale: prospecting [begun]' ]]
}

@test "what belongs to an owner is not the owner's story" {
  works history 1
  hides "deal"
}
