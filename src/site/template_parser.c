#include "site/template_parser.h"

#include <string.h>

const struct token *
parser_token(const struct parser *parser)
{
	return &parser->tokens.items[parser->at];
}

const struct token *
parser_look(const struct parser *parser)
{
	return &parser->tokens.items[parser->at + 1 < parser->tokens.count ? parser->at + 1 : parser->at];
}

void
parser_next(struct parser *parser)
{
	if (parser->at + 1 < parser->tokens.count)
		parser->at++;
}

bool
parser_at(const struct parser *parser, enum token_kind kind)
{
	return parser_token(parser)->kind == kind;
}

bool
parser_at_name(const struct parser *parser, const char *name)
{
	return parser_at(parser, TOKEN_NAME) && str_equal(parser_token(parser)->text, str_from(name));
}

bool
parser_at_operator(const struct parser *parser, const char *operator)
{
	return parser_at(parser, TOKEN_OPERATOR) && str_equal(parser_token(parser)->text, str_from(operator));
}

bool
parser_skip_name(struct parser *parser, const char *name)
{
	bool is_there = parser_at_name(parser, name);
	if (is_there)
		parser_next(parser);
	return is_there;
}

bool
parser_skip_operator(struct parser *parser, const char *operator)
{
	bool is_there = parser_at_operator(parser, operator);
	if (is_there)
		parser_next(parser);
	return is_there;
}

bool
parser_fail(struct parser *parser, enum code code, size_t from, size_t to, const char *message, ...)
{
	if (parser->failed)
		return false;
	va_list arguments;
	va_start(arguments, message);
	struct str text = str_vprintf(parser->arena, message, arguments);
	va_end(arguments);
	diag_add(parser->diags, code, template_span(parser->template, from, to), (struct str){0}, "%.*s",
	         STR_ARG(text));
	parser->failed = true;
	parser->at = parser->tokens.count - 1;
	return false;
}

static struct str
token_name(const struct parser *parser, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_END: return STR("the end of the template");
	case TOKEN_DATA: return STR("text");
	case TOKEN_VARIABLE_BEGIN: return STR("`{{`");
	case TOKEN_BLOCK_BEGIN: return STR("`{%`");
	case TOKEN_VARIABLE_END: return STR("`}}`");
	case TOKEN_BLOCK_END: return STR("`%}`");
	case TOKEN_STRING: return STR("a string");
	default: return str_printf(parser->arena, "`%.*s`", STR_ARG(token->text));
	}
}

bool
parser_fail_at_token(struct parser *parser, const char *expected)
{
	const struct token *token = parser_token(parser);
	return parser_fail(parser, CODE_THM001, token->from, token->to, "expected %s, found %.*s", expected,
	                   STR_ARG(token_name(parser, token)));
}

bool
parser_expect_operator(struct parser *parser, const char *operator)
{
	char expected[8] = "`";
	strncat(strncat(expected, operator, 4), "`", 2);
	return parser_skip_operator(parser, operator) || parser_fail_at_token(parser, expected);
}

bool
parser_expect_kind(struct parser *parser, enum token_kind kind)
{
	if (!parser_at(parser, kind))
		return parser_fail_at_token(parser, kind == TOKEN_BLOCK_END ? "`%}`" : "`}}`");
	parser_next(parser);
	return true;
}

struct str
parser_expect_name(struct parser *parser, const char *what)
{
	const struct token *token = parser_token(parser);
	if (token->kind != TOKEN_NAME) {
		parser_fail_at_token(parser, what);
		return (struct str){0};
	}
	parser_next(parser);
	return token->text;
}

/* The statements up to one of ENDS, whose name is then the current token (behind `{%`). OPENER is the tag
 * that the ends close, for the finding when none comes. */
static statement_vec
parse_statements(struct parser *parser, const struct statement *opener, const char *const *ends);

static struct statement *
new_statement(struct parser *parser, enum statement_kind kind)
{
	struct statement *statement = arena_new(parser->arena, struct statement);
	const struct token *token = parser_token(parser);
	statement->kind = kind;
	statement->from = (uint32_t)token->from;
	statement->to = (uint32_t)token->to;
	return statement;
}

