-- Scripts see the verbs of the language as globals; the prelude defines them.
std = "lua54"
max_line_length = 130
local verbs = {
  "workspace", "extend", "kind", "accept", "command", "rollup", "formula", "process", "stage", "must", "should", "scorecard", "rule",
  "report", "on", "test", "import", "file", "column", "stages", "ignore", "word", "reached",
  "text", "integer", "number", "money", "percent", "minutes", "boolean", "date", "instant", "choice", "choices", "ref",
  "email", "phone", "url",
  "document", "heading", "paragraph", "bullets", "numbered", "facts", "template", "tr", "trn", "read_moment",
  "path", "count", "sum", "average", "minimum", "maximum", "median", "percentile", "count_distinct",
  "one_of", "between", "over", "under", "from", "upto", "unset", "is_set", "contains", "starts_with",
  "stats", "records", "fields_of", "name_of", "working_hours", "is_working_day", "minutes_text", "vcards",
  "identity", "doubles", "alike", "plain_name", "plain_email", "plain_phone",
  "ends_with", "is_not", "days", "weeks", "hours", "today", "now", "amount", "stages_of", "decay",
  "transitions", "verdicts", "every", "records", "shipped", "language", "minutes_text", "name_of", "stats", "working_hours", "is_working_day", "require",
  "questions", "answers", "question_guides", "competences", "ratings", "materials", "kits", "kit_items",
  "needs", "proofs", "objections", "value_statements", "users", "clients", "contacts", "products", "deals", "activities", "campaigns", "responses", "goals", "plan_items", "plan_items",
}
verbs.utf8 = { fields = { sub = {} } } -- by letters
-- In tests the word for a kind makes a record.
local makers = {
  "user", "client", "contact", "product", "deal", "activity", "campaign", "response", "goal", "need", "proof",
  "objection", "value_statement", "question", "answer", "question_guide", "competence", "rating", "material", "kit", "kit_item",
  "segment", "recipient", "invitation", "checklist_item", "plan_item",
}
files["lua/prelude"] = { max_line_length = 160 }
-- 581: what is unset is neither above nor below, so "not (a > b)" is not "a <= b".
files["scripts"] = { read_globals = verbs, ignore = { "581" }, max_line_length = 160 } -- texts in two languages
files["scripts/kinds/question_guide.lua"] = { max_line_length = false } -- all questions of a guide are one text
files["scripts/tests"] = { read_globals = makers, max_line_length = 160 }
files["tests/support"] = { read_globals = verbs }
files["tests/bench"] = { read_globals = verbs }
files["tests/lua"] = { globals = verbs, max_line_length = 180 }
files["tests/lua/workspace/tests"] = { read_globals = makers }
-- A script of the prompt has the commands as functions; `offers` is a kind of the test's workspace.
files["tests/lua/test_language.lua"] = { read_globals = { "new", "set", "move", "score", "offers" } }
files["lua/prelude/reference.lua"] = { max_line_length = 180 } -- one name a line
exclude_files = { "build", "docs/reference" } -- the latter only describes
