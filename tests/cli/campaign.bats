#!/usr/bin/env bats
# What comes back from exhibitions, mailings and advertisements, until each response has an outcome.
bats_require_minimum_version 1.5.0
load support

# #1 user, #2 exhibition
prepare() {
  dw -d sales.db new user "Ann Lee" >/dev/null
  dw new campaign "Expo 2026" type=exhibition >/dev/null
}

write_cards() {
  cat >fair.vcf <<'VCF'
BEGIN:VCARD
VERSION:3.0
N:Петров;Иван;Сергеевич;;
FN:Иван Петров
ORG:ООО «Ромашка»;Отдел закупок
TITLE:Инженер
EMAIL;TYPE=INTERNET:ivan@romashka.example
EMAIL;TYPE=HOME:ivan@home.example
TEL;TYPE=WORK:+7 495 123-45-67
X-JABBER:ivan
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQEAYABgAAD
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=D1=E8=E4=EE=F0=EE=E2=E0;=CE=EB=FC=E3=E0
TEL;CELL:8 916 1112233
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Anna Weber
EMAIL:a.weber@rosewater.example
END:VCARD
VCF
}

@test "a response is taken in by one line and told as it was read" {
  works card "Ivan Petrov, Acme GmbH, ivan@acme.example, +7 495 123-45-67" campaign=2
  shows "#3 card: Ivan Petrov, Acme GmbH, ivan@acme.example, +7 495 123-45-67"
  shows "of campaign #2 Expo 2026"
  works list response -f csv --columns name,company,email,phone
  shows "Ivan Petrov,Acme GmbH,ivan@acme.example,"
}

@test "what a line says beyond its fields is kept as notes" {
  works card "Петров И.С., ivan@x.example, petrov@x.example, 8 (495) 123-45-67 доб. 12, wants 3 scanners" campaign=2
  shows "e-mail: petrov@x.example; доб. 12; wants 3 scanners"
  works card "asks for a price list, info@acme.example" type=request company=Acme campaign=2
  shows "#4 request: Acme, info@acme.example"
  shows "notes: asks for a price list"
}

@test "a line that says nobody's name is refused with what to add" {
  fails 1 card "wants 3 scanners" campaign=2
  says "it says whose it is"
}

@test "a card of somebody known is told at once, with the command that joins it" {
  dw new client "Acme GmbH" >/dev/null
  dw new contact "Ivan Petrov" client=3 email=ivan@acme.example >/dev/null
  works card "Петров Иван, ivan+fair@acme.example" campaign=2
  shows "likely contact #4 Ivan Petrov (same e-mail; name alike 1.00): convert #5 to=#4"
  works card "I. Petrov, ivan@acme.example" campaign=2
  shows "convert #6 to=#4"
}

@test "vCards of all versions become responses, and nothing of them is lost" {
  write_cards
  works cards fair.vcf campaign=2
  shows "3 cards were taken in"
  works list response -f csv --columns name,company,role,email,phone
  shows "Иван Петров,ООО «Ромашка»,Инженер,ivan@romashka.example,"
  shows "Ольга Сидорова,,,,8 916 1112233"
  shows "Anna Weber,,,a.weber@rosewater.example,"
  works show 3
  shows "department: Отдел закупок"
  shows "e-mail: ivan@home.example"
  shows "X-JABBER: ivan"
  shows "PHOTO: 20 bytes were left out"
  works undo --yes
  works list response -f csv
  hides "Weber"
}

@test "cards that are known are marked beside the row" {
  write_cards
  dw new client "Romashka Ltd" phone="8 495 1234567" >/dev/null
  works cards fair.vcf campaign=2
  shows "client #3 Romashka Ltd (same phone; company alike 1.00)"
}

@test "a card that can't be read is told with its line, and nothing is taken in" {
  printf 'BEGIN:VCARD\nFN Ivan\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Bob Stone\nEND:VCARD\nBEGIN:VCARD\nNOTE:x\nEND:VCARD\n' >bad.vcf
  fails 1 cards bad.vcf campaign=2
  says "bad.vcf: line 2: 'FN Ivan' is no property"
  says "and 1 more; nothing was taken in"
  works list response -f csv
  hides "Bob"
  works cards bad.vcf campaign=2 skip=true
  shows "bad.vcf: line 2: 'FN Ivan' is no property"
  shows "bad.vcf: line 8: the card names nobody"
  shows "1 card was taken in"
  fails 1 cards none.vcf campaign=2
  says "none.vcf"
  fails 2 import fair.vcf
  says "cards fair.vcf"
}

