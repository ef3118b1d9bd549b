/* What a scorecard gives under two rule sets: which grades change, and by how much. */
#ifndef ENGINE_LAB_POINTS_H
#define ENGINE_LAB_POINTS_H

#include "engine/lab/impact.h"
#include "engine/scorecard.h"

/* Tells of every record that would get another grade or other points. Nothing is told of a card
 * that the former rules don't have: its grades are all new. */
bool points_compare(const struct impact *impact, struct scorecard *after, struct error *err);

#endif
