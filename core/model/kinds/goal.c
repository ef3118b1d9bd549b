/* What someone is to reach by a day. What is counted is the business of the scripts. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const struct field fields[] = {
    {.name = "name", .title_ru = "Название", .flags = FIELD_REQUIRED},
    {.name = "owner", .type = FIELD_REF, .target = "user", .title_ru = "Ответственный"},
    {.name = "target", .type = FIELD_NUMBER, .title_ru = "План"},
    {.name = "starts_on", .type = FIELD_DATE, .title_ru = "Начало"},
    {.name = "ends_on", .type = FIELD_DATE, .title_ru = "Конец"},
    {.name = "reason", .title_ru = "Зачем", .help = N_("why it matters")},
    {0},
};

static bool check(const struct record *record, struct error *err) {
  return kind_check_order(record, "starts_on", "ends_on", err);
}

const struct kind_entry goal_kind = {
    .name = "goal",
    .plural = "goals",
    .title = "Goal",
    .title_ru = "Цель",
    .name_field = "name",
    .fields = fields,
    .check = check,
};
