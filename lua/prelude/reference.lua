-- What scripts can call, told once: for completion at the prompt and for the annotations of `rules meta`. A test compares
-- the names with those that scripts reach.
local dw = ...

-- { name, what it takes and gives, sentence, the same in Russian }; without brackets it is a value.
local globals = {
  { "today", "(): date", "the day of the clock", "сегодняшний день по часам программы" },
  { "now", "(): instant", "the moment of the clock", "текущий момент по часам программы" },
  { "date", "(iso: string): date", "a day: date \"2026-01-31\"", "день: date \"2026-01-31\"" },
  { "read_moment", "(words: string): instant?", "what a person means by it: read_moment \"friday 10:00\"",
    "что человек имеет в виду: read_moment \"пятница 10:00\"" },
  { "amount", "(number: number, currency?: string): money", "a sum of money, without a currency in that of the workspace",
    "сумма денег, без валюты – в валюте рабочей папки" },
  { "days", "(count: number): number", "a length of so many days", "столько-то дней" },
  { "weeks", "(count: number): number", "a length of so many weeks", "столько-то недель" },
  { "hours", "(count: number): number", "a length of so many hours", "столько-то часов" },
  { "minutes_text", "(minutes: integer?): string?", "a length of time as people read it: 90 is 1h30m", "длительность для чтения: 90 – это 1h30m" },
  { "working_hours", "(): table", "when we work: from, till, pause and days", "рабочее время: from, till, pause и days" },
  { "is_working_day", "(day: date|instant): boolean", "whether anybody works on that day", "рабочий ли это день" },
  { "unset", ": unset", "no value: a field with it is set to nothing, a condition looks for that", "нет значения: пустое поле или условие на пустое" },
  { "is_set", ": condition", "any value", "любое значение" },
  { "over", "(limit: any): condition?", "greater than the limit", "больше границы" },
  { "under", "(limit: any): condition?", "less than the limit", "меньше границы" },
  { "from", "(limit: any): condition?", "the limit or more", "не меньше границы" },
  { "upto", "(limit: any): condition?", "the limit or less", "не больше границы" },
  { "between", "(low: any, high: any): condition?", "from the one to the other, both included", "от и до, включая обе границы" },
  { "one_of", "(values: any[]?): condition?", "one of the list", "одно из списка" },
  { "is_not", "(value: any): condition?", "set, and not that", "задано, и не это" },
  { "contains", "(text: string?, ...: string): any", "a condition on a text, or whether it contains one of the parts",
    "условие на текст или ответ, есть ли в нём одна из частей" },
  { "starts_with", "(text: string?, ...: string): any", "a condition on a text, or whether it starts with one of the parts",
    "условие на текст или ответ, начинается ли он с одной из частей" },
  { "ends_with", "(text: string?, ...: string): any", "a condition on a text, or whether it ends with one of the parts",
    "условие на текст или ответ, кончается ли он одной из частей" },
  { "count", "(what?: string|table): aggregate", "how many records, of those that a condition holds for", "сколько записей, из подходящих под условие" },
  { "count_distinct", "(path: string): aggregate", "how many different values", "сколько разных значений" },
  { "sum", "(path: string): aggregate", "the sum of a field", "сумма поля" },
  { "average", "(path: string): aggregate", "the mean of a field", "среднее поля" },
  { "minimum", "(path: string): aggregate", "the least value", "наименьшее значение" },
  { "maximum", "(path: string): aggregate", "the greatest value", "наибольшее значение" },
  { "median", "(path: string): aggregate", "the value in the middle", "медиана" },
  { "percentile", "(path: string, share: number): aggregate", "the value below which that share lies", "значение, ниже которого лежит эта доля" },
  { "path", "(path: string): aggregate", "a path as a column: path \"client.name\":as \"client\"", "путь как колонка: path \"client.name\":as \"client\"" },
  { "records", "(kind: string): query", "the query of the records of that kind; in a file, records that are shipped",
    "запрос ко всем записям этого вида; в файле – записи, данные с собой" },
  { "fields_of", "(kind: string): table[]", "the fields of a kind: name, title, type, to, choices and flags", "поля вида: name, title, type, to, choices и признаки" },
  { "shipped", "(kind: string): table[]", "what the workspace ships of that kind", "что рабочая папка даёт с собой этого вида" },
  { "stages_of", "(process: string): table[]", "the stages in order: name, title, ending, probability, rot", "стадии по порядку: name, title, ending, probability, rot" },
  { "name_of", "(record: record?): string?", "what people call the record", "как запись называют люди" },
  { "title_of", "(path: string, value: string?): string?", "what people read for a choice or a stage", "что люди читают вместо значения или стадии" },
  { "plain_name", "(text: string?, of?: \"company\"|\"person\"): string?", "a name as it is compared: \"ООО «Ромашка»\" is romashka",
    "имя в виде, в котором его сравнивают: «ООО „Ромашка“» – это romashka" },
  { "plain_email", "(text: string?): string?", "an address as it is compared", "адрес в виде, в котором его сравнивают" },
  { "plain_phone", "(text: string?): string?", "a number as it is compared", "телефон в виде, в котором его сравнивают" },
  { "alike", "(a: string?, b: string?, of?: \"company\"|\"person\"): number?", "how alike two names are, from 0 to 1", "насколько похожи два имени, от 0 до 1" },
  { "doubles", "(options?: table): table[]", "likely doubles, the likeliest first: of, within, least", "вероятные двойники, самые похожие первыми: of, within, least" },
  { "vcards", "(bytes: string): table[]", "the cards in the text of a .vcf file", "карточки из текста файла .vcf" },
  { "template", "(text: string): fun(values: table): string", "a function that fills the {places} of a text", "функция, которая заполняет {места} в тексте" },
  { "tr", "(text: string, values?: table): string", "a text in the reader's language, its {places} filled", "текст на языке читателя с заполненными {местами}" },
  { "trn", "(one: string, many: string, number: integer, values?: table): string", "the form of a text that stands with a number", "форма текста, которая стоит при числе" },
  { "language", "(): string", "the language of the reader: en or ru", "язык читателя: en или ru" },
  { "document", "(options: table): document", "a document of blocks", "документ из блоков" },
  { "heading", "(text: string, level?: integer): block", "a heading of level 1, 2 or 3", "заголовок уровня 1, 2 или 3" },
  { "paragraph", "(text: string): block", "a paragraph", "абзац" },
  { "bullets", "(list: string[]): block", "a list with marks", "список с метками" },
  { "numbered", "(list: string[]): block", "a list with numbers", "нумерованный список" },
  { "facts", "(list: any[][]): block", "pairs of a name and a value; what is unset is left out", "пары имя и значение; пустое опускается" },
}

