#include "site/template_lexer.h"

#include "base/utf8.h"
#include "site/template_node.h"

struct lexer {
	const struct source *source;
	struct str text;
	size_t at;
	bool is_line_start; /* what was read last ended with a line break, or nothing was read */
	char closers[TEMPLATE_EXPRESSION_DEPTH_MAX]; /* brackets that are open in the current tag */
	size_t open;
	struct arena *arena;
	struct diag_list *diags;
	token_vec *tokens;
};

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The byte AT + AHEAD, or NUL behind the end. */
static char
peek(const struct lexer *lexer, size_t ahead)
{
	return lexer->at + ahead < lexer->text.size ? lexer->text.data[lexer->at + ahead] : '\0';
}

static bool
looking_at(const struct lexer *lexer, struct str what)
{
	return str_equal(str_slice(lexer->text, lexer->at, lexer->at + what.size), what);
}

static void
skip_space(struct lexer *lexer)
{
	while (lexer->at < lexer->text.size && is_space(lexer->text.data[lexer->at]))
		lexer->at++;
}

static bool
fail(struct lexer *lexer, enum code code, size_t from, size_t to, const char *message)
{
	diag_add(lexer->diags, code, span_of_bytes(lexer->source, from, to), (struct str){0}, "%s", message);
	return false;
}

static void
add_token(struct lexer *lexer, enum token_kind kind, size_t from, size_t to)
{
	vec_push(lexer->arena, lexer->tokens,
	         ((struct token){kind, from, to, str_slice(lexer->text, from, to)}));
}

/* The end of the data [FROM, TO) before a tag with SIGN: `-` takes the white space away, and a tag that is no
 * variable takes the blanks of its own line when nothing else stands before it. */
static size_t
data_end(const struct lexer *lexer, size_t from, size_t to, char sign, bool is_variable)
{
	const char *data = lexer->text.data;
	size_t end = to;
	if (sign == '-') {
		while (end > from && is_space(data[end - 1]))
			end--;
		return end;
	}
	if (sign == '+' || is_variable)
		return to;
	while (end > from && is_space(data[end - 1]) && data[end - 1] != '\n')
		end--;
	bool is_own_line = end > from ? data[end - 1] == '\n' : lexer->is_line_start;
	return is_own_line ? end : to;
}

static void
add_data(struct lexer *lexer, size_t from, size_t to, char sign, bool is_variable)
{
	size_t end = data_end(lexer, from, to, sign, is_variable);
	if (end > from)
		add_token(lexer, TOKEN_DATA, from, end);
}

/* Passes `-CLOSE` with the white space behind it, `+CLOSE`, or CLOSE with, if TRIM, one line break behind it. */
static bool
pass_close(struct lexer *lexer, struct str close, bool allow_plus, bool trim)
{
	size_t start = lexer->at;
	char sign = peek(lexer, 0);
	if (sign == '-' || (sign == '+' && allow_plus))
		lexer->at++;
	else
		sign = '\0';
	if (!looking_at(lexer, close)) {
		lexer->at = start;
		return false;
	}
	lexer->at += close.size;
	if (sign == '-')
		skip_space(lexer);
	else if (!sign && trim && peek(lexer, 0) == '\n')
		lexer->at++;
	lexer->is_line_start = lexer->text.data[lexer->at - 1] == '\n';
	return true;
}

static bool
lex_comment(struct lexer *lexer, size_t start)
{
	size_t end = str_find(lexer->text, STR("#}"), lexer->at);
	if (end == STR_NONE)
		return fail(lexer, CODE_THM001, start, start + 2, "comment is not closed with `#}`");
	char sign = end > lexer->at ? lexer->text.data[end - 1] : '\0';
	lexer->at = sign == '-' || sign == '+' ? end - 1 : end;
	return pass_close(lexer, STR("#}"), true, true);
}

/* Passes NAME between white space, as in `{% raw %}`; moves nothing unless all of it, with the close, is there. */
static bool
pass_word_tag(struct lexer *lexer, struct str name, bool allow_plus, bool trim)
{
	size_t start = lexer->at;
	skip_space(lexer);
	if (looking_at(lexer, name)) {
		lexer->at += name.size;
		skip_space(lexer);
		if (pass_close(lexer, STR("%}"), allow_plus, trim))
			return true;
	}
	lexer->at = start;
	return false;
}

