#include "text/token.h"

#include <string.h>

#include "base/utf8.h"

static const struct str non_breaking_hyphen = {"\xE2\x80\x91", 3};

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Size of the token's character at I, 0 when it is none. */
static size_t
token_char(struct str text, size_t i)
{
	if (i < text.size && (is_letter_or_digit(text.data[i]) || (text.data[i] && strchr("._-", text.data[i]))))
		return 1;
	return str_starts_with(str_from_index(text, i), non_breaking_hyphen) ? 3 : 0;
}

static bool
word_at(struct str text, size_t i)
{
	int32_t c = utf8_next(text, &i);
	return c >= 0 && utf8_is_word(c);
}

static bool
word_before(struct str text, size_t i)
{
	size_t at = i;
	while (at > 0 && i - at < 4 && ((unsigned char)text.data[--at] & 0xC0) == 0x80)
		;
	return i && word_at(text, at);
}

static void
trim(struct str text, struct token *token)
{
	while (token->from < token->to && !is_letter_or_digit(text.data[token->from]))
		token->from++;
	while (token->to > token->from && !is_letter_or_digit(text.data[token->to - 1]))
		token->to--;
}

static bool
has_letter_and_digit(struct str token)
{
	bool upper = false, digit = false;
	for (size_t i = 0; i < token.size; i++) {
		upper |= token.data[i] >= 'A' && token.data[i] <= 'Z';
		digit |= token.data[i] >= '0' && token.data[i] <= '9';
	}
	return upper && digit;
}

static bool
has_digit(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] >= '0' && text.data[i] <= '9')
			return true;
	return false;
}

bool
token_next(struct str text, size_t from, struct token *token)
{
	while (from < text.size) {
		size_t to = from;
		for (size_t size; (size = token_char(text, to));)
			to += size;
		*token = (struct token){from, to};
		bool alone = to > from && !word_before(text, from) && !word_at(text, to);
		trim(text, token);
		if (alone && has_letter_and_digit(str_slice(text, token->from, token->to)))
			return true;
		from = to > from ? to : from + 1;
	}
	return false;
}

/* A copy of the token with U+2011 as '-'. */
static struct str
token_id(struct arena *arena, struct str token)
{
	struct buf id = {0};
	for (size_t i = 0; i < token.size; i++) {
		bool hyphen = str_starts_with(str_from_index(token, i), non_breaking_hyphen);
		buf_add_char(&id, hyphen ? '-' : token.data[i]);
		i += hyphen ? 2 : 0;
	}
	return buf_take(&id, arena);
}

/* The token's place, if the Str stands in the source as it is; else the Str's. */
static struct span
token_span(const struct node *node, const struct token *token)
{
	struct span span = node->span;
	if (span.line != span.end_line || span.end_column - span.column != utf8_length(node->text))
		return span;
	span.end_column = span.column + (uint32_t)utf8_length(str_slice(node->text, 0, token->to));
	span.column += (uint32_t)utf8_length(str_slice(node->text, 0, token->from));
	return span;
}

void
token_write(struct html_writer *writer, const struct node *node)
{
	size_t done = 0;
	bool any = has_digit(node->text); /* few words have one */
	for (struct token token; any && token_next(node->text, done, &token); done = token.to) {
		struct str text = str_slice(node->text, token.from, token.to);
		struct mention mention = {.type = MENTION_TOKEN, .span = token_span(node, &token)};
		mention.target = token_id(writer->arena, text);
		mention.text = str_copy(writer->arena, text);
		html_add_text(writer, str_slice(node->text, done, token.from));
		size_t index = html_open_mention(writer, &mention);
		html_add_text(writer, text);
		html_close_mention(writer, index);
	}
	html_add_text(writer, str_from_index(node->text, done));
}
