/* The parts of the report's page. Only src/site/report_*.c include this. */
#ifndef ISMARK_SITE_REPORT_PAGE_H
#define ISMARK_SITE_REPORT_PAGE_H

#include "check/report.h"
#include "site/page_values.h"

/* A page is for people: longer lists are cut on it, and report.json holds them whole. */
enum { REPORT_LISTED = 500, REPORT_LISTED_INSIDE = 100 };

/* How many of COUNT items a list shows, at most MOST; puts the number of the others into VALUES as KEY. */
size_t
report_cut(const struct page_context *context, struct template_value values, const char *key, size_t count, size_t most);
/* Links to RECORDS, at most REPORT_LISTED_INSIDE; the number of the others goes into VALUES as MORE. */
struct template_value
report_links(const struct page_context *context, struct template_value values, const char *more, const record_vec *records);

/* Each puts what its part of the page shows into VALUES, the context's `report`. */
void
report_put_readiness(const struct page_context *context, struct template_value values, const struct report *report);
void
report_put_risks(const struct page_context *context, struct template_value values, const struct report *report);
void
report_put_soa(const struct page_context *context, struct template_value values, const struct report *report);
void
report_put_work(const struct page_context *context, struct template_value values, const struct report *report);

/* {text, href}: who answers; `text` is "" for nobody. */
struct template_value
report_party(const struct page_context *context, struct str name, const struct record *record);
/* What falls due: {date, days, late, title, what, record, owner}. */
struct template_value
report_due(const struct page_context *context, const struct due_item *item);
/* A finding of the compiler: {code, severity, message, hint, subject, place, href, by, related}. */
struct template_value
report_diag(const struct page_context *context, const struct diag *diag);
/* NUMBER in its shortest form. */
struct template_value
report_number(const struct page_context *context, double number);
void
report_put_count(const struct page_context *context, struct template_value values, const char *key, size_t count);

#endif
