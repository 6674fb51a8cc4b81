/* Pages of the site. site_render() makes a list of pages (one thread: paths are taken, clashes found), then fills and
 * renders them (parallel; the site is only read), and leaves their bytes in an output for publish().
 *
 * A kind of page is: a template, a function that fills its context, and a function that adds the pages of that kind to
 * the list (noun_page.c). Every context has `site`, `nav`, `words` and `page` (title, href of itself, breadcrumbs,
 * description); page_values.h makes the rest of the values. Every href in a context is relative to its page, ready to print. */
#ifndef ISMARK_SITE_PAGES_H
#define ISMARK_SITE_PAGES_H

#include "check/report.h"
#include "model/site.h"
#include "site/output.h"
#include "site/reading_order.h"
#include "site/template.h"
#include "site/theme.h"
#include "site/words.h"

struct page;

struct site_build_options {
	/* For tests, may be NULL: is shown the context of each page before its template is rendered. With threads: 1. */
	void (*see)(void *watcher, const struct page *page, struct template_value context);
	void *watcher;
	const struct site_theme *theme;
	const struct report *report; /* for report.html and the verdict; NULL: no report */
	size_t threads;
	const char *version;    /* of the compiler; NULL: not shown */
	const char *commit;     /* of the content; NULL: not known */
};

struct page_context;

struct page {
	struct str path;      /* below out/ */
	const char *template; /* "document.html"; NULL: FILL writes context->bytes itself */
	void (*fill)(struct page_context *context);
	const void *subject;  /* what FILL wants: a record, a control … */
	const struct document *document; /* whose version and classification it carries; NULL: none, made from the whole site */
	struct str title;
	const char *section;  /* name of the entry of the menu (menu.c) that it belongs to; may be NULL */
	struct str language;  /* of its text; empty: the site's. Its words are of that language when the theme has it */
	struct str maker;     /* what it is made from, for messages */
	struct span span;     /* of that */
	size_t file;          /* index of its bytes in the output; set by pages_add() */
};

struct pages {
	const struct site *site;
	const struct diag_list *findings;
	const struct site_build_options *options;
	struct arena *arena;        /* the output's: lives as long as the site */
	struct template_set templates;
	struct words words;
	const struct words_language *language; /* the site's, else English */
	struct template_value shared; /* the value `site` */
	int classification;           /* the highest of any document, which pages made from the whole site carry; -1: none */
	struct output *output;
	struct diag_list *diags;
	VEC(struct page) list;
	struct reading_order order;
	struct glossary *glossary;  /* NULL: the site has none */
	struct map findings_of;     /* path of a document -> diag_vec: the findings whose place is in it */
	struct map foreign;         /* controls of other catalogues: id with catalogue -> struct foreign_control */
	struct map control_diags;   /* id of a control of the primary catalogue -> diag_vec */
};

/* A page being made, by one worker. */
struct page_context {
	const struct pages *pages;
	const struct page *page;
	const struct words_language *language; /* of the page's words */
	struct arena *arena;          /* ends with the page */
	struct template_value values; /* the context of the template */
	struct template_value about;  /* its entry `page` */
	const struct map *inlined;    /* NULL, or path of a page -> struct str: its text stands on this page, ids behind that prefix */
	struct buf bytes;             /* the page as it will be published */
};

/* Adds a page whose place is free; false, with a finding (PUB001), when it is taken. */
bool
pages_add(struct pages *pages, const struct page *page);
/* The document that holds all RECORDS; NULL when there are several, or none. */
const struct document *
pages_document_of(const record_vec *records);
/* True for a page that search engines may list: site.yaml lets them, and its classification is the lowest or none. */
bool
pages_is_findable(const struct pages *pages, const struct page *page);
/* Like pages_add(), but gives way without a word to what a document already took. */
bool
pages_add_default(struct pages *pages, const struct page *page);

/* Renders SITE with the theme into OUTPUT, sorted, with theme files, attachments and redirects. FINDINGS are those of the
 * rules, for the verdict. False when the theme cannot be used or a page could not be made (THM findings in
 * DIAGS); clashes of paths (PUB) do not stop it. OUTPUT's arena must outlive publish(). */
bool
site_render(const struct site *site, const struct diag_list *findings, const struct site_build_options *options,
            struct output *output, struct diag_list *diags);

/* The kinds of pages; each adds its pages to the list. */
void
document_pages(struct pages *pages);
void
record_pages(struct pages *pages);
void
control_pages(struct pages *pages);
void
register_pages(struct pages *pages);
void
soa_pages(struct pages *pages);
void
matrix_pages(struct pages *pages);
void
coverage_pages(struct pages *pages);
void
family_pages(struct pages *pages);
void
report_pages(struct pages *pages);
void
calendar_pages(struct pages *pages);
void
clause_pages(struct pages *pages);
void
certificate_pages(struct pages *pages);
void
owner_pages(struct pages *pages);
void
permission_pages(struct pages *pages);
void
asset_pages(struct pages *pages);
void
glossary_pages(struct pages *pages);
void
atoz_pages(struct pages *pages);
void
all_pages(struct pages *pages);
void
index_pages(struct pages *pages);
void
redirect_pages(struct pages *pages);
void
search_pages(struct pages *pages);

#endif
