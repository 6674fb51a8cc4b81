/* A risk heat map as an SVG picture for a page: likelihood upwards, impact to the right, the number of risks in each cell,
 * and the appetite line between what is accepted and what is not. Colours are classes of the theme's style sheet. */
#ifndef ISMARK_SITE_HEAT_MAP_H
#define ISMARK_SITE_HEAT_MAP_H

#include "check/report.h"

/* Appends the picture of MAP; nothing when it has no rows. */
void
heat_map_svg(struct buf *out, const struct report *report, const struct report_heat_map *map);

#endif
