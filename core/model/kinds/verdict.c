/* What each criterion said at each move that was made or refused, as rows that queries can ask: no
 * table of its own, see model/compile_log.c. Each process adds a reference to the kind it moves. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const char *const outcomes[] = {N_("moved"), N_("forced"), N_("promoted"), N_("refused"),
                                       NULL};
static const char *const answers[] = {N_("pass"), N_("fail"), N_("broken"), N_("exempt"), NULL};
static const char *const levels[] = {N_("must"), N_("should"), NULL};

static const struct field fields[] = {
    {.name = "criterion", .title_ru = "Критерий"},
    {.name = "answer", .type = FIELD_CHOICE, .title_ru = "Ответ", .choices = answers},
    {.name = "level", .type = FIELD_CHOICE, .title_ru = "Уровень", .choices = levels},
    {.name = "detail", .title_ru = "Подробности"},
    {.name = "process", .title_ru = "Процесс"},
    {.name = "from_stage", .title_ru = "Откуда"},
    {.name = "stage", .title_ru = "Куда", .help = N_("where the move led, or would have led")},
    {.name = "at", .type = FIELD_INSTANT, .title_ru = "Когда"},
    {.name = "outcome",
     .type = FIELD_CHOICE,
     .title_ru = "Исход",
     .choices = outcomes,
     .help = N_("what became of the move")},
    {.name = "actor", .title_ru = "Кто"},
    {.name = "reason", .title_ru = "Причина"},
    {0},
};

const struct kind_entry verdict_kind = {
    .name = "verdict",
    .plural = "verdicts",
    .title = "Verdict",
    .title_ru = "Ответ критерия",
    .name_field = "criterion",
    .is_log = true,
    .fields = fields,
};