@test "a file is read only when a person named it, and only for a parameter that says so" {
  mkdir commands
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Readers" }' >workspace.lua
  cat >commands/readers.lua <<'LUA'
command "peek" { summary = "reads", params = { text "file" { file = true }, text "other" }, examples = { "peek a.txt" },
  run = function(p, ctx) return ctx:read "file" end }
command "wrong" { summary = "reads another", params = { text "other" }, examples = { "wrong a.txt" },
  run = function(p, ctx) return ctx:read "other" end }
command "sly" { summary = "has another read", examples = { "sly" },
  run = function(p, ctx) return ctx:command("peek /etc/passwd") end }
LUA
  echo "hello" >a.txt
  works peek a.txt
  shows "hello"
  fails 1 wrong a.txt
  says "ctx:read takes the name of a parameter with file = true"
  fails 1 sly
  says "only for a command that a person typed"
  printf '%s\n' 'command "bad" { summary = "x", params = { integer "n" { file = true } }, examples = { "bad" }, run = function() end }' >commands/bad.lua
  fails 3 rules check
  says "'n' names a file: it is a text of one word"
}

@test "responses come in by CSV too" {
  cat >map.lua <<'LUA'
import { title = "Questionnaires", file "answers.csv" { kind = "response", order = "ymd",
  column "who" { to = "name" }, column "firm" { to = "company" }, column "mail" { to = "email" },
  column "fair" { to = "campaign", by = "name" }, column "on" { to = "received_at" }, column "says" { to = "notes" } } }
LUA
  printf '%s\n' 'who,firm,mail,fair,on,says' 'Иван Петров,ООО Ромашка,ivan@a.example,Expo 2026,2026-03-01,"wants, 3"' ',,,Expo 2026,2026-03-01,x' >answers.csv
  fails 65 import map.lua answers.csv
  says "answers.csv:3"
  says "it says whose it is"
  works import map.lua answers.csv --skip-rejected
  works list response -f csv --columns name,notes
  shows '"wants, 3"'
}

@test "convert makes a client and a contact; what the card said goes with them" {
  dw card "Ivan Petrov, engineer, Acme GmbH, ivan@acme.example, wants 3 scanners" campaign=2 >/dev/null
  works convert 3
  shows "client #4 Acme GmbH"
  shows "contact #5 Ivan Petrov"
  works list contact -f csv --columns name,role,email,notes
  shows "Ivan Petrov,engineer,ivan@acme.example,wants 3 scanners"
  works list client -f csv --columns name,source
  shows "Acme GmbH,Expo 2026"
  works list response -f csv --columns outcome,worked_at
  shows "converted,20"
  fails 1 convert 3
  says "#3 is converted already"
}

@test "convert asks before it makes a double, and joins when told" {
  dw new client "Acme GmbH" >/dev/null
  dw new contact "Ivan Petrov" client=3 email=ivan@acme.example >/dev/null
  dw card "Петров Иван, ivan@acme.example, +7 495 1234567" campaign=2 >/dev/null
  fails 4 convert 5
  says "#5 is likely contact #4 Ivan Petrov (same e-mail; name alike 1.00)"
  works convert 5 to=4
  shows "merged"
  works list contact -f csv --columns name,phone
  shows "Ivan Petrov,"
  shows "+7 495 1234567"
  dw card "Ольга Сидорова, olga@acme.example" campaign=2 >/dev/null
  works convert 6 to=3
  shows "contact #7 Ольга Сидорова"
  dw card "Ivan Petrov, Acme" campaign=2 >/dev/null
  works convert 8 to=3
  shows "merged"
  shows "contact #4 Ivan Petrov"
  fails 1 convert 8 to=2
  fails 1 convert 6 to=4
}

@test "dismiss needs a reason" {
  dw card "Bob Stone, bob@x.example" campaign=2 >/dev/null
  fails 2 dismiss 3
  works dismiss 3 a competitor who looked around
  works list response -f csv --columns outcome,reason
  shows "dismissed,a competitor who looked around"
}

