/* The people who sell and who manage them. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const struct field fields[] = {
    {.name = "name", .title_ru = "Имя", .flags = FIELD_REQUIRED},
    {.name = "email", .type = FIELD_EMAIL, .title = "E-mail", .title_ru = "Эл. почта"},
    {.name = "phone", .type = FIELD_PHONE, .title_ru = "Телефон"},
    {.name = "team", .title_ru = "Команда", .help = N_("whose results are counted together")},
    {.name = "region", .title_ru = "Регион"},
    {.name = "manager", .type = FIELD_REF, .target = "user", .title_ru = "Руководитель"},
    {.name = "active",
     .type = FIELD_BOOLEAN,
     .title_ru = "Работает",
     .help = N_("no: has left, and gets no new work"),
     .fallback = {.type = VALUE_BOOLEAN, .as.boolean = true}},
    {0},
};

static bool check(const struct record *record, struct error *err) {
  return kind_check_not_itself(record, "manager", err);
}

const struct kind_entry user_kind = {
    .name = "user",
    .plural = "users",
    .title = "User",
    .title_ru = "Пользователь",
    .name_field = "name",
    .fields = fields,
    .check = check,
};
