#include "lua/pattern.h"

#include <string.h>

enum { WORK_PER_CHARGE = 256 };

static size_t
match_rest(struct match *match, size_t s, size_t p);

void
match_init(struct match *match, lua_State *lua, struct str subject, struct str pattern)
{
	if (pattern.size > PATTERN_SIZE_MAX)
		luaL_error(lua, "pattern too long");
	*match = (struct match){.lua = lua, .subject = subject, .pattern = pattern};
}

static void
count_step(struct match *match)
{
	if (++match->work < WORK_PER_CHARGE)
		return;
	match->work = 0;
	sandbox_charge(match->lua, WORK_PER_CHARGE);
}

/* ---- single characters ---- */

static bool
in_range(unsigned char c, char from, char to)
{
	return c >= (unsigned char)from && c <= (unsigned char)to;
}

static bool
is_alpha(unsigned char c)
{
	return in_range(c | 32, 'a', 'z');
}

static bool
is_class_member(unsigned char c, char letter)
{
	bool digit = in_range(c, '0', '9');
	switch (letter | 32) {
	case 'a': return is_alpha(c);
	case 'c': return c < 32 || c == 127;
	case 'd': return digit;
	case 'g': return c > 32 && c < 127;
	case 'l': return in_range(c, 'a', 'z');
	case 'p': return c > 32 && c < 127 && !digit && !is_alpha(c);
	case 's': return c == ' ' || in_range(c, '\t', '\r');
	case 'u': return in_range(c, 'A', 'Z');
	case 'w': return digit || is_alpha(c);
	case 'x': return digit || in_range(c | 32, 'a', 'f');
	default: return false;
	}
}

/* %LETTER: a class, its complement for a capital, or the character itself. */
static bool
matches_escape(unsigned char c, char letter)
{
	if (!is_alpha((unsigned char)letter) || !strchr("acdglpsuwx", letter | 32))
		return c == (unsigned char)letter;
	return is_class_member(c, letter) == ((letter & 32) != 0);
}

/* End of the set that opens at P. */
static size_t
set_end(struct match *match, size_t p)
{
	struct str pattern = match->pattern;
	p += 1;
	if (p < pattern.size && pattern.data[p] == '^')
		p++;
	for (bool first = true; first || pattern.data[p] != ']'; first = false) {
		if (p + 1 >= pattern.size)
			luaL_error(match->lua, "malformed pattern (missing ']')");
		p += pattern.data[p] == '%' ? 2 : 1;
		if (p >= pattern.size)
			luaL_error(match->lua, "malformed pattern (missing ']')");
	}
	return p + 1;
}

static size_t
single_end(struct match *match, size_t p)
{
	char c = match->pattern.data[p];
	if (c == '[')
		return set_end(match, p);
	if (c != '%')
		return p + 1;
	if (p + 1 >= match->pattern.size)
		luaL_error(match->lua, "malformed pattern (ends with '%%')");
	return p + 2;
}

/* The set stands in the bytes [FROM, END) of the pattern, its brackets included. */
static bool
matches_set(const struct match *match, unsigned char c, size_t from, size_t end)
{
	const char *set = match->pattern.data;
	size_t p = from + 1, last = end - 1;
	bool inverse = set[p] == '^';
	for (p += inverse; p < last; p++) {
		if (set[p] == '%') {
			if (matches_escape(c, set[++p]))
				return !inverse;
		} else if (p + 2 < last && set[p + 1] == '-') {
			if (in_range(c, set[p], set[p + 2]))
				return !inverse;
			p += 2;
		} else if (c == (unsigned char)set[p]) {
			return !inverse;
		}
	}
	return inverse;
}

static bool
matches_single(struct match *match, size_t s, size_t p, size_t end)
{
	count_step(match);
	if (s >= match->subject.size)
		return false;
	unsigned char c = (unsigned char)match->subject.data[s];
	switch (match->pattern.data[p]) {
	case '.': return true;
	case '%': return matches_escape(c, match->pattern.data[p + 1]);
	case '[':
		match->work += (uint32_t)(end - p) / 8;
		return matches_set(match, c, p, end);
	default: return (unsigned char)match->pattern.data[p] == c;
	}
}

