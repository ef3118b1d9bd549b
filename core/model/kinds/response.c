/* What came back from a campaign, before it is known whom it belongs to. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const char *const types[] = {N_("card"),  N_("questionnaire"), N_("request"),
                                    N_("reply"), N_("visit"),         NULL};
static const char *const outcomes[] = {N_("converted"), N_("merged"), N_("dismissed"), NULL};

static const struct field fields[] = {
    {.name = "campaign", .type = FIELD_REF, .target = "campaign", .title_ru = "Кампания"},
    {.name = "type", .type = FIELD_CHOICE, .title_ru = "Вид", .choices = types},
    {.name = "name", .title_ru = "Имя"},
    {.name = "email", .type = FIELD_EMAIL, .title = "E-mail", .title_ru = "Эл. почта"},
    {.name = "phone", .type = FIELD_PHONE, .title_ru = "Телефон"},
    {.name = "company", .title_ru = "Компания"},
    {.name = "received_at", .type = FIELD_INSTANT, .title_ru = "Получен"},
    {.name = "outcome",
     .type = FIELD_CHOICE,
     .title_ru = "Итог",
     .choices = outcomes,
     .help = N_("what became of it; empty while nobody has looked")},
    {.name = "reason", .title_ru = "Причина", .help = N_("why it was dismissed")},
    {.name = "client", .type = FIELD_REF, .target = "client", .title_ru = "Клиент"},
    {.name = "contact", .type = FIELD_REF, .target = "contact", .title_ru = "Контакт"},
    {0},
};

const struct kind_entry response_kind = {
    .name = "response",
    .plural = "responses",
    .title = "Response",
    .title_ru = "Отклик",
    .belongs_to = "campaign",
    .name_field = "name",
    .fields = fields,
};
