---@meta
-- What scripts of this workspace can call. Written by: rules meta

---@class block
---@class condition
---@class criterion
---@class document
---@class rule
---@class unset
---@class field
---@overload fun(options: table): field

---@class date
---@field year integer the year
---@field month integer the month, 1 to 12
---@field day integer the day of the month
---@field weekday integer 1 for Monday to 7
---@field date date the day
local class_date = {}

---the same day so many months later
---@param count integer
---@return date
function class_date:add_months(count) end

---that time of the day: at "9:30"
---@param time string|integer
---@return instant
function class_date:at(time) end

---the period it lies in: 2026-q1
---@param of string
---@return string
function class_date:period(of) end

---the first day of that period
---@param of string
---@return date
function class_date:period_start(of) end

---the last day of that period
---@param of string
---@return date
function class_date:period_end(of) end

---@class instant : date
---@field hour integer the hour
---@field minute integer the minute
local class_instant = {}

---the time of the day: 14:30
---@return string
function class_instant:clock() end

---@class money
---@field amount number in major units: 12.5
---@field currency string the currency: EUR
local class_money = {}

---@class aggregate
local class_aggregate = {}

---the same under another name
---@param name string
---@return aggregate
function class_aggregate:as(name) end

---@class failure
---@field message string what went wrong, and where
local class_failure = {}

---@class record
---@field id integer its number: #42
---@field kind string the name of its kind
local class_record = {}

---whether records of its kind have that field
---@param field string
---@return boolean
function class_record:has(field) end

---its grade by a scorecard
---@param card string
---@return string?
function class_record:grade(card) end

---its points by a scorecard
---@param card string
---@return number
function class_record:score(card) end

---the points of each rule now, their sum and grade
---@param card string
---@return table
---@return number
---@return string?
function class_record:parts(card) end

---what a move to that stage would be told, without trying it
---@param stage? string
---@return table?
function class_record:why(stage) end

---all that keeps it from getting there, stage by stage
---@param stage? string
---@return table
function class_record:why_not(stage) end

---what the criteria of its kind say of it as it is
---@return table
function class_record:accepted() end

---@class query
local class_query = {}

---those for which all of it holds
---@param conditions table
---@return query
function class_query:where(conditions) end

---those for which any of it holds
---@param conditions table
---@return query
function class_query:either(conditions) end

---those for which none of it holds
---@param conditions table
---@return query
function class_query:none(conditions) end

---those that hold the words anywhere
---@param words string
---@return query
function class_query:search(words) end

---by conditions as typed behind list
---@param line string
---@return query
function class_query:matching(line) end

---groups of equal values
---@param columns string|table
---@return query
function class_query:group_by(columns) end

---these columns: paths and figures
---@param columns table
---@return query
function class_query:select(columns) end

---columns computed from a row
---@param columns table
---@return query
function class_query:with(columns) end

---in that order, - for descending
---@param ... string
---@return query
function class_query:order_by(...) end

---so many at most
---@param count integer
---@return query
function class_query:limit(count) end

---the rows as a list
---@return any[]
function class_query:all() end

---the rows as a list
---@return any[]
function class_query:rows() end

---the rows one by one: for deal in deals:each() do
---@return fun(): any
function class_query:each() end

---the first row, or nil
---@return any
function class_query:first() end

---how many
---@return integer
function class_query:count() end

---one figure: deals:value(sum "amount")
---@param figure aggregate
---@return any
function class_query:value(figure) end

---the statement that it becomes
---@return string
function class_query:explain() end

---@class ctx
---@field today date the day of the clock
---@field now instant the moment of the clock
---@field actor string who acts
local class_ctx = {}

---changes fields of a record
---@param record record
---@param values table
function class_ctx:set(record, values) end

---makes a record
---@param kind string
---@param values table
---@return record
function class_ctx:create(kind, values) end

---deletes a record
---@param record record
function class_ctx:delete(record) end

---moves a record to a stage if its criteria agree
---@param record record
---@param stage string
---@param options? table
function class_ctx:move(record, stage, options) end

---plans an activity about a record
---@param values table
---@return record
function class_ctx:plan(values) end

---in commands: runs another one
---@param line string
---@param ... any
---@return any
function class_ctx:command(line, ...) end

---in commands: creates the records that are shipped
---@param kind? string
---@param options? table
---@return record[]
function class_ctx:install(kind, options) end

---in commands: the bytes of a file that the person named
---@param parameter string
---@return string?
function class_ctx:read(parameter) end

stats = {}

---where the true share of x in n lies
---@param x integer
---@param n integer
---@param level? number
---@return number
---@return number
function stats.wilson(x, n, level) end

---where the difference of two shares lies
---@param x1 integer
---@param n1 integer
---@param x2 integer
---@param n2 integer
---@param level? number
---@return number
---@return number
function stats.difference(x1, n1, x2, n2, level) end

---how probable a difference of two shares is by chance
---@param x1 integer
---@param n1 integer
---@param x2 integer
---@param n2 integer
---@return number
---@return number
---@return number
---@return boolean
function stats.two_proportions(x1, n1, x2, n2) end

---Fisher's exact p, two-sided
---@param x1 integer
---@param n1 integer
---@param x2 integer
---@param n2 integer
---@return number
function stats.fisher(x1, n1, x2, n2) end

---the chance to draw at least x of the hits
---@param x integer
---@param drawn integer
---@param hits integer
---@param all integer
---@return number
function stats.hypergeometric(x, drawn, hits, all) end

---the chance of a sum at least as great
---@param value number
---@param freedom number
---@return number
function stats.chi_square(value, freedom) end

---the share below z
---@param z number
---@return number
function stats.normal(z) end

---the z below which that share lies
---@param share number
---@return number
function stats.normal_quantile(share) end

---r and its p, of ranks with "ranks"
---@param a number[]
---@param b number[]
---@param of? string
---@return number?
---@return number?
function stats.correlation(a, b, of) end

