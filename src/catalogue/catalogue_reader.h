/* Reads a catalogue that a site brings itself: a map with `catalogue` (name), `standard`,
 * `themes` [{id, title, name}] and `controls` [{id, title, theme}]. */
#ifndef ISMARK_CATALOGUE_CATALOGUE_READER_H
#define ISMARK_CATALOGUE_CATALOGUE_READER_H

#include "catalogue/catalogue.h"
#include "text/tree.h"

/* The catalogue in TREE, in ARENA, with every entry that could be read; findings (CAT family)
 * go to DIAGS. NULL when it has no name of its own or no control. TREE may be NULL (an empty file); its
 * text is borrowed. Of a file that could not be read to its end, findings about absences may be wrong. */
const struct catalogue *
catalogue_read(struct arena *arena, const struct tree *tree, struct span file, struct diag_list *diags);

#endif