/* ---- repetitions ---- */

static size_t
expand_most(struct match *match, size_t s, size_t p, size_t end)
{
	size_t count = 0;
	while (matches_single(match, s + count, p, end))
		count++;
	for (;; count--) {
		size_t to = match_rest(match, s + count, end + 1);
		if (to != STR_NONE || !count)
			return to;
	}
}

static size_t
expand_least(struct match *match, size_t s, size_t p, size_t end)
{
	for (;; s++) {
		size_t to = match_rest(match, s, end + 1);
		if (to != STR_NONE)
			return to;
		if (!matches_single(match, s, p, end))
			return STR_NONE;
	}
}

/* ---- captures, balances, frontiers ---- */

static size_t
open_capture(struct match *match, size_t s, size_t p)
{
	bool position = p + 1 < match->pattern.size && match->pattern.data[p + 1] == ')';
	if (match->captures_used == PATTERN_CAPTURES_MAX)
		luaL_error(match->lua, "too many captures");
	size_t used = match->captures_used++;
	match->captures[used] = (struct capture){position ? CAPTURE_POSITION : CAPTURE_OPEN, s, s};
	size_t to = match_rest(match, s, p + (position ? 2 : 1));
	if (to == STR_NONE)
		match->captures_used = used;
	return to;
}

static size_t
close_capture(struct match *match, size_t s, size_t p)
{
	size_t i = match->captures_used;
	while (i > 0 && match->captures[i - 1].state != CAPTURE_OPEN)
		i--;
	if (i == 0)
		luaL_error(match->lua, "invalid pattern capture");
	struct capture *capture = &match->captures[i - 1];
	capture->state = CAPTURE_CLOSED;
	capture->to = s;
	size_t to = match_rest(match, s, p + 1);
	if (to == STR_NONE)
		capture->state = CAPTURE_OPEN;
	return to;
}

/* "%bxy": where the text ends that X opens and Y closes. */
static size_t
balance_end(struct match *match, size_t s, size_t p)
{
	if (p + 3 >= match->pattern.size)
		luaL_error(match->lua, "malformed pattern (missing arguments to '%%b')");
	char open = match->pattern.data[p + 2], close = match->pattern.data[p + 3];
	if (s >= match->subject.size || match->subject.data[s] != open)
		return STR_NONE;
	size_t depth = 1;
	for (size_t i = s + 1; i < match->subject.size; i++) {
		count_step(match);
		if (match->subject.data[i] == close) {
			if (--depth == 0)
				return i + 1;
		} else if (match->subject.data[i] == open) {
			depth++;
		}
	}
	return STR_NONE;
}

/* "%f[set]" at P: end of the item, or STR_NONE when the border is not here. */
static size_t
frontier_end(struct match *match, size_t s, size_t p)
{
	if (p + 2 >= match->pattern.size || match->pattern.data[p + 2] != '[')
		luaL_error(match->lua, "missing '[' after '%%f' in pattern");
	size_t end = set_end(match, p + 2);
	unsigned char before = s ? (unsigned char)match->subject.data[s - 1] : 0;
	unsigned char after = s < match->subject.size ? (unsigned char)match->subject.data[s] : 0;
	bool border = !matches_set(match, before, p + 2, end) && matches_set(match, after, p + 2, end);
	return border ? end : STR_NONE;
}

/* "%1" … "%9": end of the same text again; a position has none. */
static size_t
repeat_end(struct match *match, size_t s, char digit)
{
	size_t i = (size_t)(digit - '1');
	if (digit == '0' || i >= match->captures_used || match->captures[i].state == CAPTURE_OPEN)
		luaL_error(match->lua, "invalid capture index %%%c", digit);
	struct capture capture = match->captures[i];
	if (capture.state == CAPTURE_POSITION)
		return STR_NONE;
	struct str text = str_slice(match->subject, capture.from, capture.to);
	match->work += (uint32_t)(text.size / SANDBOX_BYTES_PER_STEP);
	count_step(match);
	return str_starts_with(str_from_index(match->subject, s), text) ? s + text.size : STR_NONE;
}

