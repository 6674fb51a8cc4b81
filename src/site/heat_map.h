/* A risk heat map as an SVG picture: likelihood upwards, impact to the right, in each cell its score and the risks that stand
 * in it, and the appetite line between what is accepted and what is not. Drawn with chart.h. */
#ifndef ISMARK_SITE_HEAT_MAP_H
#define ISMARK_SITE_HEAT_MAP_H

#include "check/report.h"
#include "site/chart.h"

enum heat_map_form {
	HEAT_MAP_IDS,   /* ids as links, as many as a cell holds; on large scales numbers */
	HEAT_MAP_COUNTS /* small: how many */
};

/* Words and addresses of the page that the picture stands on. */
struct heat_map_words {
	struct str likelihood, impact;
	struct str more;     /* "{n} more risks: the register" */
	struct str register_href;
	struct str (*href)(const void *context, const struct record *risk); /* of a risk's page; empty: none */
	const void *context;
};

/* Appends the picture of MAP; nothing when it has no rows. */
void
heat_map_svg(struct buf *out, const struct chart *chart, const struct risk_method *method, const struct report_heat_map *map,
             enum heat_map_form form, const struct heat_map_words *words);

#endif