-- What files of a workspace declare; mappings have some of their own.
local verbs = {
  { "workspace", "(options: options.workspace)", "name, currency, languages and hours of the workspace", "имя, валюта, языки и часы рабочей папки" },
  { "extend", "(kind: string): fun(fields: field[])", "more fields for a kind", "ещё поля для вида" },
  { "kind", "(name: string): fun(options: options.kind)", "a kind of records of your own", "собственный вид записей" },
  { "rollup", "(path: string): fun(options: options.rollup)", "a field counted from other records", "поле, посчитанное по другим записям" },
  { "formula", "(path: string): fun(options: table)", "a field computed from its record", "поле, вычисленное из своей записи" },
  { "identity", "(kind: string): fun(options: options.identity)", "what tells whether two records are the same one", "по чему видно, что две записи – одно и то же" },
  { "process", "(name: string): fun(options: options.process)", "stages that records of a kind go through", "стадии, которые проходят записи вида" },
  { "stage", "(name: string): fun(options: options.stage)", "what is asked at a stage, and what happens there", "что спрашивают на стадии и что там происходит" },
  { "must", "(id: string): fun(options: options.criterion): criterion", "a criterion that blocks", "критерий, который не пускает" },
  { "should", "(id: string): fun(options: options.criterion): criterion", "a criterion that advises", "критерий, который советует" },
  { "accept", "(kind: string): fun(criteria: criterion[])", "criteria of a record whenever it is saved", "критерии записи при каждом сохранении" },
  { "on", "(event: string): fun(run: function)", "an action on an event: deal.won, client.changed.rating", "действие по событию: deal.won, client.changed.rating" },
  { "every", "(times: string): fun(options: options.every)", "what runs when: every \"friday 09:00\"", "что когда запускать: every \"friday 09:00\"" },
  { "scorecard", "(name: string): fun(options: options.scorecard)", "rules that give points to records of a kind", "правила, дающие баллы записям вида" },
  { "rule", "(id: string): fun(options: options.rule): rule", "a rule of a scorecard", "правило скоринга" },
  { "decay", "(options: options.decay): rule", "points that are lost with time", "баллы, которые теряются со временем" },
  { "report", "(name: string): fun(options: options.report)", "a report", "отчёт" },
  { "command", "(name: string): fun(options: options.command)", "a command of your own", "собственная команда" },
  { "test", "(name: string): fun(options: options.test)", "a test of the rules", "тест правил" },
  { "text", "(name: string): field", "a field of text", "текстовое поле" },
  { "integer", "(name: string): field", "a field of whole numbers", "поле целых чисел" },
  { "number", "(name: string): field", "a field of numbers", "поле чисел" },
  { "money", "(name: string): field", "a field of money", "поле денег" },
  { "percent", "(name: string): field", "a field of shares, shown in percent", "поле долей в процентах" },
  { "minutes", "(name: string): field", "a field of lengths of time", "поле длительности" },
  { "boolean", "(name: string): field", "a field of yes or no", "поле да или нет" },
  { "instant", "(name: string): field", "a field of moments", "поле моментов времени" },
  { "choice", "(name: string): field", "a field of one choice of a list", "поле выбора из списка" },
  { "choices", "(name: string): field", "a field of several choices of a list", "поле нескольких значений из списка" },
  { "ref", "(name: string): field", "a field that leads to a record", "поле-ссылка на запись" },
  { "email", "(name: string): field", "a field of e-mail addresses", "поле адресов почты" },
  { "phone", "(name: string): field", "a field of phone numbers", "поле телефонов" },
  { "url", "(name: string): field", "a field of web addresses", "поле адресов страниц" },
}
local mapping = {
  { "import", "(files: table)", "the mapping of a folder's files", "сопоставление файлов папки" },
  { "file", "(name: string): fun(options: options.file): table", "what becomes of the rows of a file", "что станет со строками файла" },
  { "column", "(name: string): fun(options: options.column): table", "where a column goes", "куда идёт колонка" },
  { "ignore", "(headers: string[]): table", "columns that go nowhere", "колонки, которые никуда не идут" },
  { "stages", "(process: string): fun(reached: table): table", "which columns tell the story of a process", "какие колонки рассказывают историю процесса" },
  { "word", "(word: string): fun(options: table): table", "what a word in a column of stages means", "что значит слово в колонке стадий" },
  { "reached", "(stage: string): table", "when a stage was reached", "когда достигнута стадия" },
}

