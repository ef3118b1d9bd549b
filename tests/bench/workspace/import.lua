import {
  title = "Bench",

  file "clients.csv" { kind = "client", decimal = ".",
    column "number"    { to = "external_id" },
    column "company"   { to = "name", required = true },
    column "industry"  { to = "industry" },
    column "employees" { to = "employees" },
    column "revenue"   { to = "revenue" },
    column "founded"   { to = "founded" },
    column "country"   { to = "country" },
    column "city"      { to = "city" },
    column "website"   { to = "website" },
    column "email"     { to = "email" },
    column "phone"     { to = "phone" },
    column "source"    { to = "source" },
  },
}
