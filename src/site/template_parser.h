/* The parser's state and the half of it that reads expressions. Only template_parser.c and
 * template_expression.c include this. */
#ifndef ISMARK_SITE_TEMPLATE_PARSER_H
#define ISMARK_SITE_TEMPLATE_PARSER_H

#include "site/template_lexer.h"
#include "site/template_node.h"

/* After the first mistake `failed` is set and the current token is the end: every loop stops there. */
struct parser {
	struct template *template;
	struct arena *arena;
	struct diag_list *diags;
	token_vec tokens;
	size_t at;
	bool failed;
	bool uses_caller, uses_loop; /* the names `caller` and `loop` were read */
	size_t expression_depth, statement_depth;
	size_t block_depth;     /* inside block, macro, call or set block: output has a place there */
	size_t scope_depth;     /* inside for, with, filter, block … : not at the top */
};

const struct token *
parser_token(const struct parser *parser);
const struct token *
parser_look(const struct parser *parser); /* the one behind it */
void
parser_next(struct parser *parser);
bool
parser_at(const struct parser *parser, enum token_kind kind);
bool
parser_at_name(const struct parser *parser, const char *name);
bool
parser_at_operator(const struct parser *parser, const char *operator);
/* Passes it if it is there. */
bool
parser_skip_name(struct parser *parser, const char *name);
bool
parser_skip_operator(struct parser *parser, const char *operator);
/* Passes it or fails. */
bool
parser_expect_operator(struct parser *parser, const char *operator);
bool
parser_expect_kind(struct parser *parser, enum token_kind kind);
/* The name that stands here, passed; fails and gives "" when there is none. */
struct str
parser_expect_name(struct parser *parser, const char *what);
/* Adds the first finding and stops the parser. Always false. */
bool
parser_fail(struct parser *parser, enum code code, size_t from, size_t to, const char *message, ...)
	__attribute__((format(printf, 5, 6)));
bool
parser_fail_at_token(struct parser *parser, const char *expected);

/* Each gives NULL after a failure. */
struct expression *
template_parse_expression(struct parser *parser);
/* An expression, or several with commas: a tuple. WITH_IF: an inline if is allowed. */
struct expression *
template_parse_tuple(struct parser *parser, bool with_if);
/* `name(arguments) | name…` applied to INPUT (NULL in filter and set blocks); the first name stands here. */
struct expression *
template_parse_filters(struct parser *parser, struct expression *input);
/* The text of a string literal that stands here, for names of templates. */
struct str
template_parse_name_literal(struct parser *parser);

#endif
