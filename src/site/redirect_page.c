/* Small pages at former addresses: aliases, and the paths of files whose one record has its page elsewhere. */
#include "base/path.h"
#include "base/utf8.h"
#include "site/page_values.h"

static void
fill_page(struct page_context *context)
{
	const struct document *document = context->page->subject;
	page_put(context, context->values, "target", page_link(context, context->page->title, document->page));
}

static void
add_redirect(struct pages *pages, const struct document *document, struct str path, struct span span,
             bool (*add)(struct pages *, const struct page *))
{
	add(pages, &(struct page){
	                   .path = path,
	                   .template = "redirect.html",
	                   .fill = fill_page,
	                   .subject = document,
	                   .title = document->self->title,
	                   .maker = str_printf(pages->arena, "the alias in %.*s", STR_ARG(document->path)),
	                   .span = span,
	           });
}

/* The file at a former address: "/old/" and "old" are "old/index.html", "old.md" is "old.html". */
static struct str
alias_path(struct arena *arena, struct str alias)
{
	struct str text = str_trim(alias);
	bool is_folder = text.size && text.data[text.size - 1] == '/';
	while (text.size && text.data[0] == '/')
		text = str_from_index(text, 1);
	struct str path = path_normalise(arena, text), extension = path_extension(path);
	if (!path.size)
		return path;
	if (str_equal(extension, STR(".md")))
		return str_printf(arena, "%.*s.html", STR_ARG(path_without_extension(path)));
	if (is_folder || !extension.size)
		return str_printf(arena, "%.*s/index.html", STR_ARG(path));
	return path;
}

static void
refuse(struct pages *pages, const struct document *document, const struct value *alias, const char *problem)
{
	struct diag *diag = diag_add(pages->diags, CODE_PUB005, alias->span, document->self->subject, "the alias `%.*s` %s",
	                             STR_ARG(alias->text), problem);
	diag_hint(pages->diags, diag, "write a path such as `policies/old-name.html`");
}

/* SEEN: the document's aliases so far, in lower case, since spellings of one address need one page. A server answers without
 * fragment and query, so that a file cannot stand for these. */
static void
add_alias(struct pages *pages, const struct document *document, const struct value *alias, struct map *seen)
{
	struct str base = pages->site->config->base_url, text = alias->text;
	if (base.size && str_starts_with(text, base))
		text = str_from_index(text, base.size);
	if (str_find_char(text, '#', 0) != STR_NONE || str_find_char(text, '?', 0) != STR_NONE) {
		refuse(pages, document, alias, "holds a fragment or a query, which no file can answer");
		return;
	}
	struct str path = alias_path(pages->arena, url_decode(pages->arena, text));
	if (!path.size || path_leaves_root(path) || str_contains(text, STR("://"))) {
		refuse(pages, document, alias, "is no address below the site's root");
		return;
	}
	if (!map_put(pages->arena, seen, utf8_lower(pages->arena, path), pages) && !str_equal(path, document->page))
		add_redirect(pages, document, path, alias->span, pages_add);
}

void
redirect_pages(struct pages *pages)
{
	for (size_t i = 0; i < pages->site->documents.count; i++) {
		const struct document *document = pages->site->documents.items[i];
		const struct value *aliases = record_value(document->self, FIELD_document_aliases);
		struct map seen = {0};
		for (size_t k = 0; k < value_count(aliases); k++)
			add_alias(pages, document, value_item(aliases, k), &seen);
		struct str own = str_printf(pages->arena, "%.*s.html", STR_ARG(path_without_extension(document->path)));
		if (document->form == DOCUMENT_RECORD && !str_equal(own, document->page))
			add_redirect(pages, document, own, span_of_file(document->source), pages_add_default);
	}
}
