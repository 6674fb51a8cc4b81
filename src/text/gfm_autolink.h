/* GFM's autolinks: bare URLs and e-mail addresses in text without blanks. */
#ifndef ISMARK_TEXT_GFM_AUTOLINK_H
#define ISMARK_TEXT_GFM_AUTOLINK_H

#include "base/str.h"

struct autolink {
	size_t from, to;
	const char *prefix; /* what the target has before the text: "", "http://", "mailto:" */
};

/* Whether a URL ("www.…", "http://…", "https://…", "ftp://…") starts at AT of WORD. BEFORE is the byte before
 * it in the source, '\n' at a paragraph's start. */
bool
gfm_url_at(struct str word, size_t at, char before, struct autolink *link);
/* The first e-mail address of WORD at or after FROM. */
bool
gfm_email_next(struct str word, size_t from, struct autolink *link);

#endif
