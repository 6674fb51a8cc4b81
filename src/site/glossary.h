/* The terms of the glossary: a document with the id GLOSSARY, or named glossary, glossar or glossaire. Its terms are the rows of
 * tables with two columns and the list items "**Term**: meaning"; a document with neither has a term in each heading of
 * level 2, explained by the text below it. */
#ifndef ISMARK_SITE_GLOSSARY_H
#define ISMARK_SITE_GLOSSARY_H

#include "site/pages.h"

#define GLOSSARY_PAGE "glossary/index.html"

struct glossary_term {
	struct str name;    /* text */
	struct str anchor;  /* id on the glossary's page, "term:risk-owner" */
	struct str meaning; /* HTML, whole elements or plain text */
};

struct glossary {
	const struct document *document;
	VEC(struct glossary_term) terms; /* in alphabetical order */
};

/* The first such document, or NULL. */
const struct document *
glossary_document(const struct site *site);
/* The terms that BODY, the text of the glossary as HTML, explains; in ARENA. */
void
glossary_read(struct glossary *glossary, struct str body, struct arena *arena);

#endif
