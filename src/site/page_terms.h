/* What the compiler calls things, in the language of a page: kinds, fields, values, and the titles and sentences of its
 * tables. The English words are those of the schema and the tables; a language has its own below `terms` in the theme's
 * words (kind, field, field_of, value, text), by the English name or text. What it lacks stays as it is, so do the kinds
 * and fields that site.yaml declares. Results are borrowed or live in the context's arena. */
#ifndef ISMARK_SITE_PAGE_TERMS_H
#define ISMARK_SITE_PAGE_TERMS_H

#include "site/pages.h"

/* "Approved by" from `approved_by`: a name as English shows it. */
struct str
page_label(struct arena *arena, const char *name);
/* "Risk", "Risks", and what a record of KIND is. */
struct str
page_kind_one(const struct page_context *context, const struct kind *kind);
struct str
page_kind_other(const struct page_context *context, const struct kind *kind);
struct str
page_kind_help(const struct page_context *context, const struct kind *kind);
/* page_kind_other() in the site's language: for titles of pages. Lives as long as the pages. */
struct str
pages_kind_other(const struct pages *pages, const struct kind *kind);
/* The label of FIELD, one of KIND's. */
struct str
page_field_label(const struct page_context *context, const struct kind *kind, const struct field *field);
struct str
page_field_help(const struct page_context *context, const struct field *field);
/* The word for a CHOICE as the schema has it ("in-treatment"). */
struct str
page_choice(const struct page_context *context, const char *choice);
/* A title or sentence of the compiler's own tables; texts that are no such thing stay as they are. */
struct str
page_phrase(const struct page_context *context, struct str english);
/* What a step of the path to the certificate lacks. */
struct str
page_gap(const struct page_context *context, const struct path_gap *gap);
/* The theme's word at KEY of AREA, an area with the names of states; KEY itself when it has none. */
struct str
page_name(const struct page_context *context, const char *area, const char *key);
/* NUMBER in its shortest form, with the language's decimal sign. */
struct str
page_number(const struct page_context *context, double number);

#endif