@test "follow-up is reported per campaign, and too little of it is told loudly" {
  dw --now 2026-03-01T10:00:00Z card "Bob Stone, bob@x.example" campaign=2 >/dev/null
  dw --now 2026-03-01T10:00:00Z card "Ann Bell, bell@y.example" campaign=2 >/dev/null
  dw --now 2026-03-01T10:00:00Z card "Tim Hall, hall@z.example" campaign=2 >/dev/null
  dw --now 2026-03-02T10:00:00Z dismiss 3 a competitor >/dev/null
  dw --now 2026-03-20T10:00:00Z dismiss 4 too late >/dev/null
  dw --now 2026-03-24T10:00:00Z card "Eva Long, long@z.example" campaign=2 >/dev/null
  works --now 2026-03-25T10:00:00Z report followup -f csv
  # responses, in time, late, dismissed, unworked, due, rate, oldest
  shows "Expo 2026,4,1,1,2,2,3,0.3333333333333333,24,!!!"
  works --now 2026-03-25T10:00:00Z report followup
  shows "1 of 3 worked within 10 days (33 %, wanted 80 %), 2 unworked"
  works --now 2026-03-25T10:00:00Z report followup within=30 least=0.5
  hides "!!!"
  works --now 2026-03-25T10:00:00Z report followup --lang ru
  shows "за 10 дней обработано 1 из 3"
  shows "МЫ УСТРАИВАЕМ КАМПАНИИ"
}

@test "what campaigns bring is told by first touch" {
  dw set 2 cost=1000 >/dev/null
  dw new campaign "Advert" type=advertising cost=500 >/dev/null
  dw --now 2026-03-01T10:00:00Z card "Ivan Petrov, Acme GmbH, ivan@acme.example" campaign=2 >/dev/null
  dw --now 2026-03-01T10:00:00Z convert 4 >/dev/null
  dw --now 2026-04-01T10:00:00Z card "Ivan Petrov, ivan@acme.example" campaign=3 >/dev/null
  dw --now 2026-04-01T10:00:00Z convert 7 to=6 >/dev/null
  cat >map.lua <<'LUA'
import { title = "Deals", file "deals.csv" { kind = "deal", order = "ymd", column "title" { to = "title" },
  column "client" { to = "client", by = "name" }, column "amount" { to = "amount" }, column "opened" { to = "opened_on" },
  stages "sale" { column = "stage", word "won" { reached "qualifying", reached "won" }, word "open" { reached "qualifying" } } } }
LUA
  printf '%s\n' 'title,client,amount,opened,stage' 'Before,Acme GmbH,9000,2026-01-01,won' 'After,Acme GmbH,2500,2026-03-05,won' \
    'Open,Acme GmbH,100,2026-04-05,open' >deals.csv
  works import map.lua deals.csv
  works report campaigns -f csv
  # responses, clients, deals, won, won amount, cost, return (one currency, as in the stamp)
  shows "Expo 2026,exhibition,1,1,2,1,2500.00,1000.00,2.5"
  shows "Advert,advertising,1,0,0,0,,500.00,0"
  works report campaigns touch=last -f csv
  shows "Expo 2026,exhibition,1,0,0,0,,1000.00,0"
  shows "Advert,advertising,1,1,1,0,,500.00,0"
}

@test "an exhibition goes by its checklists, and each hint typed does what it says" {
  fails 1 advance 2
  says "do: set #2 starts_on=… ends_on=…"
  works set 2 starts_on=2026-03-01 ends_on=2026-03-04 cost=5000 message="half the waiting"
  works checklist 2 standard=true owner="Ann Lee"
  shows "book and pay the stand"
  fails 1 checklist 2 standard=true owner="Ann Lee"
  says "has a checklist already"
  fails 1 --now 2026-01-10 advance 2
  says "book and pay the stand (Ann Lee)"
  works set checklist_item --where stage=preparing done=true --yes
  works --now 2026-01-10 advance 2
  shows "preparing → inviting"
  fails 1 --now 2026-01-10 advance 2
  says "do: invite #2"
  dw new client "Acme" email=info@acme.example industry=medical >/dev/null
  works --now 2026-01-10 invite 2 Acme
  works --now 2026-01-10 invite 2 Acme
  shows "0 are invited; 1 was before"
  works set checklist_item --where stage=inviting done=true --yes
  works --now 2026-02-20 advance 2
  works set checklist_item --where stage=running done=true --yes
  fails 1 --now 2026-03-02 advance 2
  says "it ends on 2026-03-04"
  says 'do: card "…" campaign=#2'
  works --now 2026-03-02 card "Ivan Petrov, Acme, info@acme.example"
  shows "of campaign #2 Expo 2026"
  works --now 2026-03-04 advance 2
  fails 1 --now 2026-03-05 advance 2
  says "1 response is not worked"
  fails 1 --now 2026-03-05 move 2 cancelled --reason "no time"
  says "1 response is not worked"
  response=$(dw list response -f csv --columns id | tail -n 1)
  works --now 2026-03-05 convert "$response" to=Acme
  works set checklist_item --where stage=following_up done=true --yes
  works --now 2026-03-06 advance 2
  shows "following_up → closed"
}