/* The body behind the rest of the tag, up to `{% END`, which is passed. */
static statement_vec
parse_body(struct parser *parser, const struct statement *opener, const char *end)
{
	const char *const ends[] = {end, NULL};
	parser_expect_kind(parser, TOKEN_BLOCK_END);
	statement_vec body = parse_statements(parser, opener, ends);
	parser_skip_name(parser, end);
	return body;
}

/* The same for what captures its output or has a place of its own for it. */
static statement_vec
parse_inner_body(struct parser *parser, const struct statement *opener, const char *end)
{
	parser->block_depth++;
	parser->scope_depth++;
	statement_vec body = parse_body(parser, opener, end);
	parser->scope_depth--;
	parser->block_depth--;
	return body;
}

/* A name that can be given a value. */
static struct str
parse_target_name(struct parser *parser)
{
	static const char *const constants[] = {"true", "True", "false", "False", "none", "None", "and",
	                                        "or",   "not",  "in",    "is",    "if",   "else"};
	const struct token *token = parser_token(parser);
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
		if (parser_at_name(parser, constants[i]))
			parser_fail(parser, CODE_THM001, token->from, token->to, "`%s` cannot be given a value",
			            constants[i]);
	return parser_expect_name(parser, "a name");
}

/* `a` or `a, b`, with or without parentheses. */
static void
parse_targets(struct parser *parser, struct statement *statement)
{
	bool in_parentheses = parser_skip_operator(parser, "(");
	do
		vec_push(parser->arena, &statement->targets, parse_target_name(parser));
	while (!parser->failed && parser_skip_operator(parser, ","));
	if (in_parentheses)
		parser_expect_operator(parser, ")");
}

static struct statement *
parse_if(struct parser *parser)
{
	static const char *const ends[] = {"elif", "else", "endif", NULL};
	static const char *const last[] = {"endif", NULL};
	struct statement *statement = new_statement(parser, STATEMENT_IF);
	bool is_else = false;
	parser_next(parser);
	while (!parser->failed) {
		struct branch *branch = vec_add(parser->arena, &statement->branches);
		struct expression *condition = is_else ? NULL : template_parse_tuple(parser, false);
		parser_expect_kind(parser, TOKEN_BLOCK_END);
		statement_vec body = parse_statements(parser, statement, is_else ? last : ends);
		*branch = (struct branch){condition, body};
		if (parser_skip_name(parser, "endif"))
			break;
		is_else = parser_at_name(parser, "else");
		parser_next(parser);
	}
	return statement;
}

static struct statement *
parse_for(struct parser *parser)
{
	static const char *const ends[] = {"endfor", "else", NULL};
	struct statement *statement = new_statement(parser, STATEMENT_FOR);
	parser_next(parser);
	const struct token *first = parser_token(parser);
	parse_targets(parser, statement);
	for (size_t i = 0; i < statement->targets.count; i++)
		if (str_equal(statement->targets.items[i], STR("loop")))
			parser_fail(parser, CODE_THM001, first->from, first->to, "`loop` cannot be given a value");
	if (!parser_skip_name(parser, "in"))
		parser_fail_at_token(parser, "`in`");
	statement->value = template_parse_tuple(parser, false);
	if (parser_skip_name(parser, "if"))
		statement->condition = template_parse_expression(parser);
	parser_expect_kind(parser, TOKEN_BLOCK_END);
	bool used_outside = parser->uses_loop;
	parser->uses_loop = false;
	parser->scope_depth++;
	statement->body = parse_statements(parser, statement, ends);
	statement->uses_loop = parser->uses_loop;
	parser->uses_loop |= used_outside;
	if (parser_skip_name(parser, "else"))
		statement->other = parse_body(parser, statement, "endfor");
	else
		parser_skip_name(parser, "endfor");
	parser->scope_depth--;
	return statement;
}

static struct statement *
parse_set(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_SET);
	parser_next(parser);
	const struct token *next = parser_look(parser);
	if (next->kind == TOKEN_OPERATOR && str_equal(next->text, STR("."))) {
		statement->name = parse_target_name(parser);
		parser_next(parser);
		statement->attribute = parser_expect_name(parser, "the name of an attribute");
	} else {
		parse_targets(parser, statement);
	}
	if (parser_skip_operator(parser, "=")) {
		statement->value = template_parse_tuple(parser, true);
		return statement;
	}
	statement->kind = STATEMENT_CAPTURE;
	if (parser_skip_operator(parser, "|"))
		statement->value = template_parse_filters(parser, NULL);
	statement->body = parse_inner_body(parser, statement, "endset");
	return statement;
}