---slope, intercept, share explained and spread
---@param x number[]
---@param y number[]
---@return number?
---@return number?
---@return number?
---@return number?
function stats.line(x, y) end

---the number below which that share lies
---@param list number[]
---@param share number
---@return number?
function stats.quantile(list, share) end

---the p of many comparisons, corrected
---@param list number[]
---@param by? string
---@return number[]
function stats.correct(list, by) end

---so many drawn, the same for a seed
---@param of any[]|integer
---@param size integer
---@param seed string|number
---@return any[]
function stats.sample(of, size, seed) end

---a function that draws numbers
---@param seed string|number
---@return fun(sides?: integer): number
function stats.draws(seed) end

---@class options.column
---@field by? "name"|"external_id"
---@field create? boolean
---@field required? boolean
---@field since? string
---@field suffix? string
---@field to string
---@field values? table

---@class options.command
---@field columns? table
---@field confirm? string|function|boolean
---@field examples table
---@field notes? table
---@field params? table
---@field run function
---@field summary string
---@field summary_ru? string
---@field title? string
---@field title_ru? string
---@field writes? boolean

---@class options.criterion
---@field check function
---@field fix? string|function
---@field fix_ru? string
---@field needs? table
---@field only_for? function
---@field since? date
---@field text_ru? string

---@class options.decay
---@field after number
---@field per_month number
---@field since string
---@field text? string
---@field text_ru? string

---@class options.every
---@field run function
---@field title_ru? string

---@class options.file
---@field currency? string
---@field decimal? "."|","
---@field delimiter? string
---@field encoding? string
---@field kind string
---@field match? string
---@field order? "ymd"|"dmy"|"mdy"
---@field since? string

---@class options.identity
---@field among? table
---@field company? string
---@field email? string
---@field person? string
---@field phone? string
---@field settled? string

---@class options.kind
---@field belongs_to? string
---@field members_meet? string
---@field members_of? string
---@field name_field? string
---@field plural? string
---@field title? string
---@field title_ru? string

---@class options.process
---@field back? "never"|"with reason"|"free"
---@field ends? table
---@field field string
---@field kind string
---@field skip? boolean
---@field stages table
---@field title? string
---@field title_ru? string
---@field where? table

---@class options.report
---@field chart? string|table
---@field columns? table
---@field help? string
---@field help_ru? string
---@field notes? table
---@field params? table
---@field rows function
---@field title string
---@field title_ru? string

---@class options.rollup
---@field help? string
---@field help_ru? string
---@field title? string
---@field title_ru? string
---@field via? string

---@class options.rule
---@field points number|condition|function
---@field text_ru? string
---@field when? function
---@field where? table

---@class options.scorecard
---@field grades? table
---@field kind string
---@field learn? function
---@field title? string
---@field title_ru? string

---@class options.stage
---@field auto? boolean
---@field enter? table
---@field leave? table
---@field on_enter? function
---@field on_leave? function
---@field probability? number
---@field purpose? string
---@field purpose_ru? string
---@field rot? number
---@field title? string
---@field title_ru? string

---@class options.test
---@field cases? table
---@field expect? function
---@field expect_accepted? table
---@field expect_allowed? table
---@field expect_blocked? table
---@field expect_promoted? table
---@field expect_refused? table
---@field given? function
---@field scorecard? string

---@class options.workspace
---@field currency? string
---@field languages? table
---@field name string
---@field working_hours? table

---Activity
---@class activity : record
---@field external_id? string what the record is called where it came from
---@field type "meeting"|"call"|"mail"|"letter"|"note"|"task" Type
---@field state? "planned"|"held"|"cancelled" State
---@field subject? string Subject
---@field client? client Client
---@field contact? contact Contact
---@field deal? deal Deal
---@field owner? user Owner
---@field due? instant when it is to happen
---@field done_at? instant when it happened
---@field minutes_spent? integer how long it took, or is to take
---@field outcome? string Outcome
---@field notes? string Notes
---@field minutes_prepared? integer how long it was prepared
---@field important? boolean brings us nearer to a goal
---@field urgent? boolean can't wait
---@field next_step? string Next step
---@field self_score? integer how we judge ourselves: 1 poor, 5 excellent
---@field talk_share? number how much of the talking was ours
---@field questions_asked? integer Questions asked
---@field learned? string what we know now and did not before
---@field follows? activity the activity whose next step this is
---@field activities activities
---@field ratings ratings

---@class activities : query
---@field where fun(self: activities, conditions: table): activities
---@field either fun(self: activities, conditions: table): activities
---@field none fun(self: activities, conditions: table): activities
---@field limit fun(self: activities, count: integer): activities
---@field order_by fun(self: activities, ...: string): activities
---@field first fun(self: activities): activity?
---@field all fun(self: activities): activity[]
---@field each fun(self: activities): fun(): activity?
---Activity
---@type activities
activities = nil

---@param values table
---@return activity
function activity(values) end

---Answer
---@class answer : record
---@field external_id? string what the record is called where it came from
---@field question question Question
---@field text string Text
---@field evidence? string what backs it: a document, a reference, a test
---@field checked_on? date when somebody last made sure that it is true

---@class answers : query
---@field where fun(self: answers, conditions: table): answers
---@field either fun(self: answers, conditions: table): answers
---@field none fun(self: answers, conditions: table): answers
---@field limit fun(self: answers, count: integer): answers
---@field order_by fun(self: answers, ...: string): answers
---@field first fun(self: answers): answer?
---@field all fun(self: answers): answer[]
---@field each fun(self: answers): fun(): answer?
---Answer
---@type answers
answers = nil

---@param values table
---@return answer
function answer(values) end

