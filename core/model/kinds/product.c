/* What we sell. */
#include "base/translate.h"
#include "model/kinds/kinds.h"

static const struct field fields[] = {
    {.name = "name", .title_ru = "Название", .flags = FIELD_REQUIRED},
    {.name = "series", .title_ru = "Серия"},
    {.name = "price", .type = FIELD_MONEY, .title_ru = "Цена", .has_min = true, .min = 0},
    {.name = "active",
     .type = FIELD_BOOLEAN,
     .title_ru = "Продаётся",
     .fallback = {.type = VALUE_BOOLEAN, .as.boolean = true}},
    {.name = "notes", .title_ru = "Заметки", .flags = FIELD_LONG},
    {0},
};

const struct kind_entry product_kind = {
    .name = "product",
    .plural = "products",
    .title = "Product",
    .title_ru = "Продукт",
    .name_field = "name",
    .fields = fields,
};
