/* Tags of raw HTML, read far enough to filter them and to find the ids that links may lead to. */
#ifndef ISMARK_TEXT_HTML_TAG_H
#define ISMARK_TEXT_HTML_TAG_H

#include "base/str.h"

enum html_tag_type { HTML_TAG_OPEN, HTML_TAG_CLOSE, HTML_TAG_COMMENT };

struct html_tag {
	enum html_tag_type type;
	struct str name;       /* as written */
	struct str id, anchor; /* values of id= and name= as written, entities and all */
	bool only_names;       /* no attribute besides these two */
	size_t from, end;      /* where it stands */
};

/* A walk over the tags of HTML, from AT on. */
struct html_tags {
	struct str html;
	size_t at;
	unsigned broken; /* tags that do not end: after many of them the walk stops, so that it stays linear */
};

/* The next tag or comment; false when there is none. */
bool
html_tags_next(struct html_tags *tags, struct html_tag *tag);
/* Adds the ids and names of anchors in HTML, copied into ARENA. */
void
html_tag_anchors(struct arena *arena, struct str html, str_vec *anchors);

#endif
