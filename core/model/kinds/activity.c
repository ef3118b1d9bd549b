/* A meeting, a call, a letter: what was planned and what was done. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const char *const types[] = {N_("meeting"), N_("call"), N_("mail"), N_("letter"),
                                    N_("note"),    N_("task"), NULL};
static const char *const states[] = {N_("planned"), N_("held"), N_("cancelled"), NULL};

static const struct field fields[] = {
    {.name = "type",
     .type = FIELD_CHOICE,
     .title_ru = "Вид",
     .flags = FIELD_REQUIRED,
     .choices = types},
    {.name = "state",
     .type = FIELD_CHOICE,
     .title_ru = "Состояние",
     .choices = states,
     .fallback = {.type = VALUE_TEXT, .as.text = {"planned", sizeof "planned" - 1}}},
    {.name = "subject", .title_ru = "Тема"},
    {.name = "client", .type = FIELD_REF, .target = "client", .title_ru = "Клиент"},
    {.name = "contact", .type = FIELD_REF, .target = "contact", .title_ru = "Контакт"},
    {.name = "deal", .type = FIELD_REF, .target = "deal", .title_ru = "Сделка"},
    {.name = "owner", .type = FIELD_REF, .target = "user", .title_ru = "Ответственный"},
    {.name = "due",
     .type = FIELD_INSTANT,
     .title_ru = "Срок",
     .flags = FIELD_INDEXED,
     .help = N_("when it is to happen")},
    {.name = "done_at",
     .type = FIELD_INSTANT,
     .title_ru = "Выполнено",
     .flags = FIELD_INDEXED,
     .help = N_("when it happened")},
    {.name = "minutes_spent",
     .type = FIELD_MINUTES,
     .title_ru = "Заняло",
     .help = N_("how long it took, or is to take"),
     .has_min = true,
     .min = 0},
    {.name = "outcome", .title_ru = "Итог"},
    {.name = "notes", .title_ru = "Заметки", .flags = FIELD_LONG},
    {0},
};

const struct kind_entry activity_kind = {
    .name = "activity",
    .plural = "activities",
    .title = "Activity",
    .title_ru = "Действие",
    .name_field = "subject",
    .fields = fields,
};
