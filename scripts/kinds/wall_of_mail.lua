-- Mail alone builds a wall between us and strangers: three mails in a row to somebody whom nobody met or called.

rollup "contact.mails"    { count "activity" { type = "mail", state = "held" }, title_ru = "Писем по почте" }
rollup "contact.meetings" { count "activity" { type = "meeting", state = "held" }, title_ru = "Встреч" }
rollup "contact.calls"    { count "activity" { type = "call", state = "held" }, title_ru = "Звонков" }
rollup "client.mails"     { count "activity" { type = "mail", state = "held" }, title_ru = "Писем по почте" }
rollup "client.calls"     { count "activity" { type = "call", state = "held" }, title_ru = "Звонков" }

local wall = require "wall"

formula "client.wall_of_mail" { "text", function(client) return wall.warning(client) end,
  title = "Wall of mail", title_ru = "Стена из писем",
    help = "mails in a row to somebody whom nobody met or called",
    help_ru = "письма подряд тому, с кем никто не встречался и не говорил" }
