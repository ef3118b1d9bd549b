/* One sale, from the first thought to the contract or the loss. Which stages there are is the
 * business of a process in the scripts. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const struct field fields[] = {
    {.name = "title",
     .title_ru = "Название",
     .help = N_("short; the external id names the deal without one")},
    {.name = "client", .type = FIELD_REF, .target = "client", .title_ru = "Клиент"},
    {.name = "owner", .type = FIELD_REF, .target = "user", .title_ru = "Ответственный"},
    {.name = "product", .type = FIELD_REF, .target = "product", .title_ru = "Продукт"},
    {.name = "stage",
     .title_ru = "Этап",
     .flags = FIELD_ENGINE | FIELD_INDEXED,
     .help = N_("where the sale stands; a process moves it")},
    {.name = "amount", .type = FIELD_MONEY, .title_ru = "Сумма"},
    {.name = "expected_close",
     .type = FIELD_DATE,
     .title_ru = "Ожидаемое закрытие",
     .help = N_("when we think it will be decided")},
    {.name = "opened_on", .type = FIELD_DATE, .title_ru = "Открыта"},
    {.name = "closed_on", .type = FIELD_DATE, .title_ru = "Закрыта", .flags = FIELD_INDEXED},
    {.name = "decision_maker",
     .type = FIELD_REF,
     .target = "contact",
     .title_ru = "Принимает решение",
     .help = N_("who can say yes")},
    {.name = "lost_reason", .title_ru = "Причина проигрыша"},
    {.name = "lost_note",
     .title_ru = "Что сказал клиент",
     .flags = FIELD_LONG,
     .help = N_("why the client said no, in the client's own words")},
    {.name = "contract_date", .type = FIELD_DATE, .title_ru = "Дата договора"},
    {.name = "source", .title_ru = "Источник", .help = N_("what led to this sale")},
    {.name = "next_step", .title_ru = "Следующий шаг"},
    {.name = "campaign", .type = FIELD_REF, .target = "campaign", .title_ru = "Кампания"},
    {.name = "notes", .title_ru = "Заметки", .flags = FIELD_LONG},
    KIND_MOVED_AT,
    {0},
};

static bool check(const struct record *record, struct error *err) {
  return kind_check_order(record, "opened_on", "closed_on", err);
}

const struct kind_entry deal_kind = {
    .name = "deal",
    .plural = "deals",
    .title = "Deal",
    .title_ru = "Сделка",
    .belongs_to = "client",
    .name_field = "title",
    .fields = fields,
    .check = check,
};
