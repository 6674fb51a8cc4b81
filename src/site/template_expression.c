#include <stdlib.h>

#include "base/utf8.h"
#include "site/template_filter.h"
#include "site/template_parser.h"

static struct expression *
parse_unary(struct parser *parser, bool with_filter);

static uint32_t
deeper(uint32_t depth, const struct expression *child)
{
	return child && child->depth > depth ? child->depth : depth;
}

static struct expression *
new_expression(struct parser *parser, enum expression_kind kind, size_t from)
{
	struct expression *expression = arena_new(parser->arena, struct expression);
	expression->kind = kind;
	expression->from = (uint32_t)from;
	return expression;
}

/* Sets the end (that of the last token passed) and the depth, which long chains of operators raise as well. */
static struct expression *
finish(struct parser *parser, struct expression *expression)
{
	if (parser->failed)
		return NULL;
	uint32_t depth = deeper(deeper(deeper(0, expression->left), expression->right), expression->other);
	for (size_t i = 0; i < expression->items.count; i++)
		depth = deeper(depth, expression->items.items[i]);
	for (size_t i = 0; i < expression->named.count; i++)
		depth = deeper(depth, expression->named.items[i].value);
	expression->depth = depth + 1;
	expression->to = (uint32_t)parser->tokens.items[parser->at - 1].to;
	if (expression->depth > TEMPLATE_EXPRESSION_DEPTH_MAX) {
		parser_fail(parser, CODE_THM004, expression->from, expression->to,
		            "expression is nested more than %d deep", TEMPLATE_EXPRESSION_DEPTH_MAX);
		return NULL;
	}
	return expression;
}

