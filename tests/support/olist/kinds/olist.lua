-- What the Olist files say beyond the fields that every client and deal has. Put into a workspace made by `init`.

kind "seller" {
  title = "Seller",
  text "name"  { required = true },
  text "city"  {},
  text "state" {},
}

extend "deal" {
  instant "won_at",
  ref     "seller" { to = "seller" },
  ref     "sdr"    { to = "user", help = "who qualified the lead" },
  text    "lead_type",
  text    "behaviour",
  text    "business_type",
  boolean "has_company",
  boolean "has_gtin",
  text    "average_stock",
  integer "catalog_size",
  money   "monthly_revenue",
}
