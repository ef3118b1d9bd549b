/* Charts as pictures for a page or for a file. */
#ifndef FORMAT_SVG_H
#define FORMAT_SVG_H

#include "engine/chart.h"

/* Appends one <svg> without scripts and without styles of its own: classes are those of the page.
 * result: what the plot is made of.
 * number makes its ids unique there. Nothing when there is nothing to draw. */
void svg_append(struct text *out, const struct plot *plot, const struct result *result,
                size_t number);
/* The same as a file of its own: with its title and the part of the style sheet it needs. */
void svg_append_alone(struct text *out, const struct plot *plot, const struct result *result);
/* That part, as an element. */
void svg_append_sheet(struct text *out);

#endif