---Campaign
---@class campaign : record
---@field external_id? string what the record is called where it came from
---@field name string Name
---@field type? "exhibition"|"mailing"|"advertising"|"other" Type
---@field stage? "draft"|"trial"|"review"|"full"|"closed"|"cancelled"|"preparing"|"inviting"|"running"|"following_up"|"planned" where the campaign stands; a process moves it
---@field starts_on? date Starts on
---@field ends_on? date Ends on
---@field cost? money Cost
---@field owner? user Owner
---@field message? string what we say to everyone it reaches
---@field moved_at? instant when a process last moved it
---@field target_group? segment the segment that it is for
---@field message_b? string the other variant of a trial
---@field population? integer how many the target group held when the trial was drawn
---@field trial_rate? number the response rate of the trial when it was reviewed
---@field correction? string what is changed after the trial, or why nothing is
---@field variant? "A"|"B" the one that goes to all
---@field recipients_count? integer Recipients
---@field sample? integer how many are in the trial
---@field unsent? integer Unsent
---@field invited? integer Invited
---@field answers? integer Responses
---@field unworked? integer responses that nobody has looked at
---@field first_worked? instant First worked
---@field checklist_items checklist_items
---@field deals deals
---@field goals goals
---@field invitations invitations
---@field plan_items plan_items
---@field recipients recipients
---@field responses responses
---@field transitions transitions
---@field verdicts verdicts

---@class campaigns : query
---@field where fun(self: campaigns, conditions: table): campaigns
---@field either fun(self: campaigns, conditions: table): campaigns
---@field none fun(self: campaigns, conditions: table): campaigns
---@field limit fun(self: campaigns, count: integer): campaigns
---@field order_by fun(self: campaigns, ...: string): campaigns
---@field first fun(self: campaigns): campaign?
---@field all fun(self: campaigns): campaign[]
---@field each fun(self: campaigns): fun(): campaign?
---Campaign
---@type campaigns
campaigns = nil

---@param values table
---@return campaign
function campaign(values) end

---Checklist item
---@class checklist_item : record
---@field external_id? string what the record is called where it came from
---@field campaign campaign Campaign
---@field what string What
---@field stage string the stage that can't be left before it is done
---@field who? user Who
---@field due? date Due
---@field done? boolean Done
---@field done_on? date Done on

---@class checklist_items : query
---@field where fun(self: checklist_items, conditions: table): checklist_items
---@field either fun(self: checklist_items, conditions: table): checklist_items
---@field none fun(self: checklist_items, conditions: table): checklist_items
---@field limit fun(self: checklist_items, count: integer): checklist_items
---@field order_by fun(self: checklist_items, ...: string): checklist_items
---@field first fun(self: checklist_items): checklist_item?
---@field all fun(self: checklist_items): checklist_item[]
---@field each fun(self: checklist_items): fun(): checklist_item?
---Checklist item
---@type checklist_items
checklist_items = nil

---@param values table
---@return checklist_item
function checklist_item(values) end

---Client
---@class client : record
---@field external_id? string what the record is called where it came from
---@field name string Name
---@field status? "suspect"|"prospect"|"customer"|"loyal" how close the client is to us; a process moves it
---@field industry? string Industry
---@field size? string the class of size, in the words you use
---@field employees? integer Employees
---@field revenue? money what the client earns per year
---@field country? string Country
---@field city? string City
---@field website? string Website
---@field email? string E-mail
---@field phone? string Phone
---@field source? string where we met
---@field owner? user who looks after the client
---@field parent? client the company that this one is part of
---@field founded? integer the year
---@field satisfaction? number from 1, angry, to 5, delighted
---@field notes? string Notes
---@field moved_at? instant when a process last moved it
---@field wall_of_mail? string mails in a row to somebody whom nobody met or called
---@field meetings? integer Meetings
---@field open_deals? integer Open deals
---@field won_deals? integer Won deals
---@field lost_deals? integer Lost deals
---@field won_amount? money Won amount
---@field first_won? date First won
---@field first_response? instant First response
---@field kits_made? integer Kits
---@field questions_asked? integer Questions asked
---@field mails? integer Mails
---@field calls? integer Calls
---@field activities activities
---@field clients clients
---@field contacts contacts
---@field deals deals
---@field invitations invitations
---@field kits kits
---@field questions questions
---@field recipients recipients
---@field responses responses
---@field transitions transitions
---@field verdicts verdicts

---@class clients : query
---@field where fun(self: clients, conditions: table): clients
---@field either fun(self: clients, conditions: table): clients
---@field none fun(self: clients, conditions: table): clients
---@field limit fun(self: clients, count: integer): clients
---@field order_by fun(self: clients, ...: string): clients
---@field first fun(self: clients): client?
---@field all fun(self: clients): client[]
---@field each fun(self: clients): fun(): client?
---Client
---@type clients
clients = nil

---@param values table
---@return client
function client(values) end

---Competence
---@class competence : record
---@field external_id? string what the record is called where it came from
---@field name string Name
---@field description? string Description
---@field ratings ratings

---@class competences : query
---@field where fun(self: competences, conditions: table): competences
---@field either fun(self: competences, conditions: table): competences
---@field none fun(self: competences, conditions: table): competences
---@field limit fun(self: competences, count: integer): competences
---@field order_by fun(self: competences, ...: string): competences
---@field first fun(self: competences): competence?
---@field all fun(self: competences): competence[]
---@field each fun(self: competences): fun(): competence?
---Competence
---@type competences
competences = nil

---@param values table
---@return competence
function competence(values) end

---Contact
---@class contact : record
---@field external_id? string what the record is called where it came from
---@field client? client Client
---@field name string Name
---@field role? string Role
---@field email? string E-mail
---@field phone? string Phone
---@field decision_maker? boolean whether this person can say yes
---@field notes? string Notes
---@field mails? integer Mails
---@field meetings? integer Meetings
---@field calls? integer Calls
---@field activities activities
---@field invitations invitations
---@field kits kits
---@field questions questions
---@field recipients recipients
---@field responses responses

---@class contacts : query
---@field where fun(self: contacts, conditions: table): contacts
---@field either fun(self: contacts, conditions: table): contacts
---@field none fun(self: contacts, conditions: table): contacts
---@field limit fun(self: contacts, count: integer): contacts
---@field order_by fun(self: contacts, ...: string): contacts
---@field first fun(self: contacts): contact?
---@field all fun(self: contacts): contact[]
---@field each fun(self: contacts): fun(): contact?
---Contact
---@type contacts
contacts = nil