/* ---- the walk over the pattern ---- */

/* The items that start with '%' and are no single character; *ITEM_END stays when it is none of them. */
static size_t
match_special(struct match *match, size_t s, size_t p, size_t *item_end)
{
	char letter = p + 1 < match->pattern.size ? match->pattern.data[p + 1] : 0;
	if (letter == 'b') {
		s = balance_end(match, s, p);
		*item_end = p + 4;
	} else if (letter == 'f') {
		size_t end = frontier_end(match, s, p);
		*item_end = end == STR_NONE ? p + 2 : end;
		s = end == STR_NONE ? STR_NONE : s;
	} else if (in_range((unsigned char)letter, '0', '9')) {
		s = repeat_end(match, s, letter);
		*item_end = p + 2;
	}
	return s;
}

static size_t
match_items(struct match *match, size_t s, size_t p)
{
	while (p < match->pattern.size) {
		char c = match->pattern.data[p];
		count_step(match);
		if (c == '(')
			return open_capture(match, s, p);
		if (c == ')')
			return close_capture(match, s, p);
		if (c == '$' && p + 1 == match->pattern.size)
			return s == match->subject.size ? s : STR_NONE;
		size_t end = p;
		if (c == '%')
			s = match_special(match, s, p, &end);
		if (s == STR_NONE)
			return STR_NONE;
		if (end != p) {
			p = end;
			continue;
		}
		end = single_end(match, p);
		char repeat = end < match->pattern.size ? match->pattern.data[end] : 0;
		if (repeat == '*')
			return expand_most(match, s, p, end);
		if (repeat == '-')
			return expand_least(match, s, p, end);
		bool here = matches_single(match, s, p, end);
		if (repeat == '+')
			return here ? expand_most(match, s + 1, p, end) : STR_NONE;
		if (repeat == '?') {
			size_t to = here ? match_rest(match, s + 1, end + 1) : STR_NONE;
			if (to != STR_NONE)
				return to;
			p = end + 1;
		} else if (here) {
			s++;
			p = end;
		} else {
			return STR_NONE;
		}
	}
	return s;
}

static size_t
match_rest(struct match *match, size_t s, size_t p)
{
	if (++match->depth > PATTERN_DEPTH_MAX)
		luaL_error(match->lua, "pattern too complex");
	size_t to = match_items(match, s, p);
	match->depth--;
	return to;
}

size_t
match_at(struct match *match, size_t from, size_t pattern_from)
{
	match->captures_used = 0;
	match->depth = 0;
	return match_rest(match, from, pattern_from);
}

/* ---- what was captured ---- */

void
match_push_capture(struct match *match, size_t index, size_t from, size_t to)
{
	if (index >= match->captures_used && index > 0)
		luaL_error(match->lua, "invalid capture index %%%d", (int)index + 1);
	struct capture capture = {CAPTURE_CLOSED, from, to};
	if (index < match->captures_used)
		capture = match->captures[index];
	if (capture.state == CAPTURE_OPEN)
		luaL_error(match->lua, "unfinished capture");
	sandbox_charge_bytes(match->lua, capture.to - capture.from);
	if (capture.state == CAPTURE_POSITION)
		lua_pushinteger(match->lua, (lua_Integer)capture.from + 1);
	else
		lua_pushlstring(match->lua, match->subject.data + capture.from, capture.to - capture.from);
}

int
match_push_captures(struct match *match, size_t from, size_t to)
{
	size_t count = match->captures_used ? match->captures_used : 1;
	luaL_checkstack(match->lua, (int)count, "too many captures");
	for (size_t i = 0; i < count; i++)
		match_push_capture(match, i, from, to);
	return (int)count;
}