static void
push(struct parser *parser, expression_vec *items, struct expression *item)
{
	vec_push(parser->arena, items, item);
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The code point of DIGITS hexadecimal digits at *I, which moves behind them; -1 when it is none. */
static int32_t
read_hex(struct str s, size_t *i, size_t digits)
{
	int64_t code_point = 0;
	if (s.size - *i < digits)
		return -1;
	for (size_t end = *i + digits; *i < end; (*i)++) {
		int value = hex_value(s.data[*i]);
		if (value < 0)
			return -1;
		code_point = code_point * 16 + value;
	}
	bool is_valid = code_point > 0 && code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
	return is_valid ? (int32_t)code_point : -1;
}

/* Reads the escape whose letter is at *I. False for one that Python knows and templates do not. */
static bool
read_escape(struct buf *buf, struct str s, size_t *i)
{
	static const char letters[] = "\\'\"nrtabfv", meanings[] = "\\'\"\n\r\t\a\b\f\v";
	char c = s.data[(*i)++];
	size_t at = str_find_char(str_from(letters), c, 0);
	if (at != STR_NONE) {
		buf_add_char(buf, meanings[at]);
		return true;
	}
	if (c == '\n')
		return true;
	if (c == 'x' || c == 'u' || c == 'U') {
		int32_t code_point = read_hex(s, i, c == 'x' ? 2 : c == 'u' ? 4 : 8);
		if (code_point >= 0)
			buf_add_utf8(buf, code_point);
		return code_point >= 0;
	}
	if (c == 'N' || (c >= '0' && c <= '7'))
		return false;
	buf_add_char(buf, '\\');
	buf_add_char(buf, c);
	return true;
}

static bool
unescape(struct parser *parser, struct buf *buf, const struct token *token)
{
	struct str s = token->text;
	for (size_t i = 0; i < s.size;) {
		if (s.data[i] != '\\') {
			buf_add_char(buf, s.data[i++]);
			continue;
		}
		i++;
		if (!read_escape(buf, s, &i))
			return parser_fail(parser, CODE_THM001, token->from, token->to,
			                   "string has an escape that templates do not know");
	}
	return true;
}

/* One string token, or several that stand next to each other. */
static struct str
parse_string(struct parser *parser)
{
	struct buf buf = {0};
	while (parser_at(parser, TOKEN_STRING)) {
		unescape(parser, &buf, parser_token(parser));
		parser_next(parser);
	}
	return buf_take(&buf, parser->arena);
}

struct str
template_parse_name_literal(struct parser *parser)
{
	if (!parser_at(parser, TOKEN_STRING)) {
		parser_fail_at_token(parser, "the template's name in quotes");
		return (struct str){0};
	}
	return parse_string(parser);
}

static struct expression *
parse_constant(struct parser *parser, struct template_value value)
{
	struct expression *constant = new_expression(parser, EXPRESSION_CONSTANT, parser_token(parser)->from);
	constant->constant = value;
	parser_next(parser);
	return finish(parser, constant);
}

static struct expression *
parse_number(struct parser *parser)
{
	const struct token *token = parser_token(parser);
	if (token->kind == TOKEN_FLOAT)
		return parse_constant(parser, template_number(strtod(str_c(parser->arena, token->text), NULL)));
	int64_t number;
	if (!str_to_int(token->text, &number)) {
		parser_fail(parser, CODE_THM004, token->from, token->to, "number is too large");
		return NULL;
	}
	return parse_constant(parser, template_int(number));
}

static bool
is_keyword(struct str name)
{
	static const char *const keywords[] = {"and", "or", "not", "in", "is", "if", "else"};
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
		if (str_equal(name, str_from(keywords[i])))
			return true;
	return false;
}

static struct expression *
parse_name(struct parser *parser)
{
	static const char *const constants[] = {"true", "True", "false", "False", "none", "None"};
	const struct token *token = parser_token(parser);
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
		if (str_equal(token->text, str_from(constants[i])))
			return parse_constant(parser, i < 4 ? template_bool(i < 2) : template_none());
	if (is_keyword(token->text)) {
		parser_fail_at_token(parser, "a value");
		return NULL;
	}
	if (str_equal(token->text, STR("caller")))
		parser->uses_caller = true;
	if (str_equal(token->text, STR("loop")))
		parser->uses_loop = true;
	struct expression *name = new_expression(parser, EXPRESSION_NAME, token->from);
	name->name = token->text;
	parser_next(parser);
	return finish(parser, name);
}

static struct expression *
parse_list(struct parser *parser)
{
	struct expression *list = new_expression(parser, EXPRESSION_LIST, parser_token(parser)->from);
	parser_next(parser);
	while (!parser->failed && !parser_at_operator(parser, "]")) {
		push(parser, &list->items, template_parse_expression(parser));
		if (!parser_skip_operator(parser, ","))
			break;
	}
	parser_expect_operator(parser, "]");
	return finish(parser, list);
}

static struct expression *
parse_map(struct parser *parser)
{
	struct expression *map = new_expression(parser, EXPRESSION_MAP, parser_token(parser)->from);
	parser_next(parser);
	while (!parser->failed && !parser_at_operator(parser, "}")) {
		push(parser, &map->items, template_parse_expression(parser));
		parser_expect_operator(parser, ":");
		push(parser, &map->items, template_parse_expression(parser));
		if (!parser_skip_operator(parser, ","))
			break;
	}
	parser_expect_operator(parser, "}");
	return finish(parser, map);
}

/* `(a)` is a, `()`, `(a,)` and `(a, b)` are tuples. */
static struct expression *
parse_parentheses(struct parser *parser)
{
	size_t from = parser_token(parser)->from;
	parser_next(parser);
	if (parser_skip_operator(parser, ")"))
		return finish(parser, new_expression(parser, EXPRESSION_TUPLE, from));
	struct expression *inner = template_parse_tuple(parser, true);
	parser_expect_operator(parser, ")");
	return parser->failed ? NULL : inner;
}

static struct expression *
parse_primary(struct parser *parser)
{
	const struct token *token = parser_token(parser);
	switch (token->kind) {
	case TOKEN_NAME:
		return parse_name(parser);
	case TOKEN_STRING: {
		struct expression *string = new_expression(parser, EXPRESSION_CONSTANT, token->from);
		string->constant = template_string(parse_string(parser));
		return finish(parser, string);
	}
	case TOKEN_INTEGER:
	case TOKEN_FLOAT:
		return parse_number(parser);
	default:
		break;
	}
	if (parser_at_operator(parser, "("))
		return parse_parentheses(parser);
	if (parser_at_operator(parser, "["))
		return parse_list(parser);
	if (parser_at_operator(parser, "{"))
		return parse_map(parser);
	parser_fail_at_token(parser, "a value");
	return NULL;
}

static struct expression *
parse_attribute(struct parser *parser, struct expression *left)
{
	parser_next(parser);
	const struct token *token = parser_token(parser);
	struct expression *access;
	if (token->kind == TOKEN_INTEGER) {
		access = new_expression(parser, EXPRESSION_INDEX, left->from);
		access->right = parse_number(parser);
	} else {
		access = new_expression(parser, EXPRESSION_ATTRIBUTE, left->from);
		access->name = parser_expect_name(parser, "the name of an attribute");
	}
	access->left = left;
	return finish(parser, access);
}

/* `a[b]`, `a[b:c]`, `a[:c]`, `a[b:]`. */
static struct expression *
parse_subscript(struct parser *parser, struct expression *left)
{
	struct expression *access = new_expression(parser, EXPRESSION_INDEX, left->from);
	access->left = left;
	parser_next(parser);
	if (!parser_at_operator(parser, ":"))
		access->right = template_parse_expression(parser);
	if (parser_skip_operator(parser, ":")) {
		access->kind = EXPRESSION_SLICE;
		if (!parser_at_operator(parser, "]"))
			access->other = template_parse_expression(parser);
	}
	parser_expect_operator(parser, "]");
	return finish(parser, access);
}

static void
parse_argument(struct parser *parser, struct expression *call)
{
	const struct token *token = parser_token(parser), *next = parser_look(parser);
	bool is_named = token->kind == TOKEN_NAME && next->kind == TOKEN_OPERATOR && str_equal(next->text, STR("="));
	if (!is_named) {
		if (call->named.count)
			parser_fail_at_token(parser, "`name=value`, for what stands behind named arguments");
		push(parser, &call->items, template_parse_expression(parser));
		return;
	}
	for (size_t i = 0; i < call->named.count; i++)
		if (str_equal(call->named.items[i].name, token->text))
			parser_fail(parser, CODE_THM001, token->from, token->to, "argument `%.*s` is given twice",
			            STR_ARG(token->text));
	parser_next(parser);
	parser_next(parser);
	struct named_argument *argument = vec_add(parser->arena, &call->named);
	argument->name = token->text;
	argument->value = template_parse_expression(parser);
}

/* The arguments from `(` to `)` into CALL. */
static void
parse_arguments(struct parser *parser, struct expression *call)
{
	parser_expect_operator(parser, "(");
	while (!parser->failed && !parser_at_operator(parser, ")")) {
		parse_argument(parser, call);
		if (!parser_skip_operator(parser, ","))
			break;
	}
	parser_expect_operator(parser, ")");
}

static struct expression *
parse_call(struct parser *parser, struct expression *left)
{
	struct expression *call = new_expression(parser, EXPRESSION_CALL, left->from);
	call->left = left;
	parse_arguments(parser, call);
	return finish(parser, call);
}

static struct expression *
parse_postfix(struct parser *parser, struct expression *left)
{
	while (!parser->failed) {
		if (parser_at_operator(parser, "."))
			left = parse_attribute(parser, left);
		else if (parser_at_operator(parser, "["))
			left = parse_subscript(parser, left);
		else if (parser_at_operator(parser, "("))
			left = parse_call(parser, left);
		else
			break;
	}
	return parser->failed ? NULL : left;
}

static struct expression *
parse_filter(struct parser *parser, struct expression *input)
{
	const struct token *token = parser_token(parser);
	struct expression *filter = new_expression(parser, EXPRESSION_FILTER, token->from);
	filter->left = input;
	filter->name = parser_expect_name(parser, "the name of a filter");
	filter->filter = filter_find(filter->name);
	if (!parser->failed && !filter->filter) {
		struct str near = filter_nearest(filter->name);
		parser_fail(parser, CODE_THM003, token->from, token->to, "there is no filter `%.*s`%s%.*s%s",
		            STR_ARG(filter->name), near.size ? ", did you mean `" : "", STR_ARG(near),
		            near.size ? "`" : "");
	}
	if (parser_at_operator(parser, "("))
		parse_arguments(parser, filter);
	return finish(parser, filter);
}

struct expression *
template_parse_filters(struct parser *parser, struct expression *input)
{
	struct expression *filter = parse_filter(parser, input);
	while (!parser->failed && parser_skip_operator(parser, "|"))
		filter = parse_filter(parser, filter);
	return parser->failed ? NULL : filter;
}

/* True when what stands here is the one argument of a test without parentheses: `is divisibleby 3`. */
static bool
at_test_argument(const struct parser *parser)
{
	const struct token *token = parser_token(parser);
	if (token->kind == TOKEN_NAME)
		return !parser_at_name(parser, "else") && !parser_at_name(parser, "or") && !parser_at_name(parser, "and");
	return token->kind == TOKEN_STRING || token->kind == TOKEN_INTEGER || token->kind == TOKEN_FLOAT ||
	       parser_at_operator(parser, "[") || parser_at_operator(parser, "{");
}

static void
find_test(struct parser *parser, struct expression *test, const struct token *token)
{
	test->test = test_find(test->name);
	if (parser->failed || test->test)
		return;
	struct str near = test_nearest(test->name);
	parser_fail(parser, CODE_THM003, token->from, token->to, "there is no test `%.*s`%s%.*s%s", STR_ARG(test->name),
	            near.size ? ", did you mean `" : "", STR_ARG(near), near.size ? "`" : "");
}

static struct expression *
parse_test(struct parser *parser, struct expression *left)
{
	parser_next(parser);
	struct expression *test = new_expression(parser, EXPRESSION_TEST, left->from);
	test->left = left;
	bool is_negated = parser_skip_name(parser, "not");
	const struct token *token = parser_token(parser);
	test->name = parser_expect_name(parser, "the name of a test");
	find_test(parser, test, token);
	if (parser_at_operator(parser, "("))
		parse_arguments(parser, test);
	else if (!parser->failed && at_test_argument(parser)) {
		struct expression *argument = parse_primary(parser);
		push(parser, &test->items, argument ? parse_postfix(parser, argument) : NULL);
	}
	test = finish(parser, test);
	if (!is_negated || parser->failed)
		return test;
	struct expression *not = new_expression(parser, EXPRESSION_UNARY, left->from);
	not->operator = OPERATOR_NOT;
	not->left = test;
	return finish(parser, not);
}

static struct expression *
parse_filters_and_tests(struct parser *parser, struct expression *left)
{
	while (!parser->failed) {
		if (parser_skip_operator(parser, "|"))
			left = parse_filter(parser, left);
		else if (parser_at_name(parser, "is"))
			left = parse_test(parser, left);
		else if (parser_at_operator(parser, "("))
			left = parse_call(parser, left);
		else
			break;
	}
	return parser->failed ? NULL : left;
}

static bool
enter(struct parser *parser)
{
	if (++parser->expression_depth <= TEMPLATE_EXPRESSION_DEPTH_MAX)
		return true;
	const struct token *token = parser_token(parser);
	return parser_fail(parser, CODE_THM004, token->from, token->to, "expression is nested more than %d deep",
	                   TEMPLATE_EXPRESSION_DEPTH_MAX);
}

/* A sign binds weaker than what follows a value, stronger than a filter: -a.b|abs is (-(a.b))|abs. */
static struct expression *
parse_sign(struct parser *parser)
{
	struct expression *sign = new_expression(parser, EXPRESSION_UNARY, parser_token(parser)->from);
	sign->operator = parser_at_operator(parser, "-") ? OPERATOR_MINUS : OPERATOR_PLUS;
	parser_next(parser);
	if (enter(parser))
		sign->left = parse_unary(parser, false);
	parser->expression_depth--;
	return finish(parser, sign);
}

static struct expression *
parse_unary(struct parser *parser, bool with_filter)
{
	bool is_signed = parser_at_operator(parser, "-") || parser_at_operator(parser, "+");
	struct expression *value = is_signed ? parse_sign(parser) : parse_primary(parser);
	if (value)
		value = parse_postfix(parser, value);
	if (value && with_filter)
		value = parse_filters_and_tests(parser, value);
	return value;
}

struct binary {
	const char *token;
	enum operator operator;
};

/* From the weakest to the strongest, below `not` and comparisons; all bind to the left. */
static const struct binary additions[] = {{"+", OPERATOR_ADD}, {"-", OPERATOR_SUBTRACT}, {NULL, OPERATOR_NONE}};
static const struct binary products[] = {{"*", OPERATOR_MULTIPLY},
                                         {"/", OPERATOR_DIVIDE},
                                         {"//", OPERATOR_FLOOR_DIVIDE},
                                         {"%", OPERATOR_MODULO},
                                         {NULL, OPERATOR_NONE}};
static const struct binary powers[] = {{"**", OPERATOR_POWER}, {NULL, OPERATOR_NONE}};

static enum operator
pass_binary(struct parser *parser, const struct binary *binaries)
{
	for (; binaries->token; binaries++)
		if (parser_skip_operator(parser, binaries->token))
			return binaries->operator;
	return OPERATOR_NONE;
}

static struct expression *
new_binary(struct parser *parser, enum operator operator, struct expression *left, struct expression *right)
{
	if (!left || !right)
		return NULL;
	struct expression *binary = new_expression(parser, EXPRESSION_BINARY, left->from);
	binary->operator = operator;
	binary->left = left;
	binary->right = right;
	return finish(parser, binary);
}

static struct expression *
parse_power(struct parser *parser)
{
	struct expression *left = parse_unary(parser, true);
	enum operator operator;
	while (left && (operator = pass_binary(parser, powers)) != OPERATOR_NONE)
		left = new_binary(parser, operator, left, parse_unary(parser, true));
	return left;
}

static struct expression *
parse_product(struct parser *parser)
{
	struct expression *left = parse_power(parser);
	enum operator operator;
	while (left && (operator = pass_binary(parser, products)) != OPERATOR_NONE)
		left = new_binary(parser, operator, left, parse_power(parser));
	return left;
}

static struct expression *
parse_concat(struct parser *parser)
{
	struct expression *first = parse_product(parser);
	if (!first || !parser_at_operator(parser, "~"))
		return first;
	struct expression *concat = new_expression(parser, EXPRESSION_CONCAT, first->from);
	push(parser, &concat->items, first);
	while (!parser->failed && parser_skip_operator(parser, "~"))
		push(parser, &concat->items, parse_product(parser));
	return finish(parser, concat);
}

static struct expression *
parse_sum(struct parser *parser)
{
	struct expression *left = parse_concat(parser);
	enum operator operator;
	while (left && (operator = pass_binary(parser, additions)) != OPERATOR_NONE)
		left = new_binary(parser, operator, left, parse_concat(parser));
	return left;
}

static enum operator
pass_comparison(struct parser *parser)
{
	static const struct binary comparisons[] = {{"==", OPERATOR_EQUAL}, {"!=", OPERATOR_NOT_EQUAL},
	                                            {"<=", OPERATOR_LESS_EQUAL}, {"<", OPERATOR_LESS},
	                                            {">=", OPERATOR_GREATER_EQUAL}, {">", OPERATOR_GREATER},
	                                            {NULL, OPERATOR_NONE}};
	if (parser_skip_name(parser, "in"))
		return OPERATOR_IN;
	const struct token *next = parser_look(parser);
	if (parser_at_name(parser, "not") && next->kind == TOKEN_NAME && str_equal(next->text, STR("in"))) {
		parser_next(parser);
		parser_next(parser);
		return OPERATOR_NOT_IN;
	}
	return pass_binary(parser, comparisons);
}

static struct expression *
parse_comparison(struct parser *parser)
{
	struct expression *left = parse_sum(parser);
	enum operator operator = left ? pass_comparison(parser) : OPERATOR_NONE;
	if (operator == OPERATOR_NONE)
		return left;
	struct expression *comparison = new_expression(parser, EXPRESSION_COMPARE, left->from);
	comparison->left = left;
	for (; operator != OPERATOR_NONE; operator = parser->failed ? OPERATOR_NONE : pass_comparison(parser)) {
		vec_push(parser->arena, &comparison->operators, operator);
		push(parser, &comparison->items, parse_sum(parser));
	}
	return finish(parser, comparison);
}

static struct expression *
parse_not(struct parser *parser)
{
	if (!parser_at_name(parser, "not"))
		return parse_comparison(parser);
	struct expression *not = new_expression(parser, EXPRESSION_UNARY, parser_token(parser)->from);
	not->operator = OPERATOR_NOT;
	parser_next(parser);
	if (enter(parser))
		not->left = parse_not(parser);
	parser->expression_depth--;
	return finish(parser, not);
}

static struct expression *
parse_and(struct parser *parser)
{
	struct expression *left = parse_not(parser);
	while (left && parser_skip_name(parser, "and"))
		left = new_binary(parser, OPERATOR_AND, left, parse_not(parser));
	return left;
}

static struct expression *
parse_or(struct parser *parser)
{
	struct expression *left = parse_and(parser);
	while (left && parser_skip_name(parser, "or"))
		left = new_binary(parser, OPERATOR_OR, left, parse_and(parser));
	return left;
}

struct expression *
template_parse_expression(struct parser *parser)
{
	struct expression *value = enter(parser) ? parse_or(parser) : NULL;
	while (value && parser_skip_name(parser, "if")) {
		struct expression *choice = new_expression(parser, EXPRESSION_IF, value->from);
		choice->left = value;
		choice->right = parse_or(parser);
		if (parser_skip_name(parser, "else"))
			choice->other = template_parse_expression(parser);
		value = finish(parser, choice);
	}
	parser->expression_depth--;
	return value;
}

static bool
at_tuple_end(const struct parser *parser)
{
	return parser_at(parser, TOKEN_VARIABLE_END) || parser_at(parser, TOKEN_BLOCK_END) ||
	       parser_at_operator(parser, ")");
}

struct expression *
template_parse_tuple(struct parser *parser, bool with_if)
{
	struct expression *first = with_if ? template_parse_expression(parser) : parse_or(parser);
	if (!first || !parser_at_operator(parser, ","))
		return first;
	struct expression *tuple = new_expression(parser, EXPRESSION_TUPLE, first->from);
	push(parser, &tuple->items, first);
	while (!parser->failed && parser_skip_operator(parser, ",") && !at_tuple_end(parser))
		push(parser, &tuple->items, with_if ? template_parse_expression(parser) : parse_or(parser));
	return finish(parser, tuple);
}
