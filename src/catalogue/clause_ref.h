/* References to clauses of ISO/IEC 27001 as people write them: `6.1.2`, `Clause 6.1.3 d)`, `Clauses 4-10`.
 * Linear in the text; reports nothing. */
#ifndef ISMARK_CATALOGUE_CLAUSE_REF_H
#define ISMARK_CATALOGUE_CLAUSE_REF_H

#include "catalogue/catalogue.h"

struct clause_ref {
	const struct clause *clause; /* NULL: no clause of 4 to 10 has this number, or it is no number */
	const struct clause *last;   /* last clause of a range, else equal to `clause` */
	bool is_number;              /* has the shape of a clause number */
	size_t from, to;
	char item;         /* 'd' of `6.1.3 d)`, 0 for none */
	unsigned sub_item; /* 1 of `9.3.2 d) 1)`, 0 for none */
	struct str id;     /* "6.1.3", else the bytes as written */
	struct str title;  /* text that stands with the number, a view into the text */
};

typedef VEC(struct clause_ref) clause_refs;

/* Every clause in TEXT, a value that holds clauses: `6.1.2`, `clause 6.1.2`, `§ 6.1.3 d`, `Clauses 4-10`, lists of them. */
clause_refs
clause_refs_parse(struct arena *arena, struct str text);
/* TEXT as one clause; otherwise `clause` is NULL and the range is the whole text. */
struct clause_ref
clause_ref_parse(struct arena *arena, struct str text);

#endif
