-- The letters that commands write. Change them to your own words; {places} are filled in, what is not known stays visible.

local letters = {}

letters.kit = {
  en = template [[
Dear {addressee},

{occasion} Here is what I chose for {client.name}, and why.]],
  ru = template [[
Здравствуйте, {addressee}!

{occasion} Вот что я отобрал(а) для вас ({client.name}) и почему.]],
}

-- Whether we talked before; what was said is noted for us, not for them.
letters.talked = { en = template "We talked on {day}.", ru = template "Мы говорили {day}." }
letters.strangers = { en = template "We have not met yet.", ru = template "Мы пока не встречались." }

letters.kit_end = {
  en = template [[
Which of these is closest to what you are after? I will call you on {call_on} to hear it.

Yours, {sender}]],
  ru = template [[
Что из этого ближе всего к вашей задаче? Я позвоню {call_on}, чтобы узнать.

С уважением, {sender}]],
}

return letters
