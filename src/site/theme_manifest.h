/* theme.yaml. Only for src/site/theme*.c. */
#ifndef ISMARK_SITE_THEME_MANIFEST_H
#define ISMARK_SITE_THEME_MANIFEST_H

#include "site/theme_option.h"

struct theme_manifest {
	struct str name, version;
	struct str extends;         /* name of the theme that it builds on; empty: none */
	struct span span;           /* of the file */
	struct span extends_span;
	bool inherits_templates, inherits_static, inherits_words; /* what it takes of that theme: all unless `inherits` says less */
	bool has_search;            /* pages of it find with the search's script: the index is published */
	const struct tree *options; /* NULL: none */
};

/* Reads TREE, the whole of a theme.yaml. False, with findings (THM006), when it is none, or for another version than API. */
bool
theme_manifest_read(struct theme_manifest *manifest, const struct tree *tree, int api, struct diag_list *diags);

#endif
