/* References to controls as people write them: `A.5.15`, `A5.15`, `Annex A 5.15`, `iso27001:A.5.15`,
 * `a-5-15`, `A.5.15 Access control`, `A.5.24–A.5.28`, and lists of them.
 * Everything here is linear in the text and reports nothing: findings are the caller's. */
#ifndef ISMARK_CATALOGUE_CONTROL_REF_H
#define ISMARK_CATALOGUE_CONTROL_REF_H

#include "catalogue/catalogue.h"

/* The catalogues that a site works with. An id without a prefix means the primary one; a prefix
 * (`iso27018:`, an own catalogue's name) reaches the others, and the built-in ones even where the site
 * does not list them. An id of no standard's shape is also looked for in the others. */
struct control_scope {
	const struct catalogue *primary;
	const struct catalogue *const *others;
	size_t other_count;
};

enum control_ref_kind {
	CONTROL_REF_CONTROL,       /* one control, or a range of them */
	CONTROL_REF_THEME,         /* a theme of the catalogue (`A.5`), which is never a control */
	CONTROL_REF_OTHER_EDITION, /* a control of the same standard's other edition; see its replaced_by or replaces */
	CONTROL_REF_UNKNOWN,       /* has the shape of an id, and nothing has it */
	CONTROL_REF_BAD_RANGE,     /* both ends exist, but the last is not behind the first, or is of another catalogue */
	CONTROL_REF_NOT_CONTROL    /* anything else: other text, a foreign id (`CC6.1`), a group of an older edition (`A.9.1`) */
};

struct control_ref {
	enum control_ref_kind kind;
	size_t from, to; /* bytes of the id, or of the whole range, in the text */
	/* CONTROL, OTHER_EDITION: the first of COUNT controls that follow each other in its catalogue: control[0]
	 * to control[count - 1]. BAD_RANGE: the first end. */
	const struct control *control;
	size_t count;
	/* THEME: the first of COUNT themes. NOT_CONTROL: the group of another edition that has this id, or NULL. */
	const struct theme *theme;
	bool is_range;
	struct str id;       /* as the standard spells it (`A.5.15`; of a range its first end), else the bytes as written */
	struct str standard; /* whose id it is: "ISO/IEC 27001:2013", a guess at "ISO/IEC 27001:2005", "SOC 2"; may be empty */
	struct str title;    /* text that stands with the id, a view into the text, may be empty; of a range it is no control's title */
};

typedef VEC(struct control_ref) control_refs;

enum {
	/* The field or column holds control ids: a bare `5.15` is one. */
	CONTROL_REF_BARE = 1
};

/* Every reference in TEXT, a value or cell that holds control ids, in the order written. Parts
 * are split at `,` `;` line break or `<br>`, and at blanks, only before what parses as an id, because titles
 * hold commas. Text that belongs to no id is one NOT_CONTROL a part. */
control_refs
control_refs_parse(struct arena *arena, const struct control_scope *scope, struct str text, unsigned flags);
/* TEXT as one reference, for a key such as an SoA entry's; more than one, or none, gives NOT_CONTROL over the whole text. */
struct control_ref
control_ref_parse(struct arena *arena, const struct control_scope *scope, struct str text, unsigned flags);
/* One word of prose (`A.5.15`, `iso27018:A.5.1`; full stops and brackets around it are passed over):
 * only forms with a capital letter and a digit. Not bare numbers, never a range. FROM and TO count in TOKEN. */
struct control_ref
control_ref_token(struct arena *arena, const struct control_scope *scope, struct str token);

#endif
