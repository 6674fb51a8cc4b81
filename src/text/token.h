/* Tokens of prose that may be ids of records or controls. */
#ifndef ISMARK_TEXT_TOKEN_H
#define ISMARK_TEXT_TOKEN_H

#include "text/html.h"

struct token {
	size_t from, to; /* bytes of the text */
};

/* The first token of TEXT at or after FROM: a word of letters, digits, '.', '_', '-' and U+2011 with an upper-case
 * letter and a digit. */
bool
token_next(struct str text, size_t from, struct token *token);
/* Writes the text of a Str, its tokens as mentions. */
void
token_write(struct html_writer *writer, const struct node *node);

#endif
