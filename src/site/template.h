/* Templates: a strict subset of Jinja2 with autoescape, StrictUndefined, trim_blocks,
 * lstrip_blocks and keep_trailing_newline. What renders here renders to the same bytes
 * there; much that works there is refused here. Needs only base and diag.
 *
 * Statements: if/elif/else, for … in … [if …] [else] with `loop`, set (also block set and
 * `set ns.name`), block [scoped] with super() and self.name(), extends, include [ignore
 * missing] [with|without context], import and from … import, macro, call, filter, with,
 * raw. The names of templates are string literals. A macro from `import` sees no context
 * unless the import says `with context`.
 * A map's entries are read as `map.key` or `map["key"]`; names of dict methods (items,
 * keys, values, get, update, …) only as `map["items"]`. Iterate over `map.items()`.
 * What Jinja2 computes lazily (map, select, selectattr, unique, reverse, …) can be iterated
 * once; add `| list` to measure, test, index or print it.
 *
 * Filters and tests: the tables at the end of template_filter_*.c and template_test.c.
 * Functions: range, dict, namespace; methods: map.items/keys/values/get, text.startswith and
 * endswith, loop.cycle. Known to differ: a name that an inner loop reads before the outer one
 * sets it anew has its old value here; Jinja2, which decides names when it compiles, has none.
 *
 * Life: template_set_add() each file of the theme, template_set_link() once, then the set
 * is const and any number of threads may template_render() from it, each with its own
 * scratch arena, buffer and diagnostics. The first mistake ends a render. */
#ifndef ISMARK_SITE_TEMPLATE_H
#define ISMARK_SITE_TEMPLATE_H

#include "base/map.h"
#include "diag/diag.h"

enum template_type {
	TEMPLATE_UNDEFINED,
	TEMPLATE_NONE,
	TEMPLATE_BOOL,
	TEMPLATE_INT,
	TEMPLATE_NUMBER,
	TEMPLATE_STRING, /* escaped when printed */
	TEMPLATE_HTML,   /* printed as it is */
	TEMPLATE_LIST,
	TEMPLATE_MAP,
	/* Only the engine makes these. */
	TEMPLATE_NAMESPACE,
	TEMPLATE_MACRO,
	TEMPLATE_MODULE,
	TEMPLATE_LOOP,
	TEMPLATE_FUNCTION
};

struct template_list;
struct template_map;

/* Small, passed by value. What it points to lives in an arena and is not changed by a render. */
struct template_value {
	enum template_type type;
	union {
		bool boolean;
		int64_t integer;
		double number;
		struct str text; /* STRING, HTML; borrowed */
		struct template_list *list;
		struct template_map *map; /* MAP, NAMESPACE */
		const void *internal;
	} as;
};

struct template_value
template_none(void);
struct template_value
template_bool(bool boolean);
struct template_value
template_int(int64_t integer);
/* Prints as Python does, "5.0" for 5; use template_int() for counts. */
struct template_value
template_number(double number);
/* TEXT is borrowed and escaped when printed. */
struct template_value
template_string(struct str text);
/* HTML that is safe as it stands, borrowed: what the Markdown writer or buf_add_html() made. */
struct template_value
template_html(struct str html);
struct template_value
template_list(struct arena *arena);
void
template_push(struct arena *arena, struct template_value list, struct template_value item);
struct template_value
template_map(struct arena *arena);
/* Sets KEY, which is borrowed; order of first insertion is kept. */
void
template_put(struct arena *arena, struct template_value map, const char *key, struct template_value value);
void
template_put_str(struct arena *arena, struct template_value map, struct str key, struct template_value value);
/* The value of KEY; undefined when there is none or MAP is no map. */
struct template_value
template_get(struct template_value map, struct str key);
/* Items of a list or map. */
size_t
template_count(struct template_value value);
/* Item INDEX of a list, or undefined. */
struct template_value
template_at(struct template_value list, size_t index);

struct template;

/* The templates of a theme by name. Everything lives in ARENA. */
struct template_set {
	struct arena *arena;
	struct map templates; /* name → struct template */
};

void
template_set_init(struct template_set *set, struct arena *arena);
/* Parses SOURCE, which must outlive the set, as the template NAME; a name added again replaces the
 * one before. False, with a finding (THM…), when it is not a template; the name is then known but empty. */
bool
template_set_add(struct template_set *set, struct str name, const struct source *source, struct diag_list *diags);
/* Makes the template NAME, which is there, known as ALIAS too. */
void
template_set_alias(struct template_set *set, struct str alias, struct str name);
/* Resolves extends, include and import. False with findings when a template is missing or extends itself. */
bool
template_set_link(struct template_set *set, struct diag_list *diags);
bool
template_set_has(const struct template_set *set, struct str name);
/* Appends what the template NAME makes of CONTEXT (a map) to OUT. When it fails, it adds a finding at the
 * place in the template, with the chain of includes and calls that led there, and leaves OUT as it was. */
bool
template_render(const struct template_set *set, struct str name, struct template_value context,
                struct arena *scratch, struct buf *out, struct diag_list *diags);

#endif
