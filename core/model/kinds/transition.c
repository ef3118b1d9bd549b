/* What a process moved, as rows that queries can ask: no table of its own, see model/compile_log.c.
 * Each process adds a reference to the kind that it moves. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const char *const outcomes[] = {N_("begun"),    N_("moved"), N_("forced"), N_("promoted"),
                                       N_("imported"), N_("left"),  NULL};

static const struct field fields[] = {
    {.name = "process", .title_ru = "Процесс"},
    {.name = "from_stage", .title_ru = "Откуда", .help = N_("unset where the record began")},
    {.name = "stage", .title_ru = "Куда", .help = N_("unset where it left the process")},
    {.name = "at", .type = FIELD_INSTANT, .title_ru = "Когда"},
    {.name = "outcome",
     .type = FIELD_CHOICE,
     .title_ru = "Как",
     .choices = outcomes,
     .help = N_("refused attempts and moves that were undone are not among them")},
    {.name = "days",
     .type = FIELD_NUMBER,
     .title_ru = "Дней",
     .help = N_("how long it was in the stage that it left")},
    {.name = "actor", .title_ru = "Кто"},
    {.name = "reason", .title_ru = "Причина"},
    {0},
};

const struct kind_entry transition_kind = {
    .name = "transition",
    .plural = "transitions",
    .title = "Transition",
    .title_ru = "Переход",
    .name_field = "stage",
    .is_log = true,
    .fields = fields,
};