---@param values table
---@return contact
function contact(values) end

---Deal
---@class deal : record
---@field external_id? string what the record is called where it came from
---@field title? string short; the external id names the deal without one
---@field client? client Client
---@field owner? user Owner
---@field product? product Product
---@field stage? "prospecting"|"qualifying"|"needs_analysis"|"presentation"|"proof"|"closing"|"won"|"lost" where the sale stands; a process moves it
---@field amount? money Amount
---@field expected_close? date when we think it will be decided
---@field opened_on? date Opened on
---@field closed_on? date Closed on
---@field decision_maker? contact who can say yes
---@field lost_reason? string Lost reason
---@field lost_note? string why the client said no, in the client's own words
---@field contract_date? date Contract date
---@field source? string what led to this sale
---@field next_step? string Next step
---@field campaign? campaign Campaign
---@field notes? string Notes
---@field moved_at? instant when a process last moved it
---@field value? value_statement what we add for this client that others do not
---@field quoted? money the price that the client was told
---@field quoted_at? instant the last time; set with the price
---@field first_quoted_at? instant set with the first price
---@field budget? money what the client has set aside for it
---@field metrics? string the figure by which the client will see that it paid
---@field decision_criteria? string by what the offers are compared
---@field decision_process? string who has to agree, in which order, by when
---@field champion? contact who speaks for us when we are not there
---@field competitor? string whom else the client considers, doing nothing included
---@field began_at? instant Began at
---@field last_contact? instant Last contact
---@field confirmed_needs? integer Confirmed needs
---@field first_confirmed? instant First confirmed
---@field benefit? money Benefit
---@field price_objections? integer Price objections
---@field open_must_haves? integer Open must haves
---@field accepted_proofs? integer Accepted proofs
---@field activities activities
---@field kits kits
---@field needs needs
---@field objections objections
---@field proofs proofs
---@field questions questions
---@field transitions transitions
---@field verdicts verdicts

---@class deals : query
---@field where fun(self: deals, conditions: table): deals
---@field either fun(self: deals, conditions: table): deals
---@field none fun(self: deals, conditions: table): deals
---@field limit fun(self: deals, count: integer): deals
---@field order_by fun(self: deals, ...: string): deals
---@field first fun(self: deals): deal?
---@field all fun(self: deals): deal[]
---@field each fun(self: deals): fun(): deal?
---Deal
---@type deals
deals = nil

---@param values table
---@return deal
function deal(values) end

---Goal
---@class goal : record
---@field external_id? string what the record is called where it came from
---@field name string Name
---@field owner? user Owner
---@field target? number Target
---@field starts_on? date Starts on
---@field ends_on? date Ends on
---@field reason? string why it matters
---@field metric? "revenue"|"deals_won"|"new_clients"|"prospects"|"customers"|"loyal_customers"|"responses"|"deals_opened"|"presentations"|"meetings"|"calls" what is counted
---@field whose? "own"|"team"|"company" whose results count
---@field amount? money the target of a metric in money
---@field product? product only this product counts
---@field campaign? campaign only what came of this campaign counts
---@field segment? segment only clients of this segment count
---@field supports? goal the result that this effort is for
---@field credible? string why more than history shows is within reach
---@field goals goals
---@field plan_items plan_items

---@class goals : query
---@field where fun(self: goals, conditions: table): goals
---@field either fun(self: goals, conditions: table): goals
---@field none fun(self: goals, conditions: table): goals
---@field limit fun(self: goals, count: integer): goals
---@field order_by fun(self: goals, ...: string): goals
---@field first fun(self: goals): goal?
---@field all fun(self: goals): goal[]
---@field each fun(self: goals): fun(): goal?
---Goal
---@type goals
goals = nil

---@param values table
---@return goal
function goal(values) end

---Invitation
---@class invitation : record
---@field external_id? string what the record is called where it came from
---@field campaign campaign Campaign
---@field client? client Client
---@field contact? contact Contact
---@field state? "invited"|"accepted"|"declined"|"came" State
---@field invited_on? date Invited on

---@class invitations : query
---@field where fun(self: invitations, conditions: table): invitations
---@field either fun(self: invitations, conditions: table): invitations
---@field none fun(self: invitations, conditions: table): invitations
---@field limit fun(self: invitations, count: integer): invitations
---@field order_by fun(self: invitations, ...: string): invitations
---@field first fun(self: invitations): invitation?
---@field all fun(self: invitations): invitation[]
---@field each fun(self: invitations): fun(): invitation?
---Invitation
---@type invitations
invitations = nil

---@param values table
---@return invitation
function invitation(values) end

---Kit
---@class kit : record
---@field external_id? string what the record is called where it came from
---@field client client Client
---@field title string Title
---@field contact? contact Contact
---@field deal? deal Deal
---@field owner? user Owner
---@field made_on? date Made on
---@field letter? string Letter
---@field kit_items kit_items

---@class kits : query
---@field where fun(self: kits, conditions: table): kits
---@field either fun(self: kits, conditions: table): kits
---@field none fun(self: kits, conditions: table): kits
---@field limit fun(self: kits, count: integer): kits
---@field order_by fun(self: kits, ...: string): kits
---@field first fun(self: kits): kit?
---@field all fun(self: kits): kit[]
---@field each fun(self: kits): fun(): kit?
---Kit
---@type kits
kits = nil

---@param values table
---@return kit
function kit(values) end

---Part of a kit
---@class kit_item : record
---@field external_id? string what the record is called where it came from
---@field kit kit Kit
---@field material material Material
---@field why? string the tags that chose it

---@class kit_items : query
---@field where fun(self: kit_items, conditions: table): kit_items
---@field either fun(self: kit_items, conditions: table): kit_items
---@field none fun(self: kit_items, conditions: table): kit_items
---@field limit fun(self: kit_items, count: integer): kit_items
---@field order_by fun(self: kit_items, ...: string): kit_items
---@field first fun(self: kit_items): kit_item?
---@field all fun(self: kit_items): kit_item[]
---@field each fun(self: kit_items): fun(): kit_item?
---Part of a kit
---@type kit_items
kit_items = nil

