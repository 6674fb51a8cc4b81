/* The options of a theme: declared in theme.yaml, set in site.yaml. Only for src/site/theme*.c and tests.
 * A value is checked by its type before a template sees it, and reaches CSS as one token of CSS, so that no
 * value ends a declaration. */
#ifndef ISMARK_SITE_THEME_OPTION_H
#define ISMARK_SITE_THEME_OPTION_H

#include "site/colour.h"
#include "site/template.h"
#include "text/tree.h"

enum option_type { OPTION_TEXT, OPTION_COLOUR, OPTION_BOOL, OPTION_CHOICE, OPTION_FILE, OPTION_INTEGER, OPTION_FONT };

struct option_value {
	struct str text;       /* TEXT, CHOICE; FILE: the path as written, empty for none */
	struct str address;    /* FILE: where it is published, below theme/; empty for none */
	struct colour colour;
	bool boolean;
	int64_t integer;
	str_vec families;      /* FONT */
};

struct theme_option {
	struct str name, help;
	enum option_type type;
	struct option_value value; /* the default, or what site.yaml says */
	struct span span;          /* of that */
	bool is_set;               /* by site.yaml */
	str_vec values;            /* CHOICE: what is allowed */
	str_vec accept;            /* FILE: extensions without the dot, lower case */
	colour_vec grounds;        /* COLOUR: what text in it stands on; empty: it is not for text */
	int64_t least, most;       /* INTEGER */
};

typedef VEC(struct theme_option) theme_option_vec;

/* Reads the map `options` of theme.yaml over OPTIONS; an option of the same name is replaced. False, with findings
 * (THM006), when one is declared wrongly. */
bool
theme_options_declare(theme_option_vec *options, const struct tree *tree, struct arena *arena, struct diag_list *diags);
/* Reads the map `theme: options` of site.yaml. Unknown names (THM008), values of another type (THM009) and colours that
 * are hard to read (THM010) are findings at their place; the default stays in the first two cases. */
void
theme_options_set(theme_option_vec *options, const struct tree *tree, struct arena *arena, struct diag_list *diags);
/* The values by name, for pages: colours as text, fonts as lists, files as addresses below theme/. */
struct template_value
theme_options_values(const theme_option_vec *options, struct arena *arena);
/* The same for CSS: texts as strings of CSS, fonts as a family list, files as url(); what is empty is the empty text. */
struct template_value
theme_options_css(const theme_option_vec *options, struct arena *arena);

#endif
