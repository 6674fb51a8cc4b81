/* Colours of themes and how well they are seen: WCAG 2.2, 1.4.3. */
#ifndef ISMARK_SITE_COLOUR_H
#define ISMARK_SITE_COLOUR_H

#include "base/str.h"

#define COLOUR_CONTRAST_TEXT 4.5 /* what text needs on its ground */

struct colour {
	uint8_t red, green, blue;
};

typedef VEC(struct colour) colour_vec;

/* "#rgb" or "#rrggbb". */
bool
colour_read(struct str text, struct colour *colour);
/* "#rrggbb", in ARENA. */
struct str
colour_text(struct arena *arena, struct colour colour);
/* From 1 (equal) to 21 (black on white); order does not matter. */
double
colour_contrast(struct colour one, struct colour other);
/* The least contrast of COLOUR on any of GROUNDS; 21 without grounds. */
double
colour_least_contrast(struct colour colour, const colour_vec *grounds);
/* The colour nearest to COLOUR, darker or lighter, with at least RATIO on each of GROUNDS; false when there is none. */
bool
colour_nearest(struct colour colour, const colour_vec *grounds, double ratio, struct colour *nearest);

#endif
