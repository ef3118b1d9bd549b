-- Scripts see the verbs of the language as globals; the prelude defines them.
std = "lua54"
max_line_length = 110
local verbs = {
  "workspace", "extend", "kind", "rollup", "formula", "process", "stage", "must", "should", "scorecard", "rule",
  "decay", "report", "on", "test", "import", "file", "column", "stages", "ignore",
  "text", "integer", "number", "money", "percent", "boolean", "date", "instant", "choice", "choices", "ref",
  "email", "phone", "url",
  "count", "sum", "average", "minimum", "maximum", "median", "percentile", "count_distinct",
  "one_of", "between", "over", "under", "from", "upto", "unset", "is_set", "contains", "starts_with",
  "ends_with", "days", "today", "now",
  "users", "clients", "contacts", "products", "deals", "activities", "campaigns", "responses", "goals",
}
files["scripts"] = { read_globals = verbs }
files["tests/lua"] = { globals = verbs }
exclude_files = { "build" }
