/* The people at a client. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const struct field fields[] = {
    {.name = "client", .type = FIELD_REF, .target = "client", .title_ru = "Клиент"},
    {.name = "name", .title_ru = "Имя", .flags = FIELD_REQUIRED},
    {.name = "role", .title_ru = "Должность"},
    {.name = "email", .type = FIELD_EMAIL, .title = "E-mail", .title_ru = "Эл. почта"},
    {.name = "phone", .type = FIELD_PHONE, .title_ru = "Телефон"},
    {.name = "decision_maker",
     .type = FIELD_BOOLEAN,
     .title_ru = "Принимает решения",
     .help = N_("whether this person can say yes")},
    {.name = "notes", .title_ru = "Заметки", .flags = FIELD_LONG},
    {0},
};

const struct kind_entry contact_kind = {
    .name = "contact",
    .plural = "contacts",
    .title = "Contact",
    .title_ru = "Контакт",
    .belongs_to = "client",
    .name_field = "name",
    .fields = fields,
};
