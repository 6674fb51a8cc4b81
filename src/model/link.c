#include "base/path.h"
#include "base/utf8.h"
#include "catalogue/control_ref.h"
#include "model/record_reader.h"
#include "model/site.h"

/* Length of a URL scheme with its colon (RFC 3986, 3.1), 0 for none. */
static size_t
scheme_size(struct str url)
{
	for (size_t i = 0; i < url.size; i++) {
		char c = url.data[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (c == ':')
			return i > 1 ? i + 1 : 0;
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
			return 0;
	}
	return 0;
}

static struct link_target
control_target(const struct site *site, const struct control *control, struct arena *arena)
{
	struct link_target target = {.kind = LINK_CONTROL, .control = control, .fragment_found = true};
	bool listed = false;
	for (size_t i = 0; i < site->config->catalogues.count; i++)
		listed |= site->config->catalogues.items[i] == control->catalogue;
	if (!listed)
		return (struct link_target){0};
	bool primary = control->catalogue == site->catalogue;
	target.path = primary ? str_printf(arena, "control/%.*s.html", STR_ARG(control->id))
	                      : str_printf(arena, "control/%.*s/%.*s.html", STR_ARG(control->catalogue->name), STR_ARG(control->id));
	return target;
}

static struct link_target
record_target(const struct record *record)
{
	if (record == record->document->self)
		return (struct link_target){.kind = LINK_DOCUMENT, .document = record->document, .record = record,
		                            .path = record->document->page, .fragment_found = true};
	return (struct link_target){.kind = LINK_RECORD, .record = record, .path = record->page, .fragment_found = true};
}

static struct link_target
resolve_id(const struct site *site, struct str id, bool is_token, struct arena *arena)
{
	const struct config *config = site->config;
	struct control_scope scope = {config->catalogue, config->catalogues.items + 1, config->catalogues.count - 1};
	id = id_fold(arena, id);
	const struct record *record = map_get(&site->ids, id);
	if (record && (record->has_id || !is_token))
		return record_target(record);
	struct control_ref ref = is_token ? control_ref_token(arena, &scope, id) : control_ref_parse(arena, &scope, id, 0);
	if (ref.kind == CONTROL_REF_CONTROL && ref.count == 1)
		return control_target(site, ref.control, arena);
	if (!is_token) {
		record = map_get(&site->titles, utf8_lower(arena, utf8_nfc(arena, str_trim(id))));
		if (record && record->document)
			return record_target(record);
	}
	return (struct link_target){0};
}

/* The document at PATH: as written, with .md behind it, or the index of the folder. */
static const struct document *
find_document(const struct site *site, struct str path, struct arena *arena)
{
	static const char *const endings[] = {"", ".md", "/index.md", "/README.md", "/_index.md"};
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		struct str candidate = str_printf(arena, "%.*s%s", STR_ARG(path), path.size ? endings[i] : endings[i] + (i > 1));
		const struct document *document = map_get(&site->pages, candidate);
		if (document)
			return document;
	}
	return NULL;
}

static struct link_target
document_target(const struct document *document, struct str fragment, struct arena *arena)
{
	struct link_target target = {.kind = LINK_DOCUMENT, .document = document, .record = document->self, .path = document->page};
	if (document->form == DOCUMENT_RECORD) {
		target.kind = LINK_RECORD;
		target.record = document->records.items[0];
	}
	target.fragment = utf8_nfc(arena, url_decode(arena, fragment));
	target.fragment_found = !fragment.size || str_equal_ignore_case(fragment, STR("top")) || map_get(&document->fragments, target.fragment);
	return target;
}

static struct link_target
resolve_path(const struct site *site, const struct document *from, struct str url, struct arena *arena)
{
	size_t hash = str_find_char(url, '#', 0), query = str_find_char(url, '?', 0);
	struct str fragment = hash == STR_NONE ? STR("") : str_from_index(url, hash + 1);
	struct str written = str_slice(url, 0, hash < query ? hash : query);
	if (!written.size)
		return document_target(from, fragment, arena);
	written = url_decode(arena, written);
	struct str path = written.data[0] == '/' ? str_from_index(path_normalise(arena, written), 1)
	                                         : path_normalise(arena, path_join(arena, path_folder(from->path), written));
	if (path_leaves_root(path))
		return (struct link_target){.kind = LINK_NONE, .path = path};
	const struct document *document = find_document(site, path, arena);
	if (document)
		return document_target(document, fragment, arena);
	if (map_get(&site->asset_paths, path))
		return (struct link_target){.kind = LINK_ASSET, .path = path, .fragment_found = true};
	return (struct link_target){.kind = LINK_NONE, .path = path};
}

struct link_target
site_resolve(const struct site *site, const struct document *document, const struct mention *mention, struct arena *arena)
{
	if (mention->type == MENTION_REFERENCE || mention->type == MENTION_TOKEN)
		return resolve_id(site, mention->target, mention->type == MENTION_TOKEN, arena);
	struct str url = str_trim(mention->target);
	if (!markdown_url_is_safe(url))
		return (struct link_target){.kind = LINK_UNSAFE, .path = url};
	if (scheme_size(url) || str_starts_with(url, STR("//")))
		return (struct link_target){.kind = LINK_EXTERNAL, .path = url, .fragment_found = true};
	return resolve_path(site, document, url, arena);
}