---@param values table
---@return kit_item
function kit_item(values) end

---Material
---@class material : record
---@field external_id? string what the record is called where it came from
---@field title string Title
---@field type "catalogue"|"reference"|"calculation"|"comparison"|"case" Type
---@field tags? string words that say whom it is for, parted by commas: medical, cost, scanner
---@field file? string where it lies
---@field url? string Url
---@field gist? string one sentence for the letter: what the reader gets from it
---@field kit_items kit_items

---@class materials : query
---@field where fun(self: materials, conditions: table): materials
---@field either fun(self: materials, conditions: table): materials
---@field none fun(self: materials, conditions: table): materials
---@field limit fun(self: materials, count: integer): materials
---@field order_by fun(self: materials, ...: string): materials
---@field first fun(self: materials): material?
---@field all fun(self: materials): material[]
---@field each fun(self: materials): fun(): material?
---Material
---@type materials
materials = nil

---@param values table
---@return material
function material(values) end

---Need
---@class need : record
---@field external_id? string what the record is called where it came from
---@field deal deal Deal
---@field statement string in the client's own words
---@field benefit "revenue"|"cost"|"ease"|"image" more revenue, less cost, easier work, or image
---@field amount? money what it is worth to the client per year
---@field priority? integer 1 is the most important
---@field confirmed? boolean the client said: yes, that is it
---@field confirmed_at? instant set when it is confirmed
---@field accepted_proofs? integer Accepted proofs
---@field proofs proofs

---@class needs : query
---@field where fun(self: needs, conditions: table): needs
---@field either fun(self: needs, conditions: table): needs
---@field none fun(self: needs, conditions: table): needs
---@field limit fun(self: needs, count: integer): needs
---@field order_by fun(self: needs, ...: string): needs
---@field first fun(self: needs): need?
---@field all fun(self: needs): need[]
---@field each fun(self: needs): fun(): need?
---Need
---@type needs
needs = nil

---@param values table
---@return need
function need(values) end

---Objection
---@class objection : record
---@field external_id? string what the record is called where it came from
---@field deal deal Deal
---@field statement string in the client's own words
---@field type "price"|"timing"|"competitor"|"authority"|"trust"|"need"|"other" Type
---@field answer? string what we say to it
---@field resolved? boolean the client no longer says so
---@field must_have? boolean no contract while it stands
---@field raised_at? instant now unless told

---@class objections : query
---@field where fun(self: objections, conditions: table): objections
---@field either fun(self: objections, conditions: table): objections
---@field none fun(self: objections, conditions: table): objections
---@field limit fun(self: objections, count: integer): objections
---@field order_by fun(self: objections, ...: string): objections
---@field first fun(self: objections): objection?
---@field all fun(self: objections): objection[]
---@field each fun(self: objections): fun(): objection?
---Objection
---@type objections
objections = nil

---@param values table
---@return objection
function objection(values) end

---Plan item
---@class plan_item : record
---@field external_id? string what the record is called where it came from
---@field name string Name
---@field side "sales"|"marketing" whose plan it is
---@field segment? segment whom it aims at
---@field metric? "revenue"|"deals_won"|"new_clients"|"prospects"|"customers"|"loyal_customers"|"responses"|"deals_opened"|"presentations"|"meetings"|"calls" what is promised
---@field target? number how much of it
---@field amount? money how much, of a metric in money
---@field starts_on? date Starts on
---@field ends_on? date Ends on
---@field campaign? campaign by which campaign
---@field goal? goal the goal that it is for
---@field owner? user Owner
---@field notes? string Notes

---@class plan_items : query
---@field where fun(self: plan_items, conditions: table): plan_items
---@field either fun(self: plan_items, conditions: table): plan_items
---@field none fun(self: plan_items, conditions: table): plan_items
---@field limit fun(self: plan_items, count: integer): plan_items
---@field order_by fun(self: plan_items, ...: string): plan_items
---@field first fun(self: plan_items): plan_item?
---@field all fun(self: plan_items): plan_item[]
---@field each fun(self: plan_items): fun(): plan_item?
---Plan item
---@type plan_items
plan_items = nil

---@param values table
---@return plan_item
function plan_item(values) end

---Product
---@class product : record
---@field external_id? string what the record is called where it came from
---@field name string Name
---@field series? string Series
---@field price? money Price
---@field active? boolean Active
---@field notes? string Notes
---@field deals deals
---@field goals goals
---@field value_statements value_statements

---@class products : query
---@field where fun(self: products, conditions: table): products
---@field either fun(self: products, conditions: table): products
---@field none fun(self: products, conditions: table): products
---@field limit fun(self: products, count: integer): products
---@field order_by fun(self: products, ...: string): products
---@field first fun(self: products): product?
---@field all fun(self: products): product[]
---@field each fun(self: products): fun(): product?
---Product
---@type products
products = nil

---@param values table
---@return product
function product(values) end

---Proof
---@class proof : record
---@field external_id? string what the record is called where it came from
---@field deal deal Deal
---@field claim string what it proves
---@field type "reference"|"trial"|"calculation"|"certificate"|"visit" Type
---@field need? need the need that it proves we meet
---@field accepted? boolean the client accepts it as proof

---@class proofs : query
---@field where fun(self: proofs, conditions: table): proofs
---@field either fun(self: proofs, conditions: table): proofs
---@field none fun(self: proofs, conditions: table): proofs
---@field limit fun(self: proofs, count: integer): proofs
---@field order_by fun(self: proofs, ...: string): proofs
---@field first fun(self: proofs): proof?
---@field all fun(self: proofs): proof[]
---@field each fun(self: proofs): fun(): proof?
---Proof
---@type proofs
proofs = nil

---@param values table
---@return proof
function proof(values) end