@test "follow-up that began late is closed only when somebody signs for it" {
  dw set 2 starts_on=2026-03-01 ends_on=2026-03-04 cost=5000 message=x >/dev/null
  for _ in 1 2 3; do dw advance 2 --force --reason "brought from elsewhere" >/dev/null; done
  dw --now 2026-03-04T10:00:00Z card "Bob Stone, bob@x.example" campaign=2 >/dev/null
  dw --now 2026-03-20T10:00:00Z dismiss 3 too late >/dev/null
  fails 1 --now 2026-03-20T10:00:00Z advance 2
  says "it began 16 days after the end"
  works --now 2026-03-20T10:00:00Z advance 2 --force --reason "Ann was ill"
  shows "following_up → closed (forced)"
}

# 40 clinics #3 to #42, segment #43, mailing #44
make_mailing() {
  dw exec 'for i = 1, 40 do new("client", { name = "Clinic " .. i, industry = "medical", email = "info@c" .. i .. ".example" }) end' >/dev/null
  dw new segment clinics condition=industry=medical >/dev/null
  dw new campaign Spring type=mailing >/dev/null
}

@test "a mailing goes from draft over trial and review to all, and each hint typed does what it says" {
  make_mailing
  fails 1 advance 44
  says 'do: set #44 message="…"'
  says "do: set #44 target_group=…"
  says "do: trial #44 share=10%"
  fails 1 trial 44 share=10%
  says "#44 aims at nobody"
  works set 44 message=Hello target_group=clinics message_b=Hi
  fails 1 trial 44 size=41
  says "the target group holds 40, fewer than 41"
  works trial 44 size=10 variants=2
  shows "10 of 40 are in the trial"
  fails 1 trial 44 size=10
  fails 1 advance 44
  says "10 recipients are left"
  works sent 44
  shows "sent to 10 recipients"
  works report trial campaign=44
  shows "The sample: 10 of 40, drawn with seed 44."
  works advance 44
  shows "trial → review"
  fails 1 advance 44
  says "do: report trial campaign=#44, then: assess #44"
  fails 1 assess 44 "shorter"
  says "say keep=A or keep=B"
  works assess 44 "a shorter subject" keep=B
  works advance 44
  works list recipient wave=full variant=B -f csv --columns client
  [ "$(wc -l <<<"$output")" -eq 31 ]
  fails 1 advance 44
  works sent 44
  works advance 44
  shows "full → closed"
}

@test "the sample is the same each time, and it is recorded who is in it" {
  make_mailing
  dw set 44 message=Hello target_group=clinics >/dev/null
  dw trial 44 share=25% >/dev/null
  dw list recipient -f csv --columns client,variant >first.csv
  [ "$(wc -l <first.csv)" -eq 11 ]
  dw undo --yes >/dev/null
  works list recipient -f csv --columns client
  [ "$(wc -l <<<"$output")" -eq 1 ]
  dw trial 44 share=25% >/dev/null
  dw list recipient -f csv --columns client,variant >second.csv
  cmp first.csv second.csv
}

@test "answers are counted by variant with an interval" {
  make_mailing
  dw set 44 message=Hello target_group=clinics message_b=Hi >/dev/null
  dw trial 44 size=20 variants=2 >/dev/null
  dw sent 44 >/dev/null
  dw exec 'for client in clients:each() do new("response", { campaign = "44", type = "reply", email = client.email }) end' >/dev/null
  works report trial campaign=44 -f csv
  shows "A,10,10,1,"
  shows "B,10,10,1,"
  shows "all,20,20,1,"
}

@test "Russian users read all of it in Russian" {
  works card "Иван Петров, ООО «Ромашка», ivan@romashka.example" campaign=2 --lang ru
  shows "визитка: Иван Петров"
  shows "кампании #2 Expo 2026"
  fails 1 advance 2 --lang ru
  says "известно, когда она"
  works checklist 2 --lang ru
  works set 2 starts_on=2026-03-01 ends_on=2026-03-04 --lang ru
  works checklist 2 standard=true owner="Ann Lee" --lang ru
  shows "заказать и оплатить стенд"
  works dismiss 3 "конкурент" --lang ru
  shows "отклонён: конкурент"
}
