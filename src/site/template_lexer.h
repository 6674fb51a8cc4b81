/* Tokens of a template. Data between tags is already stripped as `-`, `+`, trim_blocks and
 * lstrip_blocks ask; comments are gone; raw is data. Only the template's parser includes this. */
#ifndef ISMARK_SITE_TEMPLATE_LEXER_H
#define ISMARK_SITE_TEMPLATE_LEXER_H

#include "diag/diag.h"

enum token_kind {
	TOKEN_END, /* of the template; stays the current token for ever */
	TOKEN_DATA,
	TOKEN_VARIABLE_BEGIN, /* {{ */
	TOKEN_VARIABLE_END,
	TOKEN_BLOCK_BEGIN, /* {% */
	TOKEN_BLOCK_END,
	TOKEN_NAME,
	TOKEN_STRING, /* text is what stands between the quotes, escapes not yet read */
	TOKEN_INTEGER,
	TOKEN_FLOAT,
	TOKEN_OPERATOR
};

struct token {
	enum token_kind kind;
	size_t from, to; /* bytes of the source, quotes included */
	struct str text; /* borrowed from the source */
};

typedef VEC(struct token) token_vec;

/* All tokens of SOURCE (line breaks are \n) into TOKENS, the last one TOKEN_END. False, with a finding, at
 * the first character that fits nowhere. */
bool
template_lex(const struct source *source, struct arena *arena, struct diag_list *diags, token_vec *tokens);

#endif
