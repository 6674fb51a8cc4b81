/* Where the front matter of a Markdown file is, and what it holds. */
#ifndef ISMARK_MODEL_FRONT_MATTER_H
#define ISMARK_MODEL_FRONT_MATTER_H

#include "text/tree.h"

struct front_matter {
	struct tree *tree;  /* a map, or NULL */
	size_t body;        /* first byte of the text */
	uint32_t body_line; /* its line, from 1 */
	bool broken;        /* it could not be read whole */
};

/* The block between two lines `---` at the start of SOURCE. A first `---` that nothing closes is a rule, unless a
 * key follows it (FM002); a closed block that is no map is text. A block that lacks its first `---`, or stands in an
 * HTML comment, is read all the same, with FM021. */
struct front_matter
front_matter_read(struct arena *arena, const struct source *source, struct diag_list *diags);

#endif
