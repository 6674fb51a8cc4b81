/* The words of a text, as the search knows them; search/engine.js has the same rules, and a test compares the two.
 * A run is letters, marks and numbers, and single joiners `.` `_` `-` (U+2010 and U+2011 are one) between them. Up to its last
 * part with a number it is one token, so that ids stay whole (A.5.15, RISK-001); each part after that is a token. Soft hyphens do
 * not count; the token is cut at SEARCH_TOKEN_MAX code points, then put in NFC and lower case. */
#ifndef ISMARK_SITE_SEARCH_TOKEN_H
#define ISMARK_SITE_SEARCH_TOKEN_H

#include "base/str.h"

enum {
	SEARCH_TOKEN_MAX = 64,    /* code points of a token */
	SEARCH_TOKENS_MAX = 20000 /* of a text: what follows is not found */
};

/* A walk over the tokens of TEXT; the rest starts as zeros. */
struct search_tokens {
	struct arena *arena;
	struct str text;
	size_t at, run_end; /* parts without a number go on up to RUN_END */
	size_t count;
	struct buf word;    /* room for the token */
};

/* Gives the next token, valid until the next call; false at the end, and then the walk holds no memory. */
bool
search_token_next(struct search_tokens *tokens, struct str *token);

#endif
