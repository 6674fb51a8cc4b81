/* The tables of filters and tests. Only src/site/template*.c include this. */
#ifndef ISMARK_SITE_TEMPLATE_FILTER_H
#define ISMARK_SITE_TEMPLATE_FILTER_H

#include "site/template_render.h"

/* Arguments by position of the parameter; `is_given` tells a missing one from none. */
struct bound {
	struct template_value values[TEMPLATE_PARAMETERS_MAX];
	bool is_given[TEMPLATE_PARAMETERS_MAX];
	const struct arguments *all; /* as written, for filters that take any */
};

struct filter {
	const char *name;
	struct template_value (*apply)(struct render *render, struct template_value input, const struct bound *bound);
	const char *parameters; /* names by spaces; "*": any, unbound */
	size_t required;
	bool accepts_undefined;
};

struct test {
	const char *name;
	bool (*holds)(struct render *render, struct template_value value, const struct bound *bound);
	size_t parameters; /* all required, by position */
	bool accepts_undefined;
};

const struct filter *
filter_find(struct str name);
struct str
filter_nearest(struct str name);
const struct test *
test_find(struct str name);
struct str
test_nearest(struct str name);

struct template_value
filter_apply(struct render *render, const struct filter *filter, struct template_value input,
             const struct arguments *arguments);
bool
test_apply(struct render *render, const struct test *test, struct template_value value,
           const struct arguments *arguments);

/* Arguments, with what they are when not given; wrong types fail. */
struct str
bound_text(struct render *render, const struct bound *bound, size_t i, const char *fallback);
int64_t
bound_int(struct render *render, const struct bound *bound, size_t i, int64_t fallback);
bool
bound_bool(struct render *render, const struct bound *bound, size_t i);
struct template_value
bound_value(const struct bound *bound, size_t i, struct template_value fallback);

/* The tables, each ended by a row without name. */
extern const struct filter filters_of_text[], filters_of_lists[], filters_of_values[];

/* What `attribute="a.b.0"` finds in ITEM; undefined when nothing. FALLBACK, unless it is none, stands for
 * every part that is undefined. */
struct template_value
filter_attribute(struct render *render, struct template_value item, struct template_value path,
                 struct template_value fallback);

#endif