static struct statement *
parse_with(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_WITH);
	parser_next(parser);
	while (!parser->failed && !parser_at(parser, TOKEN_BLOCK_END)) {
		if (statement->targets.count && !parser_skip_operator(parser, ","))
			parser_fail_at_token(parser, "`,`");
		vec_push(parser->arena, &statement->targets, parse_target_name(parser));
		parser_expect_operator(parser, "=");
		vec_push(parser->arena, &statement->values, template_parse_expression(parser));
	}
	parser->scope_depth++;
	statement->body = parse_body(parser, statement, "endwith");
	parser->scope_depth--;
	return statement;
}

/* In a template that extends another, output outside a block goes nowhere: what Jinja2 prints there all the
 * same is refused, so that it cannot get lost. */
static void
refuse_stray(struct parser *parser, const struct statement *statement)
{
	if (parser->template->extends && !parser->block_depth)
		parser_fail(parser, CODE_THM001, statement->from, statement->to,
		            "`%.*s` has no place outside a block in a template that extends another",
		            (int)(statement->to - statement->from), parser->template->normal.text.data + statement->from);
}

static struct statement *
parse_block(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_BLOCK);
	if (parser->scope_depth)
		refuse_stray(parser, statement);
	parser_next(parser);
	struct block *block = statement->block = arena_new(parser->arena, struct block);
	const struct token *token = parser_token(parser);
	block->name = parser_expect_name(parser, "the name of the block");
	block->owner = parser->template;
	block->is_scoped = parser_skip_name(parser, "scoped");
	if (!parser->failed && map_put(parser->arena, &parser->template->blocks, block->name, block))
		parser_fail(parser, CODE_THM001, token->from, token->to, "block `%.*s` is defined twice",
		            STR_ARG(block->name));
	block->body = parse_inner_body(parser, statement, "endblock");
	if (parser_at(parser, TOKEN_NAME) && str_equal(parser_token(parser)->text, block->name))
		parser_next(parser);
	return statement;
}

/* A statement that names another template; KIND's name stands here. */
static struct statement *
parse_link(struct parser *parser, enum statement_kind kind)
{
	struct statement *statement = new_statement(parser, kind);
	parser_next(parser);
	const struct token *token = parser_token(parser);
	statement->name = template_parse_name_literal(parser);
	statement->from = (uint32_t)token->from;
	statement->to = (uint32_t)token->to;
	vec_push(parser->arena, &parser->template->links, statement);
	return statement;
}

static void
parse_context(struct parser *parser, struct statement *statement, bool by_default)
{
	const struct token *next = parser_look(parser);
	bool is_with = parser_at_name(parser, "with");
	statement->with_context = by_default;
	if ((!is_with && !parser_at_name(parser, "without")) || next->kind != TOKEN_NAME ||
	    !str_equal(next->text, STR("context")))
		return;
	statement->with_context = is_with;
	parser_next(parser);
	parser_next(parser);
}

static struct statement *
parse_extends(struct parser *parser)
{
	const struct token *token = parser_token(parser);
	if (parser->template->extends)
		parser_fail(parser, CODE_THM001, token->from, token->to, "the template extends another one already");
	if (parser->statement_depth > 1)
		parser_fail(parser, CODE_THM001, token->from, token->to, "`extends` stands inside another statement");
	struct statement *statement = parse_link(parser, STATEMENT_EXTENDS);
	parser->template->extends = statement;
	return statement;
}

static struct statement *
parse_include(struct parser *parser)
{
	refuse_stray(parser, new_statement(parser, STATEMENT_INCLUDE));
	struct statement *statement = parse_link(parser, STATEMENT_INCLUDE);
	const struct token *next = parser_look(parser);
	if (parser_at_name(parser, "ignore") && next->kind == TOKEN_NAME && str_equal(next->text, STR("missing"))) {
		statement->ignore_missing = true;
		parser_next(parser);
		parser_next(parser);
	}
	parse_context(parser, statement, true);
	return statement;
}

