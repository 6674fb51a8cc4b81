/* Makes the tree Pandoc's for the filters, and ours again after them. */
#ifndef ISMARK_LUA_SHAPE_H
#define ISMARK_LUA_SHAPE_H

#include "text/node.h"

enum { SHAPE_DEPTH_MAX = 1000, SHAPE_PADDING_MAX = 100 * 1000 };

/* Cells hold blocks, headings have ids. */
void
shape_for_filters(struct arena *arena, struct node *root);
/* False when nodes are nested deeper than SHAPE_DEPTH_MAX. */
bool
shape_is_shallow(const struct node *root);
/* False when more than SHAPE_PADDING_MAX cells are missing in the tables. */
bool
shape_is_square(struct node *root);
/* Undoes shape_for_filters(). CHANGED: filters did their work, so tables may be ragged and ids are to stay. */
void
shape_for_us(struct arena *arena, struct node *root, bool changed);

#endif
