/* The state of one render and what its parts (statements, expressions, calls, filters)
 * share. One thread owns it. After the first mistake `failed` is set: every value is then
 * none, nothing is printed, every loop stops. Only src/site/template*.c include this. */
#ifndef ISMARK_SITE_TEMPLATE_RENDER_H
#define ISMARK_SITE_TEMPLATE_RENDER_H

#include "site/template_node.h"

struct variable {
	struct str name;
	struct template_value value;
};

/* Names that statements have given a value. Lookup goes from a frame to its parents. */
struct frame {
	struct frame *parent;
	VEC(struct variable) variables;
	const struct template_map *context; /* what the caller of the render gave, or NULL */
};

/* One template being rendered: by itself, included or imported. `extends` stays within it. */
struct instance {
	const struct template *template; /* the most derived one */
	struct frame *root;              /* what blocks see */
};

/* What a TEMPLATE_MACRO points to. */
struct closure {
	const struct macro *macro;
	struct frame *frame; /* where it was defined */
	struct instance *instance;
};

/* What a TEMPLATE_LOOP points to. */
struct loop {
	struct template_list *items;
	size_t index; /* from 0 */
	struct template_value changed; /* the arguments of the last changed(), undefined before */
};

/* The block that is being rendered, for super(). */
struct block_place {
	struct str name;
	const struct template *owner; /* whose version of it */
};

struct render {
	struct arena *arena; /* scratch: dies when the page is done */
	struct buf *out;
	struct diag_list *diags;
	struct frame *frame;
	struct instance *instance;
	const struct template *template; /* whose nodes run: for places */
	const struct expression *expression; /* being computed: where filters fail */
	struct block_place block;
	struct diag *diag;     /* of the mistake */
	bool failed, is_muted; /* muted: behind `extends`, outside a block */
	size_t depth, includes, macros;
	size_t used_before;
	uint64_t steps;
};

/* The first mistake; always false. */
bool
render_fail(struct render *render, enum code code, const struct expression *at, const char *message, ...)
	__attribute__((format(printf, 4, 5)));
bool
render_fail_bytes(struct render *render, enum code code, size_t from, size_t to, const char *message, ...)
	__attribute__((format(printf, 5, 6)));
/* Fails because VALUE is undefined where a value is needed. */
bool
render_fail_undefined(struct render *render, const struct expression *at, struct template_value value);
/* Adds to the finding of a failed render that the statement or call led there. */
void
render_trace(struct render *render, const struct template *template, size_t from, size_t to, const char *what);
/* Counts work; false, failed, when it is too much, in steps or in memory. */
bool
render_step(struct render *render, size_t count);
/* Around what recurses; false, failed, when too deep. render_leave() only after a true one. */
bool
render_enter(struct render *render, const struct expression *at);
void
render_leave(struct render *render);

/* Statements (template_render.c). */
bool
render_statements(struct render *render, const statement_vec *statements);
/* What STATEMENTS print, as HTML in the arena. */
struct str
render_capture(struct render *render, const statement_vec *statements);
void
render_assign(struct render *render, struct str name, struct template_value value);
struct frame *
render_push(struct render *render, struct frame *parent);
/* The block NAME as the most derived template has it, or, with BEHIND, the version that BEHIND's overrides. */
const struct block *
render_find_block(const struct instance *instance, struct str name, const struct template *behind);
bool
render_block(struct render *render, const struct block *block, struct frame *parent);

/* Expressions (template_eval.c). */
struct template_value
eval(struct render *render, const struct expression *expression);
/* VALUE[INDEX]; undefined when there is none. */
struct template_value
eval_item(struct render *render, struct template_value value, struct template_value index);
struct template_value
eval_undefined(struct render *render, enum undefined_kind kind, struct str name, struct template_value object);
/* A OPERATOR B for numbers, text and lists. */
struct template_value
eval_arithmetic(struct render *render, enum operator operator, struct template_value a, struct template_value b);

/* Calls (template_call.c). */
struct arguments {
	struct template_value *items;
	size_t count;
	struct variable *named;
	size_t named_count;
};

bool
eval_arguments(struct render *render, const struct expression *call, struct arguments *arguments);
/* CALLER, or undefined, becomes the macro's `caller`. */
struct template_value
eval_call(struct render *render, const struct expression *call, struct template_value caller);
/* The function NAME of every template (`range`…), or undefined. */
struct template_value
eval_global(struct str name);

/* Values (template_compare.c, template_text.c). Failures are at render->expression. */
bool
value_is_true(struct render *render, struct template_value value);
bool
value_equal(struct render *render, struct template_value a, struct template_value b);
/* <0, 0, >0; fails for values without order. */
int
value_compare(struct render *render, struct template_value a, struct template_value b);
bool
value_contains(struct render *render, struct template_value container, struct template_value item);
/* The items that iterating VALUE gives, in a list that nobody may change; NULL after failing. */
struct template_list *
value_items(struct render *render, struct template_value value);
/* Fails for what has no length. */
bool
value_length(struct render *render, struct template_value value, size_t *length);
/* As str() in Python: what is printed, before escaping. */
struct str
value_text(struct render *render, struct template_value value);
/* As JSON with sorted keys, safe inside a script element. */
struct str
value_json(struct render *render, struct template_value value);
/* What printing VALUE adds: escaped, unless it is HTML. */
void
value_print(struct render *render, struct buf *buf, struct template_value value);
/* With the five characters escaped as MarkupSafe spells them. */
void
buf_add_markup(struct buf *buf, struct str s);
void
buf_add_float(struct buf *buf, double number); /* as Python's repr() */
/* Takes the buffer into the arena; fails above TEMPLATE_TEXT_MAX. */
struct str
render_take(struct render *render, struct buf *buf);

#endif