local classes = {
  record = {
    { "id", ": integer", "its number: #42", "её номер: #42" },
    { "kind", ": string", "the name of its kind", "имя её вида" },
    { "has", "(field: string): boolean", "whether records of its kind have that field", "есть ли у записей этого вида такое поле" },
    { "grade", "(card: string): string?", "its grade by a scorecard", "её оценка по скорингу" },
    { "score", "(card: string): number", "its points by a scorecard", "её баллы по скорингу" },
    { "parts", "(card: string): table, number, string?", "the points of each rule now, their sum and grade", "баллы каждого правила сейчас, сумма и оценка" },
    { "why", "(stage?: string): table?", "what a move to that stage would be told, without trying it", "что ответили бы на переход туда, без попытки" },
    { "why_not", "(stage?: string): table", "all that keeps it from getting there, stage by stage", "всё, что мешает ей туда попасть, стадия за стадией" },
    { "accepted", "(): table", "what the criteria of its kind say of it as it is", "что критерии её вида говорят о ней сейчас" },
  },
  query = {
    { "where", "(conditions: table): query", "those for which all of it holds", "те, для которых верно всё" },
    { "either", "(conditions: table): query", "those for which any of it holds", "те, для которых верно хоть что-то" },
    { "none", "(conditions: table): query", "those for which none of it holds", "те, для которых ничего из этого не верно" },
    { "search", "(words: string): query", "those that hold the words anywhere", "те, где где-нибудь есть эти слова" },
    { "matching", "(line: string): query", "by conditions as typed behind list", "по условиям, как их пишут после list" },
    { "group_by", "(columns: string|table): query", "groups of equal values", "группы равных значений" },
    { "select", "(columns: table): query", "these columns: paths and figures", "эти колонки: пути и показатели" },
    { "with", "(columns: table): query", "columns computed from a row", "колонки, вычисленные из строки" },
    { "order_by", "(...: string): query", "in that order, - for descending", "в таком порядке, - по убыванию" },
    { "limit", "(count: integer): query", "so many at most", "не больше стольких" },
    { "all", "(): any[]", "the rows as a list", "строки списком" },
    { "rows", "(): any[]", "the rows as a list", "строки списком" },
    { "each", "(): fun(): any", "the rows one by one: for deal in deals:each() do", "строки по одной: for deal in deals:each() do" },
    { "first", "(): any", "the first row, or nil", "первая строка или nil" },
    { "count", "(): integer", "how many", "сколько их" },
    { "value", "(figure: aggregate): any", "one figure: deals:value(sum \"amount\")", "один показатель: deals:value(sum \"amount\")" },
    { "explain", "(): string", "the statement that it becomes", "запрос, в который это превращается" },
  },
  date = {
    { "year", ": integer", "the year", "год" }, { "month", ": integer", "the month, 1 to 12", "месяц, от 1 до 12" },
    { "day", ": integer", "the day of the month", "число" }, { "weekday", ": integer", "1 for Monday to 7", "1 – понедельник, до 7" },
    { "date", ": date", "the day", "день" },
    { "add_months", "(count: integer): date", "the same day so many months later", "тот же день через столько месяцев" },
    { "at", "(time: string|integer): instant", "that time of the day: at \"9:30\"", "это время дня: at \"9:30\"" },
    { "period", "(of: string): string", "the period it lies in: 2026-q1", "период, в который он входит: 2026-q1" },
    { "period_start", "(of: string): date", "the first day of that period", "первый день этого периода" },
    { "period_end", "(of: string): date", "the last day of that period", "последний день этого периода" },
  },
  instant = {
    { "hour", ": integer", "the hour", "час" }, { "minute", ": integer", "the minute", "минута" },
    { "clock", "(): string", "the time of the day: 14:30", "время дня: 14:30" },
  },
  money = {
    { "amount", ": number", "in major units: 12.5", "в основных единицах: 12.5" },
    { "currency", ": string", "the currency: EUR", "валюта: EUR" },
  },
  aggregate = { { "as", "(name: string): aggregate", "the same under another name", "то же под другим именем" } },
  failure = { { "message", ": string", "what went wrong, and where", "что пошло не так и где" } },
  ctx = {
    { "today", ": date", "the day of the clock", "сегодняшний день" }, { "now", ": instant", "the moment of the clock", "текущий момент" },
    { "actor", ": string", "who acts", "кто действует" },
    { "set", "(record: record, values: table)", "changes fields of a record", "меняет поля записи" },
    { "create", "(kind: string, values: table): record", "makes a record", "создаёт запись" },
    { "delete", "(record: record)", "deletes a record", "удаляет запись" },
    { "move", "(record: record, stage: string, options?: table)", "moves a record to a stage if its criteria agree", "переводит запись на стадию, если критерии согласны" },
    { "plan", "(values: table): record", "plans an activity about a record", "планирует действие по записи" },
    { "command", "(line: string, ...: any): any", "in commands: runs another one", "в командах: запускает другую" },
    { "install", "(kind?: string, options?: table): record[]", "in commands: creates the records that are shipped", "в командах: создаёт записи, данные с собой" },
    { "read", "(parameter: string): string?", "in commands: the bytes of a file that the person named", "в командах: байты файла, который назвал человек" },
  },
  stats = {
    { "wilson", "(x: integer, n: integer, level?: number): number, number", "where the true share of x in n lies", "где лежит истинная доля x из n" },
    { "difference", "(x1: integer, n1: integer, x2: integer, n2: integer, level?: number): number, number", "where the difference of two shares lies",
      "где лежит разность двух долей" },
    { "two_proportions", "(x1: integer, n1: integer, x2: integer, n2: integer): number, number, number, boolean",
      "how probable a difference of two shares is by chance", "насколько вероятна разность двух долей случайно" },
    { "fisher", "(x1: integer, n1: integer, x2: integer, n2: integer): number", "Fisher's exact p, two-sided", "точное p Фишера, двустороннее" },
    { "hypergeometric", "(x: integer, drawn: integer, hits: integer, all: integer): number", "the chance to draw at least x of the hits",
      "шанс вытянуть не меньше x попаданий" },
    { "chi_square", "(value: number, freedom: number): number", "the chance of a sum at least as great", "шанс суммы не меньшей" },
    { "normal", "(z: number): number", "the share below z", "доля ниже z" },
    { "normal_quantile", "(share: number): number", "the z below which that share lies", "z, ниже которого лежит эта доля" },
    { "correlation", "(a: number[], b: number[], of?: string): number?, number?", "r and its p, of ranks with \"ranks\"", "r и его p, по рангам с \"ranks\"" },
    { "line", "(x: number[], y: number[]): number?, number?, number?, number?", "slope, intercept, share explained and spread",
      "наклон, сдвиг, объяснённая доля и разброс" },
    { "quantile", "(list: number[], share: number): number?", "the number below which that share lies", "число, ниже которого лежит эта доля" },
    { "correct", "(list: number[], by?: string): number[]", "the p of many comparisons, corrected", "p многих сравнений с поправкой" },
    { "sample", "(of: any[]|integer, size: integer, seed: string|number): any[]", "so many drawn, the same for a seed", "выборка, одинаковая при одном зерне" },
    { "draws", "(seed: string|number): fun(sides?: integer): number", "a function that draws numbers", "функция, которая тянет числа" },
  },
}

dw.reference = { globals = globals, verbs = verbs, mapping = mapping, classes = classes }

local by_name = {}
local function indexed(rows)
  local index = by_name[rows]
  if not index then
    index = {}
    for _, row in dw.lua._G.ipairs(rows) do index[row[1]] = row end
    by_name[rows] = index
  end
  return index
end

--- Whether it is called; else it is a value.
function dw.is_function_row(row) return dw.lua.string.sub(row[2], 1, 1) == "(" end

--- Its sentence in the reader's language.
function dw.row_sentence(row) return dw.c.twin(row[3], row[4]) end

--- The row of a name among those rows; nil when it is not documented.
function dw.reference_row(rows, name) return rows and indexed(rows)[name] end
