/* A parsed template: statements and expressions, const once the set is linked, and the
 * limits of the language. Only src/site/template*.c include this. */
#ifndef ISMARK_SITE_TEMPLATE_NODE_H
#define ISMARK_SITE_TEMPLATE_NODE_H

#include "site/template_value.h"

enum {
	TEMPLATE_EXPRESSION_DEPTH_MAX = 100, /* operators and brackets in one another */
	TEMPLATE_STATEMENT_DEPTH_MAX = 50,
	TEMPLATE_INHERIT_MAX = 16, /* templates in a chain of extends */
	TEMPLATE_INCLUDE_MAX = 32, /* includes, imports and blocks in one another while rendering */
	TEMPLATE_MACRO_MAX = 64,   /* calls in one another while rendering */
	TEMPLATE_DEPTH_MAX = 1500, /* all of them: bounds the C stack of a render */
	TEMPLATE_VALUE_DEPTH_MAX = 64,      /* lists and maps in one another, when printed or compared */
	TEMPLATE_LIST_MAX = 1000000,        /* items of a list that an expression makes */
	TEMPLATE_PARAMETERS_MAX = 8         /* of a filter or test */
};
/* Bytes of one string and of the output; bytes of all that a render makes; nodes, items and bytes visited. */
#define TEMPLATE_TEXT_MAX ((size_t)64 << 20)
#define TEMPLATE_MEMORY_MAX ((size_t)256 << 20)
#define TEMPLATE_STEPS_MAX ((uint64_t)50 * 1000 * 1000)

struct expression;
struct statement;
struct render;
typedef VEC(struct expression *) expression_vec;
typedef VEC(struct statement *) statement_vec;

enum operator {
	OPERATOR_NONE,
	OPERATOR_OR,
	OPERATOR_AND,
	OPERATOR_EQUAL,
	OPERATOR_NOT_EQUAL,
	OPERATOR_LESS,
	OPERATOR_LESS_EQUAL,
	OPERATOR_GREATER,
	OPERATOR_GREATER_EQUAL,
	OPERATOR_IN,
	OPERATOR_NOT_IN,
	OPERATOR_ADD,
	OPERATOR_SUBTRACT,
	OPERATOR_MULTIPLY,
	OPERATOR_DIVIDE,
	OPERATOR_FLOOR_DIVIDE,
	OPERATOR_MODULO,
	OPERATOR_POWER,
	OPERATOR_NOT,
	OPERATOR_MINUS,
	OPERATOR_PLUS
};

enum expression_kind {
	EXPRESSION_CONSTANT,
	EXPRESSION_NAME,      /* name */
	EXPRESSION_LIST,      /* items */
	EXPRESSION_TUPLE,     /* items */
	EXPRESSION_MAP,       /* items: key, value, key, value … */
	EXPRESSION_ATTRIBUTE, /* left.name */
	EXPRESSION_INDEX,     /* left[right] */
	EXPRESSION_SLICE,     /* left[right:other], both may be NULL */
	EXPRESSION_CALL,      /* left(items, named) */
	EXPRESSION_FILTER,    /* left | filter(items, named); left is NULL in a filter block */
	EXPRESSION_TEST,      /* left is test(items, named) */
	EXPRESSION_UNARY,     /* operator left */
	EXPRESSION_BINARY,    /* left operator right */
	EXPRESSION_COMPARE,   /* left, then items[i] by operators[i]: a < b < c */
	EXPRESSION_CONCAT,    /* items joined by ~ */
	EXPRESSION_IF,        /* left if right else other; other may be NULL */
	EXPRESSION_KINDS
};

struct named_argument {
	struct str name;
	struct expression *value;
};

struct expression {
	enum expression_kind kind;
	enum operator operator;
	uint32_t from, to; /* bytes of the template's text: what a finding marks */
	uint32_t depth;
	struct str name;
	struct template_value constant;
	struct expression *left, *right, *other;
	expression_vec items;
	VEC(enum operator) operators;
	VEC(struct named_argument) named;
	const struct filter *filter;
	const struct test *test;
};

enum statement_kind {
	STATEMENT_DATA,    /* name: the text */
	STATEMENT_PRINT,   /* value */
	STATEMENT_IF,      /* branches; the last may have no condition */
	STATEMENT_FOR,     /* targets, value, condition or NULL, body, other */
	STATEMENT_SET,     /* targets or name.attribute, value */
	STATEMENT_CAPTURE, /* set block: targets or name.attribute, value (filters, input missing) or NULL, body */
	STATEMENT_WITH,    /* targets, values, body */
	STATEMENT_BLOCK,   /* block */
	STATEMENT_EXTENDS,
	STATEMENT_INCLUDE, /* name, included, with_context */
	STATEMENT_IMPORT,  /* name, included, targets[0] */
	STATEMENT_FROM,    /* name, included, names → targets */
	STATEMENT_MACRO,   /* macro */
	STATEMENT_CALL,    /* value (a call), macro: the caller */
	STATEMENT_FILTER,  /* value (filters, input missing), body */
	STATEMENT_KINDS
};

struct branch {
	struct expression *condition;
	statement_vec body;
};

struct block {
	struct str name;
	const struct template *owner;
	bool is_scoped;
	statement_vec body;
};

struct parameter {
	struct str name;
	struct expression *fallback; /* or NULL */
};

struct macro {
	struct str name;
	const struct template *owner;
	VEC(struct parameter) parameters;
	bool uses_caller;
	statement_vec body;
};

struct statement {
	enum statement_kind kind;
	uint32_t from, to;
	bool with_context, ignore_missing;
	bool uses_loop; /* the body reads `loop`; else it is not there for what the body includes, either */
	struct str name, attribute;
	struct expression *value, *condition;
	str_vec targets, names;
	expression_vec values;
	VEC(struct branch) branches;
	statement_vec body, other;
	struct block *block;
	struct macro *macro;
	const struct template *included; /* set by template_set_link(); NULL: missing and ignored */
};

struct template {
	struct str name;
	const struct source *source; /* what findings point at */
	struct source normal;        /* the same with \n for every line break: offsets are in this */
	bool is_broken;              /* was refused; nothing may render it */
	statement_vec body;
	struct map blocks;           /* name → struct block */
	struct statement *extends;   /* or NULL */
	const struct template *parent;
	statement_vec links;         /* extends, include, import, from: what template_set_link() resolves */
};

/* Where the bytes [FROM, TO) of TEMPLATE are in its source. */
struct span
template_span(const struct template *template, size_t from, size_t to);
/* Parses template->normal into the rest of *TEMPLATE. False with one finding. */
bool
template_parse(struct template *template, struct arena *arena, struct diag_list *diags);

#endif