static struct statement *
parse_import(struct parser *parser)
{
	struct statement *statement = parse_link(parser, STATEMENT_IMPORT);
	if (!parser_skip_name(parser, "as"))
		parser_fail_at_token(parser, "`as` and a name");
	vec_push(parser->arena, &statement->targets, parse_target_name(parser));
	parse_context(parser, statement, false);
	return statement;
}

static void
parse_imported_name(struct parser *parser, struct statement *statement)
{
	const struct token *token = parser_token(parser);
	struct str name = parse_target_name(parser), target = name;
	if (name.size && name.data[0] == '_')
		parser_fail(parser, CODE_THM001, token->from, token->to, "names that start with `_` cannot be imported");
	if (parser_skip_name(parser, "as"))
		target = parse_target_name(parser);
	vec_push(parser->arena, &statement->names, name);
	vec_push(parser->arena, &statement->targets, target);
}

static struct statement *
parse_from(struct parser *parser)
{
	struct statement *statement = parse_link(parser, STATEMENT_FROM);
	if (!parser_skip_name(parser, "import"))
		parser_fail_at_token(parser, "`import`");
	do {
		size_t count = statement->names.count;
		parse_context(parser, statement, false);
		if (count && parser_at(parser, TOKEN_BLOCK_END))
			break;
		parse_imported_name(parser, statement);
	} while (!parser->failed && parser_skip_operator(parser, ","));
	if (!parser_at(parser, TOKEN_BLOCK_END))
		parse_context(parser, statement, false);
	return statement;
}

static void
parse_parameters(struct parser *parser, struct macro *macro)
{
	parser_expect_operator(parser, "(");
	while (!parser->failed && !parser_at_operator(parser, ")")) {
		const struct token *token = parser_token(parser);
		struct parameter parameter = {.name = parse_target_name(parser)};
		for (size_t i = 0; i < macro->parameters.count; i++)
			if (str_equal(macro->parameters.items[i].name, parameter.name))
				parser_fail(parser, CODE_THM001, token->from, token->to, "parameter `%.*s` stands twice",
				            STR_ARG(parameter.name));
		size_t count = macro->parameters.count;
		if (parser_skip_operator(parser, "="))
			parameter.fallback = template_parse_expression(parser);
		else if (count && macro->parameters.items[count - 1].fallback)
			parser_fail(parser, CODE_THM001, token->from, token->to,
			            "`%.*s` needs a default as well, for it stands behind a parameter that has one",
			            STR_ARG(parameter.name));
		vec_push(parser->arena, &macro->parameters, parameter);
		if (!parser_skip_operator(parser, ","))
			break;
	}
	parser_expect_operator(parser, ")");
}

static void
parse_macro_body(struct parser *parser, struct statement *statement, const char *end)
{
	bool used_outside = parser->uses_caller;
	parser->uses_caller = false;
	statement->macro->body = parse_inner_body(parser, statement, end);
	statement->macro->uses_caller = parser->uses_caller;
	parser->uses_caller |= used_outside;
}

static struct macro *
new_macro(struct parser *parser)
{
	struct macro *macro = arena_new(parser->arena, struct macro);
	macro->owner = parser->template;
	return macro;
}

static struct statement *
parse_macro(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_MACRO);
	parser_next(parser);
	statement->macro = new_macro(parser);
	statement->macro->name = parse_target_name(parser);
	parse_parameters(parser, statement->macro);
	parse_macro_body(parser, statement, "endmacro");
	return statement;
}

static struct statement *
parse_call_block(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_CALL);
	refuse_stray(parser, statement);
	parser_next(parser);
	statement->macro = new_macro(parser);
	statement->macro->name = STR("caller");
	if (parser_at_operator(parser, "("))
		parse_parameters(parser, statement->macro);
	const struct token *token = parser_token(parser);
	statement->value = template_parse_expression(parser);
	if (statement->value && statement->value->kind != EXPRESSION_CALL)
		parser_fail(parser, CODE_THM001, token->from, token->to, "`call` needs a call of a macro");
	parse_macro_body(parser, statement, "endcall");
	return statement;
}

