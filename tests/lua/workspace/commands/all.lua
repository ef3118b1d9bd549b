command "overview" {
  summary = "clients by name", title = "Clients", examples = { "overview", "overview m" }, params = { text "from" },
  run = function(p) return clients:where { name = from(p.from) }:order_by "name" end,
}
command "hello" { summary = "a word of welcome", examples = { "hello" }, run = function() return "hello" end }