---Question
---@class question : record
---@field external_id? string what the record is called where it came from
---@field text string in the words of who asked
---@field client? client Client
---@field contact? contact Contact
---@field deal? deal Deal
---@field owner? user who owes the answer
---@field asked_on? date Asked on
---@field segment? string clients like these ask it
---@field times? integer how often it was asked
---@field best_answer? string Best answer
---@field answered? integer Answers
---@field answers answers

---@class questions : query
---@field where fun(self: questions, conditions: table): questions
---@field either fun(self: questions, conditions: table): questions
---@field none fun(self: questions, conditions: table): questions
---@field limit fun(self: questions, count: integer): questions
---@field order_by fun(self: questions, ...: string): questions
---@field first fun(self: questions): question?
---@field all fun(self: questions): question[]
---@field each fun(self: questions): fun(): question?
---Question
---@type questions
questions = nil

---@param values table
---@return question
function question(values) end

---Question guide
---@class question_guide : record
---@field external_id? string what the record is called where it came from
---@field title string Title
---@field stage string the stage of a sale that it is for
---@field questions string one a line
---@field how_many? integer how many to ask in one meeting
---@field talk_most? number our share of the talking, at most
---@field listening? string Listening

---@class question_guides : query
---@field where fun(self: question_guides, conditions: table): question_guides
---@field either fun(self: question_guides, conditions: table): question_guides
---@field none fun(self: question_guides, conditions: table): question_guides
---@field limit fun(self: question_guides, count: integer): question_guides
---@field order_by fun(self: question_guides, ...: string): question_guides
---@field first fun(self: question_guides): question_guide?
---@field all fun(self: question_guides): question_guide[]
---@field each fun(self: question_guides): fun(): question_guide?
---Question guide
---@type question_guides
question_guides = nil

---@param values table
---@return question_guide
function question_guide(values) end

---Rating
---@class rating : record
---@field external_id? string what the record is called where it came from
---@field competence competence Competence
---@field owner? user whose competence
---@field activity? activity where it was seen
---@field score integer 1 poor, 5 excellent
---@field rated_on? date Rated on

---@class ratings : query
---@field where fun(self: ratings, conditions: table): ratings
---@field either fun(self: ratings, conditions: table): ratings
---@field none fun(self: ratings, conditions: table): ratings
---@field limit fun(self: ratings, count: integer): ratings
---@field order_by fun(self: ratings, ...: string): ratings
---@field first fun(self: ratings): rating?
---@field all fun(self: ratings): rating[]
---@field each fun(self: ratings): fun(): rating?
---Rating
---@type ratings
ratings = nil

---@param values table
---@return rating
function rating(values) end

---Recipient
---@class recipient : record
---@field external_id? string what the record is called where it came from
---@field campaign campaign Campaign
---@field client? client Client
---@field contact? contact Contact
---@field wave "trial"|"full" Wave
---@field variant? "A"|"B" Variant
---@field sent_on? date Sent on

---@class recipients : query
---@field where fun(self: recipients, conditions: table): recipients
---@field either fun(self: recipients, conditions: table): recipients
---@field none fun(self: recipients, conditions: table): recipients
---@field limit fun(self: recipients, count: integer): recipients
---@field order_by fun(self: recipients, ...: string): recipients
---@field first fun(self: recipients): recipient?
---@field all fun(self: recipients): recipient[]
---@field each fun(self: recipients): fun(): recipient?
---Recipient
---@type recipients
recipients = nil

---@param values table
---@return recipient
function recipient(values) end

---Response
---@class response : record
---@field external_id? string what the record is called where it came from
---@field campaign? campaign Campaign
---@field type? "card"|"questionnaire"|"request"|"reply"|"visit" Type
---@field name? string Name
---@field email? string E-mail
---@field phone? string Phone
---@field company? string Company
---@field received_at? instant Received at
---@field outcome? "converted"|"merged"|"dismissed" what became of it; empty while nobody has looked
---@field reason? string why it was dismissed
---@field client? client Client
---@field contact? contact Contact
---@field role? string Role
---@field notes? string whatever else the card says
---@field owner? user who is to work it
---@field worked_at? instant when it reached its outcome

---@class responses : query
---@field where fun(self: responses, conditions: table): responses
---@field either fun(self: responses, conditions: table): responses
---@field none fun(self: responses, conditions: table): responses
---@field limit fun(self: responses, count: integer): responses
---@field order_by fun(self: responses, ...: string): responses
---@field first fun(self: responses): response?
---@field all fun(self: responses): response[]
---@field each fun(self: responses): fun(): response?
---Response
---@type responses
responses = nil

---@param values table
---@return response
function response(values) end

---Segment
---@class segment : record
---@field external_id? string what the record is called where it came from
---@field name string a word that is easily typed
---@field of? string what it is a group of: client, contact, deal …
---@field condition string as typed behind list: "industry=medical employees>100"
---@field notes? string Notes
---@field campaigns campaigns
---@field goals goals
---@field plan_items plan_items
---@field value_statements value_statements

---@class segments : query
---@field where fun(self: segments, conditions: table): segments
---@field either fun(self: segments, conditions: table): segments
---@field none fun(self: segments, conditions: table): segments
---@field limit fun(self: segments, count: integer): segments
---@field order_by fun(self: segments, ...: string): segments
---@field first fun(self: segments): segment?
---@field all fun(self: segments): segment[]
---@field each fun(self: segments): fun(): segment?
---Segment
---@type segments
segments = nil

---@param values table
---@return segment
function segment(values) end

---Transition
---@class transition : record
---@field process? string Process
---@field from_stage? string unset where the record began
---@field stage? string unset where it left the process
---@field at? instant At
---@field outcome? "begun"|"moved"|"forced"|"promoted"|"imported"|"left" refused attempts and moves that were undone are not among them
---@field days? number how long it was in the stage that it left
---@field actor? string Actor
---@field reason? string Reason
---@field campaign? campaign Campaign
---@field client? client Client
---@field deal? deal Deal

