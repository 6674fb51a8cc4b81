#include "model/join.h"

#include "base/path.h"
#include "base/utf8.h"
#include "model/risk.h"

typedef void (*record_visitor)(struct join *join, struct record *record);

/* The document's self, then its records. */
static void
each_record(struct join *join, record_visitor visit)
{
	for (size_t i = 0; i < join->site->documents.count; i++) {
		struct document *document = join->site->documents.items[i];
		visit(join, document->self);
		for (size_t r = 0; r < document->records.count; r++)
			visit(join, document->records.items[r]);
	}
}

/* ---- ids ---- */

static void
report_duplicate(struct join *join, const struct record *record, const struct record *first)
{
	struct diag *diag = diag_add(join->diags, CODE_ID001, record->span, record->subject, "the id `%.*s` is taken by another %s",
	                             STR_ARG(record->id), first->kind->name);
	diag_hint(join->diags, diag, "give one of the two another id");
	diag_relate(join->diags, diag, first->span, "the first one is here");
}

static void
add_id(struct join *join, struct record *record, struct str id)
{
	struct record *first = map_get(&join->site->ids, id);
	if (!first)
		map_put(join->site->arena, &join->site->ids, id, record);
	else if (first != record)
		report_duplicate(join, record, first);
}

struct record *
join_ambiguous_title(void)
{
	static const struct record ambiguous;
	return (struct record *)(uintptr_t)&ambiguous; /* a map holds it beside records that are written to */
}

struct str
join_title_key(struct arena *arena, struct str title)
{
	return utf8_lower(arena, utf8_nfc(arena, str_trim(title)));
}

static bool
is_plain_self(const struct record *record)
{
	const struct document *document = record->document;
	return record == document->self && document->form == DOCUMENT_RECORD && !record->has_id;
}

static void
register_record(struct join *join, struct record *record)
{
	struct site *site = join->site;
	if (is_plain_self(record))
		return;
	vec_push(site->arena, &site->by_kind[record->kind->index], record);
	if (record->kind->index == KIND_soa) {
		if (!map_get(&site->ids, record->subject))
			map_put(site->arena, &site->ids, record->subject, record);
		return;
	}
	add_id(join, record, record->id);
	struct str key = join_title_key(site->arena, record->title);
	struct record *other = map_get(&site->titles, key);
	map_put(site->arena, &site->titles, key, other && other != record ? join_ambiguous_title() : record);
}

/* ---- backlinks ---- */

void
join_add_backlink(struct join *join, const struct record *target, const struct record *from, const struct field *field,
             struct span span)
{
	struct record *record = (struct record *)(uintptr_t)target; /* the join owns every record */
	vec_push(join->site->arena, &record->backlinks, ((struct backlink){from, field, span}));
}

/* ---- pages ---- */

static struct str
control_page(struct arena *arena, const struct site *site, const struct control *control)
{
	if (control->catalogue == site->catalogue)
		return str_printf(arena, "control/%.*s.html", STR_ARG(control->id));
	return str_printf(arena, "control/%.*s/%.*s.html", STR_ARG(control->catalogue->name), STR_ARG(control->id));
}

static void
place_record(struct join *join, struct record *record)
{
	struct site *site = join->site;
	struct document *document = record->document;
	if (record == document->self)
		return;
	if (record->kind->index == KIND_soa && record->control)
		record->page = control_page(site->arena, site, record->control);
	else
		record->page = str_printf(site->arena, "%s/%.*s.html", record->kind->name, STR_ARG(record->id));
	if (document->form == DOCUMENT_RECORD)
		document->page = record->page;
}

static void
collect_fragments(struct join *join, struct document *document)
{
	struct arena *arena = join->site->arena;
	const struct markdown_facts *facts = document->facts;
	for (size_t i = 0; i < document->records.count; i++)
		map_put(arena, &document->fragments, document->records.items[i]->id, document);
	for (size_t i = 0; facts && i < facts->headings.count; i++)
		map_put(arena, &document->fragments, facts->headings.items[i].id, document);
	for (size_t i = 0; facts && i < facts->anchors.count; i++)
		map_put(arena, &document->fragments, facts->anchors.items[i], document);
}

static void
place_document(struct join *join, struct document *document)
{
	struct site *site = join->site;
	document->page = str_printf(site->arena, "%.*s.html", STR_ARG(path_without_extension(document->path)));
	for (size_t i = 0; i < document->records.count; i++)
		place_record(join, document->records.items[i]);
	document->self->page = document->page;
	map_put(site->arena, &site->pages, document->path, document);
	collect_fragments(join, document);
	if (document->broken)
		site_collect_words(&site->broken_words, document->source->text, site->arena);
}

/* ---- prose ---- */

static void
join_mentions(struct join *join, const struct document *document)
{
	const struct record *from = document->form == DOCUMENT_RECORD ? document->records.items[0] : document->self;
	for (size_t i = 0; document->facts && i < document->facts->mentions.count; i++) {
		const struct mention *mention = &document->facts->mentions.items[i];
		struct link_target target = site_resolve(join->site, document, mention, join->site->arena);
		if (target.kind == LINK_DOCUMENT && target.document->self != from)
			join_add_backlink(join, target.document->self, from, NULL, mention->span);
		else if (target.kind == LINK_RECORD && target.record != from)
			join_add_backlink(join, target.record, from, NULL, mention->span);
		else if (target.kind == LINK_CONTROL && join_state_of(join, target.control))
			vec_push(join->site->arena, &join_state_of(join, target.control)->backlinks,
			         ((struct backlink){from, NULL, mention->span}));
		else if (target.kind == LINK_ASSET)
			((struct asset_file *)map_get(&join->site->asset_paths, target.path))->linked = true;
	}
}

static void
rate_risk(struct join *join, struct record *record)
{
	if (record->kind->index == KIND_risk)
		risk_rate(join->site, record);
}

static void
mark_attachments(struct join *join)
{
	const record_vec *evidence = site_records(join->site, KIND_evidence);
	for (size_t i = 0; i < evidence->count; i++) {
		struct str file = record_text(evidence->items[i], FIELD_evidence_file);
		struct str path = path_join(join->site->arena, path_folder(evidence->items[i]->document->path), file);
		struct asset_file *asset = map_get(&join->site->asset_paths, path_normalise(join->site->arena, path));
		if (file.size && asset)
			asset->linked = true;
	}
}

void
site_join(struct site *site, struct diag_list *diags)
{
	const struct config *config = site->config;
	struct join join = {
		.site = site,
		.diags = diags,
		.scope = {config->catalogue, config->catalogues.items + 1, config->catalogues.count - 1},
	};
	site->by_kind = arena_array(site->arena, record_vec, site->schema->kind_count);
	site->controls = arena_array(site->arena, struct control_state, site->catalogue->control_count);
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		site->controls[i].control = &site->catalogue->controls[i];
	for (size_t i = 0; i < site->assets.count; i++)
		map_put(site->arena, &site->asset_paths, site->assets.items[i].path, &site->assets.items[i]);
	for (size_t i = 0; i < site->documents.count; i++)
		place_document(&join, site->documents.items[i]);
	each_record(&join, register_record);
	each_record(&join, join_references);
	each_record(&join, join_circles);
	each_record(&join, rate_risk);
	each_record(&join, join_controls);
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		join_reasons(&site->controls[i]);
	for (size_t i = 0; i < site->documents.count; i++)
		join_mentions(&join, site->documents.items[i]);
	mark_attachments(&join);
}
