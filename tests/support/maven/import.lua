-- The four files of the public "Maven CRM sales opportunities" data set. Sectors and countries keep the
-- spelling of the source ("technolgy"), so that figures can be compared with what others published.

import {
  title = "Maven CRM",

  file "products.csv" { kind = "product", match = "name", currency = "USD",
    column "product"     { to = "name" },
    column "series"      { to = "series" },
    column "sales_price" { to = "price" },
  },

  file "accounts.csv" { kind = "client", match = "name", currency = "USD",
    column "account"          { to = "name" },
    column "sector"           { to = "industry" },
    column "year_established" { to = "founded" },
    column "revenue"          { to = "revenue", suffix = "M" },
    column "employees"        { to = "employees" },
    column "office_location"  { to = "country" },
    column "subsidiary_of"    { to = "parent", by = "name" },
  },

  file "sales_teams.csv" { kind = "user", match = "name",
    column "sales_agent"     { to = "name" },
    column "manager"         { to = "team" },
    column "regional_office" { to = "region" },
  },

  file "sales_pipeline.csv" { kind = "deal", match = "external_id", currency = "USD", since = "engage_date",
    column "opportunity_id" { to = "external_id" },
    column "sales_agent"    { to = "owner", by = "name" },
    column "product"        { to = "product", by = "name", values = { GTXPro = "GTX Pro" } },
    column "account"        { to = "client", by = "name" },
    column "engage_date"    { to = "opened_on" },
    column "close_date"     { to = "closed_on", since = "close_date" },
    column "close_value"    { to = "amount", since = "close_date" },
    ignore { "engage_quarter", "close_quarter" },
    stages "sale" { column = "deal_stage",
      word "Prospecting" { reached "prospecting" },
      word "Engaging" { reached "qualifying" { at = "engage_date" } },
      word "Won" { reached "qualifying" { at = "engage_date" }, reached "won" { at = "close_date" } },
      word "Lost" { reached "qualifying" { at = "engage_date" }, reached "lost" { at = "close_date" } },
    },
  },
}