---@class transitions : query
---@field where fun(self: transitions, conditions: table): transitions
---@field either fun(self: transitions, conditions: table): transitions
---@field none fun(self: transitions, conditions: table): transitions
---@field limit fun(self: transitions, count: integer): transitions
---@field order_by fun(self: transitions, ...: string): transitions
---@field first fun(self: transitions): transition?
---@field all fun(self: transitions): transition[]
---@field each fun(self: transitions): fun(): transition?
---Transition
---@type transitions
transitions = nil

---@param values table
---@return transition
function transition(values) end

---User
---@class user : record
---@field external_id? string what the record is called where it came from
---@field name string Name
---@field email? string E-mail
---@field phone? string Phone
---@field team? string whose results are counted together
---@field region? string Region
---@field manager? user Manager
---@field active? boolean no: has left, and gets no new work
---@field activities activities
---@field campaigns campaigns
---@field checklist_items checklist_items
---@field clients clients
---@field deals deals
---@field goals goals
---@field kits kits
---@field plan_items plan_items
---@field questions questions
---@field ratings ratings
---@field responses responses
---@field users users
---@field value_statements value_statements

---@class users : query
---@field where fun(self: users, conditions: table): users
---@field either fun(self: users, conditions: table): users
---@field none fun(self: users, conditions: table): users
---@field limit fun(self: users, count: integer): users
---@field order_by fun(self: users, ...: string): users
---@field first fun(self: users): user?
---@field all fun(self: users): user[]
---@field each fun(self: users): fun(): user?
---User
---@type users
users = nil

---@param values table
---@return user
function user(values) end

---Value statement
---@class value_statement : record
---@field external_id? string what the record is called where it came from
---@field statement string what we add that others do not, in one sentence
---@field product? product unset: any
---@field segment? segment the group of clients that it is for; unset: any
---@field evidence? string why we believe it ourselves
---@field owner? user Owner
---@field deals deals

---@class value_statements : query
---@field where fun(self: value_statements, conditions: table): value_statements
---@field either fun(self: value_statements, conditions: table): value_statements
---@field none fun(self: value_statements, conditions: table): value_statements
---@field limit fun(self: value_statements, count: integer): value_statements
---@field order_by fun(self: value_statements, ...: string): value_statements
---@field first fun(self: value_statements): value_statement?
---@field all fun(self: value_statements): value_statement[]
---@field each fun(self: value_statements): fun(): value_statement?
---Value statement
---@type value_statements
value_statements = nil

---@param values table
---@return value_statement
function value_statement(values) end

---Verdict
---@class verdict : record
---@field criterion? string Criterion
---@field answer? "pass"|"fail"|"broken"|"exempt" Answer
---@field level? "must"|"should" Level
---@field detail? string Detail
---@field process? string Process
---@field from_stage? string From stage
---@field stage? string where the move led, or would have led
---@field at? instant At
---@field outcome? "moved"|"forced"|"promoted"|"refused" what became of the move
---@field actor? string Actor
---@field reason? string Reason
---@field campaign? campaign Campaign
---@field client? client Client
---@field deal? deal Deal

---@class verdicts : query
---@field where fun(self: verdicts, conditions: table): verdicts
---@field either fun(self: verdicts, conditions: table): verdicts
---@field none fun(self: verdicts, conditions: table): verdicts
---@field limit fun(self: verdicts, count: integer): verdicts
---@field order_by fun(self: verdicts, ...: string): verdicts
---@field first fun(self: verdicts): verdict?
---@field all fun(self: verdicts): verdict[]
---@field each fun(self: verdicts): fun(): verdict?
---Verdict
---@type verdicts
verdicts = nil

---@param values table
---@return verdict
function verdict(values) end

---the day of the clock
---@return date
function today() end

---the moment of the clock
---@return instant
function now() end

---a day: date "2026-01-31"
---@param iso string
---@return date
function date(iso) end

---what a person means by it: read_moment "friday 10:00"
---@param words string
---@return instant?
function read_moment(words) end

---a sum of money, without a currency in that of the workspace
---@param number number
---@param currency? string
---@return money
function amount(number, currency) end

---a length of so many days
---@param count number
---@return number
function days(count) end

---a length of so many weeks
---@param count number
---@return number
function weeks(count) end

---a length of so many hours
---@param count number
---@return number
function hours(count) end

---a length of time as people read it: 90 is 1h30m
---@param minutes integer?
---@return string?
function minutes_text(minutes) end

---when we work: from, till, pause and days
---@return table
function working_hours() end

---whether anybody works on that day
---@param day date|instant
---@return boolean
function is_working_day(day) end

---no value: a field with it is set to nothing, a condition looks for that
---@type unset
unset = nil

---any value
---@type condition
is_set = nil

---greater than the limit
---@param limit any
---@return condition?
function over(limit) end

---less than the limit
---@param limit any
---@return condition?
function under(limit) end

---the limit or more
---@param limit any
---@return condition?
function from(limit) end

---the limit or less
---@param limit any
---@return condition?
function upto(limit) end

---from the one to the other, both included
---@param low any
---@param high any
---@return condition?
function between(low, high) end

---one of the list
---@param values any[]?
---@return condition?
function one_of(values) end

---set, and not that
---@param value any
---@return condition?
function is_not(value) end

---a condition on a text, or whether it contains one of the parts
---@param text string?
---@param ... string
---@return any
function contains(text, ...) end

---a condition on a text, or whether it starts with one of the parts
---@param text string?
---@param ... string
---@return any
function starts_with(text, ...) end

---a condition on a text, or whether it ends with one of the parts
---@param text string?
---@param ... string
---@return any
function ends_with(text, ...) end

---how many records, of those that a condition holds for
---@param what? string|table
---@return aggregate
function count(what) end

---how many different values
---@param path string
---@return aggregate
function count_distinct(path) end

---the sum of a field
---@param path string
---@return aggregate
function sum(path) end

---the mean of a field
---@param path string
---@return aggregate
function average(path) end

---the least value
---@param path string
---@return aggregate
function minimum(path) end

