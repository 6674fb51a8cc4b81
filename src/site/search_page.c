/* The search: search.html, which shows all results, and the scripts behind it: the engine (MiniSearch and what ismark
 * adds), the index, and the texts from which results are quoted. Pages load them when a reader first wants to search. */
#include "site/search_page.h"

#include "site/search_entries.h"

static const unsigned char engine[] = {
#include "site/search_engine.inc"
};

/* ---- the scripts ---- */

static void
fill_engine(struct page_context *context)
{
	buf_add(&context->bytes, engine, sizeof engine);
}

static void
add_comma(struct buf *out, size_t index)
{
	if (index)
		buf_add_char(out, ',');
}

static void
write_names(struct buf *out, const char *key, const struct search_names *names)
{
	buf_printf(out, "\"%s\":[", key);
	for (size_t i = 0; i < names->items.count; i++) {
		add_comma(out, i);
		buf_add_script_string(out, names->items.items[i]);
	}
	buf_add_c(out, "],\n");
}

static void
write_section(struct buf *out, const struct search_entry *entry)
{
	buf_add_count(out, entry->parent);
	buf_add_char(out, ',');
	buf_add_script_string(out, entry->fields[SEARCH_TITLE]);
	buf_add_char(out, ',');
	buf_add_script_string(out, entry->href);
}

static void
write_entry(struct buf *out, const struct search_entry *entry)
{
	buf_add_script_string(out, entry->fields[SEARCH_ID]);
	buf_add_char(out, ',');
	buf_add_script_string(out, entry->fields[SEARCH_TITLE]);
	buf_add_char(out, ',');
	buf_add_script_string(out, entry->href);
	buf_printf(out, ",%zu,%zu,%zu", entry->kind, entry->status, entry->owner);
}

static void
write_entries(struct buf *out, const struct search_entries *entries)
{
	buf_add_c(out, "\"entries\":[");
	for (size_t i = 0; i < entries->items.count; i++) {
		const struct search_entry *entry = &entries->items.items[i];
		add_comma(out, i);
		buf_add_c(out, "\n[");
		(entry->parent == STR_NONE ? write_entry : write_section)(out, entry);
		buf_add_char(out, ']');
	}
	buf_add_c(out, "],\n");
}

static void
fill_index(struct page_context *context)
{
	struct buf *out = &context->bytes;
	struct search_entries entries;
	struct search_index index;
	search_entries_collect(context, &entries);
	search_index_init(&index, context->arena);
	for (size_t i = 0; i < entries.items.count; i++)
		search_index_add(&index, entries.items.items[i].fields);
	buf_add_c(out, "globalThis.ismarkSearchData={");
	write_names(out, "kinds", &entries.kinds);
	write_names(out, "statuses", &entries.statuses);
	write_names(out, "owners", &entries.owners);
	write_entries(out, &entries);
	buf_add_c(out, "\"index\":");
	search_index_write(&index, out);
	buf_add_c(out, "};\n");
}

static void
fill_texts(struct page_context *context)
{
	struct search_entries entries;
	search_entries_collect(context, &entries);
	buf_add_c(&context->bytes, "globalThis.ismarkSearchTexts=[");
	for (size_t i = 0; i < entries.items.count; i++) {
		add_comma(&context->bytes, i);
		buf_add_char(&context->bytes, '\n');
		buf_add_script_string(&context->bytes, entries.items.items[i].fields[SEARCH_TEXT]);
	}
	buf_add_c(&context->bytes, "];\n");
}

/* ---- the page ---- */

/* Where a reader finds things without a script. */
static void
fill_page(struct page_context *context)
{
	static const struct {
		const char *word, *path;
	} places[] = {
		{"menu.atoz", "a-z/index.html"},
		{"menu.document", "document/index.html"},
		{"menu.register", "register/index.html"},
		{"menu.control", "control/index.html"},
	};
	struct template_value links = template_list(context->arena), search = template_map(context->arena);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (output_find(context->pages->output, str_from(places[i].path)))
			template_push(context->arena, links,
			              page_link(context, page_word(context, places[i].word).as.text, str_from(places[i].path)));
	page_put(context, search, "places", links);
	page_put(context, context->values, "search", search);
}

static bool
has_search(const struct pages *pages)
{
	return pages->site->config->search && theme_has_search(pages->options->theme);
}

struct str
search_page_href(const struct page_context *context)
{
	if (!has_search(context->pages))
		return STR("");
	return page_href(context, STR(SEARCH_PAGE), STR(""));
}

void
search_pages(struct pages *pages)
{
	if (!has_search(pages))
		return;
	pages_add(pages, &(struct page){.path = STR(SEARCH_PAGE), .template = "search.html", .fill = fill_page,
	                                .title = pages_word(pages, "search.title"), .maker = STR("the search")});
	pages_add(pages, &(struct page){.path = STR("search/engine.js"), .fill = fill_engine, .maker = STR("the search")});
	pages_add(pages, &(struct page){.path = STR("search/index.js"), .fill = fill_index, .maker = STR("the search")});
	pages_add(pages, &(struct page){.path = STR("search/text.js"), .fill = fill_texts, .maker = STR("the search")});
}