static char
pass_sign(struct lexer *lexer)
{
	char sign = peek(lexer, 0);
	if (sign != '-' && sign != '+')
		return '\0';
	lexer->at++;
	return sign;
}

/* Behind `{% raw %}`: everything up to `{% endraw %}` is data. */
static bool
lex_raw(struct lexer *lexer, size_t start)
{
	size_t from = lexer->at;
	bool was_line_start = lexer->is_line_start;
	for (size_t tag = from; (tag = str_find(lexer->text, STR("{%"), tag)) != STR_NONE; tag += 2) {
		lexer->at = tag + 2;
		char sign = pass_sign(lexer);
		if (pass_word_tag(lexer, STR("endraw"), true, true)) {
			bool is_line_start = lexer->is_line_start;
			lexer->is_line_start = was_line_start;
			add_data(lexer, from, tag, sign, false);
			lexer->is_line_start = is_line_start;
			return true;
		}
	}
	return fail(lexer, CODE_THM001, start, from, "`raw` is not closed with `{% endraw %}`");
}

static bool
lex_string(struct lexer *lexer)
{
	size_t start = lexer->at;
	char quote = peek(lexer, 0);
	for (lexer->at++; lexer->at < lexer->text.size; lexer->at++) {
		if (peek(lexer, 0) == '\\') {
			lexer->at++;
		} else if (peek(lexer, 0) == quote) {
			add_token(lexer, TOKEN_STRING, start + 1, lexer->at);
			struct token *token = &lexer->tokens->items[lexer->tokens->count - 1];
			token->from = start;
			token->to = ++lexer->at;
			return true;
		}
	}
	return fail(lexer, CODE_THM001, start, start + 1, "string is not closed");
}

static void
pass_digits(struct lexer *lexer)
{
	while (is_digit(peek(lexer, 0)))
		lexer->at++;
}

/* `1`, `1.5`, `1e3`; after a dot, as in `row.0`, a whole number only. */
static bool
lex_number(struct lexer *lexer)
{
	size_t start = lexer->at;
	bool is_float = false, after_dot = start > 0 && lexer->text.data[start - 1] == '.';
	pass_digits(lexer);
	if (!after_dot && peek(lexer, 0) == '.' && is_digit(peek(lexer, 1))) {
		is_float = true;
		lexer->at++;
		pass_digits(lexer);
	}
	size_t sign = peek(lexer, 1) == '-' || peek(lexer, 1) == '+';
	if (!after_dot && (peek(lexer, 0) | 0x20) == 'e' && is_digit(peek(lexer, 1 + sign))) {
		is_float = true;
		lexer->at += 1 + sign;
		pass_digits(lexer);
	}
	bool is_octal = !is_float && lexer->text.data[start] == '0' && lexer->at - start > 1;
	if (is_octal || is_name_start(peek(lexer, 0)))
		return fail(lexer, CODE_THM001, start, lexer->at + 1, "malformed number");
	add_token(lexer, is_float ? TOKEN_FLOAT : TOKEN_INTEGER, start, lexer->at);
	return true;
}

static bool
lex_name(struct lexer *lexer)
{
	size_t start = lexer->at;
	while (is_name_start(peek(lexer, 0)) || is_digit(peek(lexer, 0)))
		lexer->at++;
	add_token(lexer, TOKEN_NAME, start, lexer->at);
	return true;
}

static char
closer_of(char c)
{
	switch (c) {
	case '(': return ')';
	case '[': return ']';
	case '{': return '}';
	default: return '\0';
	}
}

static bool
balance(struct lexer *lexer, char c)
{
	char closer = closer_of(c);
	if (closer) {
		if (lexer->open == sizeof lexer->closers)
			return fail(lexer, CODE_THM004, lexer->at, lexer->at + 1, "expression is nested too deeply");
		lexer->closers[lexer->open++] = closer;
	} else if (c == ')' || c == ']' || c == '}') {
		if (!lexer->open || lexer->closers[lexer->open - 1] != c) {
			struct span span = span_of_bytes(lexer->source, lexer->at, lexer->at + 1);
			diag_add(lexer->diags, CODE_THM001, span, (struct str){0}, "unexpected `%c`", c);
			return false;
		}
		lexer->open--;
	}
	return true;
}

