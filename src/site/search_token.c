#include "site/search_token.h"

#include "base/utf8.h"

enum { SOFT_HYPHEN = 0xAD, HYPHEN = 0x2010, NO_BREAK_HYPHEN = 0x2011 };

static bool
is_part(int32_t code_point)
{
	return code_point == SOFT_HYPHEN || (code_point >= 0 && utf8_is_alphanumeric(code_point));
}

static bool
is_hyphen(int32_t code_point)
{
	return code_point == HYPHEN || code_point == NO_BREAK_HYPHEN;
}

static bool
is_joiner(int32_t code_point)
{
	return code_point == '.' || code_point == '_' || code_point == '-' || is_hyphen(code_point);
}

/* End of the part that starts at FROM. */
static size_t
part_end(struct str text, size_t from, bool *has_number)
{
	*has_number = false;
	for (size_t next = from;; from = next) {
		int32_t code_point = utf8_next(text, &next);
		if (!is_part(code_point))
			return from;
		*has_number |= utf8_is_number(code_point);
	}
}

/* Start of the part behind the joiner at AT, or AT when there is none. */
static size_t
behind_joiner(struct str text, size_t at)
{
	size_t start = at, next;
	if (!is_joiner(utf8_next(text, &start)))
		return at;
	next = start;
	return is_part(utf8_next(text, &next)) ? start : at;
}

/* Finds the end of the run that starts at FROM; gives the end of its last part with a number, or FROM. */
static size_t
find_run(struct search_tokens *tokens, size_t from)
{
	size_t whole = from, next = from;
	bool has_number;
	do {
		tokens->run_end = part_end(tokens->text, next, &has_number);
		if (has_number)
			whole = tokens->run_end;
		next = behind_joiner(tokens->text, tokens->run_end);
	} while (next != tokens->run_end);
	return whole;
}

static size_t
next_start(const struct search_tokens *tokens)
{
	size_t start = tokens->at;
	for (size_t next = start; start < tokens->text.size; start = next)
		if (is_part(utf8_next(tokens->text, &next)))
			break;
	return start;
}

static void
add_code_point(struct buf *word, int32_t code_point)
{
	if (code_point < 0x80)
		buf_add_char(word, (char)code_point);
	else
		buf_add_utf8(word, code_point);
}

static struct str
clean(struct search_tokens *tokens, struct str raw)
{
	bool is_ascii = true;
	size_t length = 0;
	buf_clear(&tokens->word);
	for (size_t i = 0; i < raw.size && length < SEARCH_TOKEN_MAX;) {
		int32_t code_point = utf8_next(raw, &i);
		if (code_point == SOFT_HYPHEN)
			continue;
		bool is_upper = code_point >= 'A' && code_point <= 'Z';
		is_ascii = is_ascii && (code_point < 0x80 || is_hyphen(code_point));
		add_code_point(&tokens->word, is_hyphen(code_point) ? '-' : is_upper ? code_point + 'a' - 'A' : code_point);
		length++;
	}
	struct str word = buf_str(&tokens->word);
	return is_ascii ? word : utf8_lower(tokens->arena, utf8_nfc(tokens->arena, word));
}

bool
search_token_next(struct search_tokens *tokens, struct str *token)
{
	bool has_number;
	token->size = 0;
	while (!token->size && tokens->count < SEARCH_TOKENS_MAX) {
		size_t start = next_start(tokens);
		if (start == tokens->text.size)
			break;
		size_t end = start < tokens->run_end ? start : find_run(tokens, start);
		if (end == start)
			end = part_end(tokens->text, start, &has_number);
		tokens->at = end;
		*token = clean(tokens, str_slice(tokens->text, start, end));
	}
	tokens->count++;
	if (!token->size)
		buf_release(&tokens->word);
	return token->size > 0;
}