---the greatest value
---@param path string
---@return aggregate
function maximum(path) end

---the value in the middle
---@param path string
---@return aggregate
function median(path) end

---the value below which that share lies
---@param path string
---@param share number
---@return aggregate
function percentile(path, share) end

---a path as a column: path "client.name":as "client"
---@param path string
---@return aggregate
function path(path) end

---the query of the records of that kind; in a file, records that are shipped
---@param kind string
---@return query
function records(kind) end

---the fields of a kind: name, title, type, to, choices and flags
---@param kind string
---@return table[]
function fields_of(kind) end

---what the workspace ships of that kind
---@param kind string
---@return table[]
function shipped(kind) end

---the stages in order: name, title, ending, probability, rot
---@param process string
---@return table[]
function stages_of(process) end

---what people call the record
---@param record record?
---@return string?
function name_of(record) end

---what people read for a choice or a stage
---@param path string
---@param value string?
---@return string?
function title_of(path, value) end

---a name as it is compared: "ООО «Ромашка»" is romashka
---@param text string?
---@param of? "company"|"person"
---@return string?
function plain_name(text, of) end

---an address as it is compared
---@param text string?
---@return string?
function plain_email(text) end

---a number as it is compared
---@param text string?
---@return string?
function plain_phone(text) end

---how alike two names are, from 0 to 1
---@param a string?
---@param b string?
---@param of? "company"|"person"
---@return number?
function alike(a, b, of) end

---likely doubles, the likeliest first: of, within, least
---@param options? table
---@return table[]
function doubles(options) end

---the cards in the text of a .vcf file
---@param bytes string
---@return table[]
function vcards(bytes) end

---a function that fills the {places} of a text
---@param text string
---@return fun(values: table): string
function template(text) end

---a text in the reader's language, its {places} filled
---@param text string
---@param values? table
---@return string
function tr(text, values) end

---the form of a text that stands with a number
---@param one string
---@param many string
---@param number integer
---@param values? table
---@return string
function trn(one, many, number, values) end

---the language of the reader: en or ru
---@return string
function language() end

---a document of blocks
---@param options table
---@return document
function document(options) end

---a heading of level 1, 2 or 3
---@param text string
---@param level? integer
---@return block
function heading(text, level) end

---a paragraph
---@param text string
---@return block
function paragraph(text) end

---a list with marks
---@param list string[]
---@return block
function bullets(list) end

---a list with numbers
---@param list string[]
---@return block
function numbered(list) end

---pairs of a name and a value; what is unset is left out
---@param list any[][]
---@return block
function facts(list) end

---name, currency, languages and hours of the workspace
---@param options options.workspace
function workspace(options) end

---more fields for a kind
---@param kind string
---@return fun(fields: field[])
function extend(kind) end

---a kind of records of your own
---@param name string
---@return fun(options: options.kind)
function kind(name) end

---a field counted from other records
---@param path string
---@return fun(options: options.rollup)
function rollup(path) end

---a field computed from its record
---@param path string
---@return fun(options: table)
function formula(path) end

---what tells whether two records are the same one
---@param kind string
---@return fun(options: options.identity)
function identity(kind) end

---stages that records of a kind go through
---@param name string
---@return fun(options: options.process)
function process(name) end

---what is asked at a stage, and what happens there
---@param name string
---@return fun(options: options.stage)
function stage(name) end

---a criterion that blocks
---@param id string
---@return fun(options: options.criterion): criterion
function must(id) end

---a criterion that advises
---@param id string
---@return fun(options: options.criterion): criterion
function should(id) end

---criteria of a record whenever it is saved
---@param kind string
---@return fun(criteria: criterion[])
function accept(kind) end

---an action on an event: deal.won, client.changed.rating
---@param event string
---@return fun(run: function)
function on(event) end

---what runs when: every "friday 09:00"
---@param times string
---@return fun(options: options.every)
function every(times) end

---rules that give points to records of a kind
---@param name string
---@return fun(options: options.scorecard)
function scorecard(name) end

---a rule of a scorecard
---@param id string
---@return fun(options: options.rule): rule
function rule(id) end

---points that are lost with time
---@param options options.decay
---@return rule
function decay(options) end

---a report
---@param name string
---@return fun(options: options.report)
function report(name) end

---a command of your own
---@param name string
---@return fun(options: options.command)
function command(name) end

---a test of the rules
---@param name string
---@return fun(options: options.test)
function test(name) end

---a field of text
---@param name string
---@return field
function text(name) end

---a field of whole numbers
---@param name string
---@return field
function integer(name) end

---a field of numbers
---@param name string
---@return field
function number(name) end

---a field of money
---@param name string
---@return field
function money(name) end

---a field of shares, shown in percent
---@param name string
---@return field
function percent(name) end

---a field of lengths of time
---@param name string
---@return field
function minutes(name) end

---a field of yes or no
---@param name string
---@return field
function boolean(name) end

---a field of moments
---@param name string
---@return field
function instant(name) end

---a field of one choice of a list
---@param name string
---@return field
function choice(name) end

---a field of several choices of a list
---@param name string
---@return field
function choices(name) end

---a field that leads to a record
---@param name string
---@return field
function ref(name) end

---a field of e-mail addresses
---@param name string
---@return field
function email(name) end

---a field of phone numbers
---@param name string
---@return field
function phone(name) end

---a field of web addresses
---@param name string
---@return field
function url(name) end

---the mapping of a folder's files
---@param files table
function import(files) end

---what becomes of the rows of a file
---@param name string
---@return fun(options: options.file): table
function file(name) end

---where a column goes
---@param name string
---@return fun(options: options.column): table
function column(name) end

---columns that go nowhere
---@param headers string[]
---@return table
function ignore(headers) end

---which columns tell the story of a process
---@param process string
---@return fun(reached: table): table
function stages(process) end

---what a word in a column of stages means
---@param word string
---@return fun(options: table): table
function word(word) end

---when a stage was reached
---@param stage string
---@return table
function reached(stage) end