static bool
lex_operator(struct lexer *lexer)
{
	static const char *const pairs[] = {"//", "**", "==", "!=", ">=", "<="};
	size_t start = lexer->at, size = 0;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs && !size; i++)
		if (looking_at(lexer, str_from(pairs[i])))
			size = 2;
	if (!size && str_find_char(STR("+-/*%~[](){}><=.:|,"), peek(lexer, 0), 0) != STR_NONE)
		size = 1;
	if (!size) {
		size_t end = start;
		utf8_next(lexer->text, &end);
		struct span span = span_of_bytes(lexer->source, start, end);
		diag_add(lexer->diags, CODE_THM001, span, (struct str){0}, "unexpected character `%.*s`",
		         STR_ARG(str_slice(lexer->text, start, end)));
		return false;
	}
	if (!balance(lexer, peek(lexer, 0)))
		return false;
	lexer->at += size;
	add_token(lexer, TOKEN_OPERATOR, start, lexer->at);
	return true;
}

static bool
lex_in_tag(struct lexer *lexer)
{
	char c = peek(lexer, 0);
	if (c == '"' || c == '\'')
		return lex_string(lexer);
	if (is_digit(c))
		return lex_number(lexer);
	return is_name_start(c) ? lex_name(lexer) : lex_operator(lexer);
}

/* From behind the `{{` or `{%` at START to behind its end. */
static bool
lex_tag(struct lexer *lexer, size_t start, bool is_variable)
{
	add_token(lexer, is_variable ? TOKEN_VARIABLE_BEGIN : TOKEN_BLOCK_BEGIN, start, start + 2);
	lexer->open = 0;
	for (;;) {
		skip_space(lexer);
		if (lexer->at >= lexer->text.size)
			return fail(lexer, CODE_THM001, start, start + 2,
			            is_variable ? "tag is not closed with `}}`" : "tag is not closed with `%}`");
		size_t end = lexer->at;
		if (!lexer->open && pass_close(lexer, is_variable ? STR("}}") : STR("%}"), !is_variable, !is_variable)) {
			add_token(lexer, is_variable ? TOKEN_VARIABLE_END : TOKEN_BLOCK_END, end, end + 2);
			return true;
		}
		if (!lex_in_tag(lexer))
			return false;
	}
}

/* The next `{{`, `{%` or `{#`, or the end. */
static size_t
next_tag(const struct lexer *lexer)
{
	for (size_t at = lexer->at; (at = str_find_char(lexer->text, '{', at)) != STR_NONE; at++) {
		char c = at + 1 < lexer->text.size ? lexer->text.data[at + 1] : '\0';
		if (c == '{' || c == '%' || c == '#')
			return at;
	}
	return lexer->text.size;
}

static bool
lex_next(struct lexer *lexer)
{
	size_t from = lexer->at, tag = next_tag(lexer);
	if (tag == lexer->text.size) {
		add_data(lexer, from, tag, '+', false);
		lexer->at = tag;
		return true;
	}
	char kind = lexer->text.data[tag + 1];
	lexer->at = tag + 2;
	char sign = pass_sign(lexer);
	add_data(lexer, from, tag, sign, kind == '{');
	if (kind == '#')
		return lex_comment(lexer, tag);
	if (kind == '%' && pass_word_tag(lexer, STR("raw"), false, false))
		return lex_raw(lexer, tag);
	return lex_tag(lexer, tag, kind == '{');
}

bool
template_lex(const struct source *source, struct arena *arena, struct diag_list *diags, token_vec *tokens)
{
	struct lexer lexer = {.source = source, .text = source->text, .is_line_start = true, .arena = arena,
	                      .diags = diags, .tokens = tokens};
	while (lexer.at < lexer.text.size)
		if (!lex_next(&lexer))
			return false;
	add_token(&lexer, TOKEN_END, lexer.text.size, lexer.text.size);
	return true;
}
