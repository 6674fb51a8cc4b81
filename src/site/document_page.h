/* What the pages of documents share with those of one-record files and the start page. Only src/site/ includes this. */
#ifndef ISMARK_SITE_DOCUMENT_PAGE_H
#define ISMARK_SITE_DOCUMENT_PAGE_H

#include "site/page_values.h"

/* Fills the context's `document`: everything that the page of DOCUMENT shows. */
void
document_fill(struct page_context *context, const struct document *document);
/* Puts body, contents, source and control of DOCUMENT into VALUES, its heading, language and classification into `page`. */
void
document_fill_text(struct page_context *context, struct template_value values, const struct document *document);
/* Puts kind, kind_title, id, status, next_review, is_overdue and `head`, the fields of document control, into VALUES. */
void
document_fill_head(const struct page_context *context, struct template_value values, const struct record *self);
/* The fields that only its kind has (a scope's). */
struct template_value
document_own_fields(const struct page_context *context, const struct record *self);

#endif
