/* An exhibition, a mailing, an advertisement: what brings clients in, and what it costs. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const char *const types[] = {N_("exhibition"), N_("mailing"), N_("advertising"), N_("other"),
                                    NULL};

static const struct field fields[] = {
    {.name = "name", .title_ru = "Название", .flags = FIELD_REQUIRED},
    {.name = "type", .type = FIELD_CHOICE, .title_ru = "Вид", .choices = types},
    {.name = "stage",
     .title_ru = "Этап",
     .flags = FIELD_ENGINE | FIELD_INDEXED,
     .help = N_("where the campaign stands; a process moves it")},
    {.name = "starts_on", .type = FIELD_DATE, .title_ru = "Начало"},
    {.name = "ends_on", .type = FIELD_DATE, .title_ru = "Конец"},
    {.name = "cost", .type = FIELD_MONEY, .title_ru = "Стоимость", .has_min = true, .min = 0},
    {.name = "owner", .type = FIELD_REF, .target = "user", .title_ru = "Ответственный"},
    {.name = "message",
     .title_ru = "Сообщение",
     .flags = FIELD_LONG,
     .help = N_("what we say to everyone it reaches")},
    KIND_MOVED_AT,
    {0},
};

static bool check(const struct record *record, struct error *err) {
  return kind_check_order(record, "starts_on", "ends_on", err);
}

const struct kind_entry campaign_kind = {
    .name = "campaign",
    .plural = "campaigns",
    .title = "Campaign",
    .title_ru = "Кампания",
    .name_field = "name",
    .fields = fields,
    .check = check,
};