static struct statement *
parse_filter_block(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_FILTER);
	refuse_stray(parser, statement);
	parser_next(parser);
	statement->value = template_parse_filters(parser, NULL);
	statement->body = parse_inner_body(parser, statement, "endfilter");
	return statement;
}

struct statement_parser {
	const char *name;
	struct statement *(*parse)(struct parser *);
};

static const struct statement_parser statement_parsers[] = {
	{"if", parse_if},           {"for", parse_for},         {"set", parse_set},
	{"with", parse_with},       {"block", parse_block},     {"extends", parse_extends},
	{"include", parse_include}, {"import", parse_import},   {"from", parse_from},
	{"macro", parse_macro},     {"call", parse_call_block}, {"filter", parse_filter_block},
};

static struct statement *
parse_statement(struct parser *parser)
{
	const struct token *token = parser_token(parser);
	if (token->kind != TOKEN_NAME) {
		parser_fail_at_token(parser, "a statement");
		return NULL;
	}
	for (size_t i = 0; i < sizeof statement_parsers / sizeof *statement_parsers; i++)
		if (parser_at_name(parser, statement_parsers[i].name))
			return statement_parsers[i].parse(parser);
	parser_fail(parser, CODE_THM001, token->from, token->to, "there is no statement `%.*s` here", STR_ARG(token->text));
	return NULL;
}

static struct statement *
parse_data(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_DATA);
	statement->name = parser_token(parser)->text;
	parser_next(parser);
	return statement;
}

static struct statement *
parse_print(struct parser *parser)
{
	struct statement *statement = new_statement(parser, STATEMENT_PRINT);
	parser_next(parser);
	statement->value = template_parse_tuple(parser, true);
	parser_expect_kind(parser, TOKEN_VARIABLE_END);
	return statement;
}

static bool
at_end_tag(const struct parser *parser, const char *const *ends)
{
	for (; ends && *ends; ends++)
		if (parser_at_name(parser, *ends))
			return true;
	return false;
}

static void
fail_unclosed(struct parser *parser, const struct statement *opener, const char *const *ends)
{
	const char *end = *ends;
	for (; *ends; ends++)
		if (str_starts_with(str_from(*ends), STR("end")))
			end = *ends;
	parser_fail(parser, CODE_THM001, opener->from, opener->to, "`%.*s` is not closed with `{%% %s %%}`",
	            (int)(opener->to - opener->from), parser->template->normal.text.data + opener->from, end);
}

static statement_vec
parse_statements(struct parser *parser, const struct statement *opener, const char *const *ends)
{
	statement_vec body = {0};
	if (++parser->statement_depth > TEMPLATE_STATEMENT_DEPTH_MAX)
		parser_fail(parser, CODE_THM004, opener->from, opener->to, "statements are nested more than %d deep",
		            TEMPLATE_STATEMENT_DEPTH_MAX);
	while (!parser->failed && !parser_at(parser, TOKEN_END)) {
		struct statement *statement;
		if (parser_at(parser, TOKEN_DATA)) {
			statement = parse_data(parser);
		} else if (parser_at(parser, TOKEN_VARIABLE_BEGIN)) {
			statement = parse_print(parser);
		} else {
			parser_next(parser);
			if (at_end_tag(parser, ends))
				break;
			statement = parse_statement(parser);
			parser_expect_kind(parser, TOKEN_BLOCK_END);
		}
		vec_push(parser->arena, &body, statement);
	}
	if (!parser->failed && opener && parser_at(parser, TOKEN_END))
		fail_unclosed(parser, opener, ends);
	parser->statement_depth--;
	return body;
}

struct span
template_span(const struct template *template, size_t from, size_t to)
{
	struct span span = span_of_bytes(&template->normal, from, to);
	span.source = template->source;
	return span;
}

bool
template_parse(struct template *template, struct arena *arena, struct diag_list *diags)
{
	struct parser parser = {.template = template, .arena = arena, .diags = diags};
	size_t before = diags->items.count;
	if (!template_lex(&template->normal, arena, diags, &parser.tokens)) {
		for (size_t i = before; i < diags->items.count; i++)
			diags->items.items[i]->span.source = template->source;
		return false;
	}
	template->body = parse_statements(&parser, NULL, NULL);
	return !parser.failed;
}
