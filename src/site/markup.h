/* HTML as the Markdown writer makes it, taken apart again: text is escaped there, so every '<' begins a tag. With raw HTML
 * allowed it may be anything; then these functions find less, and never read beyond it. */
#ifndef ISMARK_SITE_MARKUP_H
#define ISMARK_SITE_MARKUP_H

#include "base/str.h"

/* Finds the next element NAME at or after *AT and moves *AT behind its end: its content goes to *CONTENT. Elements of one name
 * in another are passed over as content. False when there is none. */
bool
markup_next(struct str html, const char *name, size_t *at, struct str *content);
/* The text of HTML, without tags, entities as characters, white space as single blanks. */
struct str
markup_text(struct arena *arena, struct str html);
/* True when every element that begins in HTML ends there, in order. */
bool
markup_is_balanced(struct str html);
/* HTML with PREFIX and ':' before each id, and headings SHIFT levels lower (at most 6). */
struct str
markup_renamed(struct arena *arena, struct str html, struct str prefix, int shift);

#endif
