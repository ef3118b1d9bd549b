-- Who a record is about: what doubles are found by. A response belongs to a client or a contact until it has an
-- outcome; then it is settled and no longer compared.

identity "client"   { company = "name", email = "email", phone = "phone" }
identity "contact"  { person = "name", company = "client.name", email = "email", phone = "phone" }
identity "response" { person = "name", company = "company", email = "email", phone = "phone", settled = "outcome",
  among = { "client", "contact" } }
