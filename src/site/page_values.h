/* Values of templates, made from the model: links, fields, dates, backlinks. They live in the context's arena.
 * A link is a map {id, title, text, href, kind}: `text` is "ID title", `href` is "" when there is no page. The link of a
 * catalogue's control has `lang` too on a page of another language. */
#ifndef ISMARK_SITE_PAGE_VALUES_H
#define ISMARK_SITE_PAGE_VALUES_H

#include "site/pages.h"

struct template_value
page_text(const char *text);

/* The address of PATH below out/, and FRAGMENT unless it is empty, relative to the page and percent-encoded. */
struct str
page_href(const struct page_context *context, struct str path, struct str fragment);
/* URL with everything percent-encoded that may not stand in one. */
struct str
page_url(struct arena *arena, struct str url);
/* LANGUAGE when it may be a tag of BCP 47, letters, digits and hyphens; else empty. */
struct str
page_language(struct str language);
/* The theme's word at KEY ("menu.risks") in the page's language; the key itself when the theme has no such word. Always a string. */
struct template_value
page_word(const struct page_context *context, const char *key);
/* The list of words at KEY; an empty one when the theme has no such list. */
struct template_value
page_word_list(const struct page_context *context, const char *key);
/* The same as text, in the site's language: for titles of pages. Lives as long as the pages. */
struct str
pages_word(const struct pages *pages, const char *key);
/* False when the page's words are English, as the standards' titles and the messages of findings are. */
bool
page_is_translated(const struct page_context *context);
/* The groups of the menu, links with `name`, `here`, `is_page`, and `entries` of the group that the page is in. */
struct template_value
page_menu(const struct page_context *context);
struct template_value
page_link(const struct page_context *context, struct str title, struct str path);
struct template_value
page_record_link(const struct page_context *context, const struct record *record);
struct template_value
page_control_link(const struct page_context *context, const struct control *control);
/* RECORDS in natural order of their ids, in the context's arena. */
record_vec
page_sorted(const struct page_context *context, const record_vec *records);
struct template_value
page_record_links(const struct page_context *context, const record_vec *records);
/* "YYYY-MM-DD", or "" when it is not set. */
struct template_value
page_date(const struct page_context *context, struct date date);

/* A value as written, in the page's language: a map with `text` and `type`, one of text, code, date, datetime (date, time,
 * zone), period (count, unit), choice (order), bool, number, link, url, list (entries, is_inline), part (fields), table
 * (columns, rows), map (rows of key and texts), missing (a placeholder or what could not be read). */
struct template_value
page_value(const struct page_context *context, const struct value *value);
/* Appends to FIELDS those of RECORD with indexes in [FROM, TO) that were written, as maps {name, label, help, clause,
 * value}; those whose names are in WITHOUT (separated by blanks) are left out. */
void
page_add_fields(const struct page_context *context, struct template_value fields, const struct record *record, size_t from,
                size_t to, const char *without);
/* Appends the field of RECORD with INDEX like page_add_fields(), and gives it; when it was not written, its `value` is none. */
struct template_value
page_add_field(const struct page_context *context, struct template_value fields, const struct record *record, size_t index);
/* Puts `previous` and `next` into `page`: links to what stands beside RECORD in its register, or none. */
void
page_put_neighbours(struct page_context *context, const struct record *record);
/* What refers to a record or control, by kind: maps {kind, title, links, more}, a link has `fields` too; `more`: how many links were left out. */
struct template_value
page_backlinks(const struct page_context *context, const struct backlink *backlinks, size_t count);
/* The inherent, current and residual rating of a risk: maps {known, has_levels, likelihood, impact, score, band, level, accepted}:
 * `known`: it has a score; `level`: index of its band; `accepted`: within the appetite. */
struct template_value
page_rating(const struct page_context *context, const struct risk_rating *rating);
/* RECORDS of KIND as {columns: [{label, help, is_choice, is_number}], rows: [{anchor, link, cells: [value]}]}: the most telling fields
 * that any of them has. A row's `anchor` is the record's id, or "" where a heading or anchor of DOCUMENT (may be NULL), or
 * an earlier row, has that id. */
struct template_value
page_table(const struct page_context *context, const struct kind *kind, const record_vec *records,
           const struct document *document);

/* Puts the path of links behind which the page stands: maps {title, href} from the start page on. */
void
page_breadcrumb(struct page_context *context, struct str title, struct str path);

/* The text of DOCUMENT as HTML, its links resolved; what stands before and including its first heading, when that is a
 * level 1 heading at its start, goes to *HEADING (else empty). */
struct str
page_body(const struct page_context *context, const struct document *document, struct str *heading);
/* The headings of DOCUMENT below its title: maps {level, id, text}. */
struct template_value
page_contents(const struct page_context *context, const struct document *document);

#define page_put(context, map, key, value) template_put((context)->arena, (map), (key), (value))

#endif
