/* Lua's patterns, matched with a count of the steps: a pattern that backtracks is stopped like any other loop. */
#ifndef ISMARK_LUA_PATTERN_H
#define ISMARK_LUA_PATTERN_H

#include "base/str.h"
#include "lua/sandbox.h"

enum { PATTERN_CAPTURES_MAX = 32, PATTERN_DEPTH_MAX = 200, PATTERN_SIZE_MAX = 64 * 1024 };

enum capture_state { CAPTURE_OPEN, CAPTURE_CLOSED, CAPTURE_POSITION };

struct capture {
	enum capture_state state;
	size_t from, to;
};

struct match {
	lua_State *lua;
	struct str subject, pattern;
	size_t captures_used;
	struct capture captures[PATTERN_CAPTURES_MAX];
	int depth;
	uint32_t work; /* steps not charged yet */
};

/* Raises an error when the pattern is too long. */
void
match_init(struct match *match, lua_State *lua, struct str subject, struct str pattern);
/* Matches the pattern from its byte PATTERN_FROM at byte FROM of the subject; gives where the match ends, or STR_NONE.
 * A malformed pattern is an error of the script. */
size_t
match_at(struct match *match, size_t from, size_t pattern_from);
/* Pushes the captures, or the whole match when there is none; gives how many. */
int
match_push_captures(struct match *match, size_t from, size_t to);
/* Pushes capture INDEX, from 0; 0 without captures is the whole match. */
void
match_push_capture(struct match *match, size_t index, size_t from, size_t to);

#endif
