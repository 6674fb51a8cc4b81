/* LNK: links, images, anchors and references in the text of documents, and documents that nothing leads to. */
#include "base/path.h"
#include "check/families.h"
#include "check/wording.h"

/* What suggestions need, made once. */
struct link_check {
	const struct check *check;
	str_vec paths, ids;   /* of everything that can be linked or named */
	struct map by_name;   /* lower-case file name, and its stem -> path (struct str *) */
	size_t budget;        /* comparisons left for suggestions, so that broken links stay cheap */
};

enum { BUDGET = 200000 };

/* The first one of a name stands for all. */
static void
add_name(struct link_check *links, struct str name, const struct str *path)
{
	name = str_lower(links->check->arena, name);
	if (name.size && !map_get(&links->by_name, name))
		map_put(links->check->arena, &links->by_name, name, (void *)path);
}

/* An index has the name of its folder. */
static void
add_path(struct link_check *links, const struct str *path)
{
	struct str stem = path_stem(*path);
	bool is_index = str_equal_ignore_case(stem, STR("index")) || str_equal_ignore_case(stem, STR("README"));
	vec_push(links->check->arena, &links->paths, *path);
	add_name(links, path_name(*path), path);
	add_name(links, is_index ? path_name(path_folder(*path)) : stem, path);
}

static void
add_ids(struct link_check *links, const struct document *document)
{
	struct arena *arena = links->check->arena;
	if (document->self->has_id)
		vec_push(arena, &links->ids, document->self->id);
	for (size_t i = 0; i < document->records.count; i++)
		if (document->records.items[i]->has_id && document->records.items[i]->kind->index != KIND_soa)
			vec_push(arena, &links->ids, document->records.items[i]->id);
}

static struct link_check
link_check_new(const struct check *check)
{
	const struct site *site = check->site;
	struct link_check links = {.check = check, .budget = BUDGET};
	for (size_t i = 0; i < site->documents.count; i++) {
		add_path(&links, &site->documents.items[i]->path);
		add_ids(&links, site->documents.items[i]);
	}
	for (size_t i = 0; i < site->assets.count; i++)
		add_path(&links, &site->assets.items[i].path);
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		vec_push(check->arena, &links.ids, site->catalogue->controls[i].id);
	return links;
}

/* The nearest of CANDIDATES, or an empty view, also when the budget is spent. */
static struct str
nearest(struct link_check *links, struct str word, const str_vec *candidates)
{
	if (candidates->count > links->budget)
		return STR("");
	links->budget -= candidates->count;
	return str_nearest(word, candidates->items, candidates->count);
}

/* Who makes the mention: the document, or the record that the file holds. */
static struct str
subject_of(const struct document *document)
{
	bool is_record = document->form == DOCUMENT_RECORD && document->records.count;
	return is_record ? document->records.items[0]->subject : document->self->subject;
}

static struct diag *
report(const struct link_check *links, enum code code, const struct document *document, const struct mention *mention,
       const char *message)
{
	return diag_add(links->check->diags, code, mention->span, subject_of(document), message, STR_ARG(mention->target));
}

/* ---- targets that do not exist ---- */

static bool
is_page_path(struct str path)
{
	static const char *const extensions[] = {"", ".md", ".html", ".htm", ".yaml", ".yml", ".csv"};
	struct str extension = path_extension(path);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
		if (str_equal_ignore_case(extension, str_from(extensions[i])))
			return true;
	return false;
}

/* A file of the name elsewhere, else the path that is spelled most like PATH. */
static struct str
nearest_path(struct link_check *links, struct str path)
{
	struct str written = str_ends_with(path, STR("/")) ? path_folder(path) : path;
	struct str name = str_lower(links->check->arena, path_name(written));
	const struct str *moved = map_get(&links->by_name, name);
	if (!moved && is_page_path(path))
		moved = map_get(&links->by_name, path_stem(name));
	return moved ? *moved : nearest(links, path, &links->paths);
}

static void
hint_path(struct link_check *links, struct diag *diag, const struct document *document, const struct mention *mention,
          struct str path)
{
	struct diag_list *diags = links->check->diags;
	struct str found = nearest_path(links, path);
	if (str_find_char(mention->target, '\\', 0) != STR_NONE)
		diag_hint(diags, diag, "write `/` between folders");
	else if (found.size)
		diag_hint(diags, diag, "did you mean `%.*s`?",
		          STR_ARG(path_relative(links->check->arena, document->path, found)));
	else
		diag_hint(diags, diag, "correct the path, which is relative to this file, or add the file");
}

static void
report_broken(struct link_check *links, const struct document *document, const struct mention *mention, struct str path)
{
	struct diag *diag;
	if (path_leaves_root(path)) {
		diag = report(links, CODE_LNK005, document, mention, "`%.*s` leads out of the content folder");
		diag_hint(links->check->diags, diag, "bring the file into the content folder, or link where it is published");
		return;
	}
	if (mention->type == MENTION_IMAGE)
		diag = report(links, CODE_LNK003, document, mention, "there is no image `%.*s`");
	else if (is_page_path(path))
		diag = report(links, CODE_LNK001, document, mention, "there is no page `%.*s`");
	else
		diag = report(links, CODE_LNK004, document, mention, "there is no file `%.*s`");
	hint_path(links, diag, document, mention, path);
}

static void
report_empty(const struct link_check *links, const struct document *document, const struct mention *mention)
{
	struct diag *diag = diag_add(links->check->diags, CODE_LNK011, mention->span, subject_of(document),
	                             "%s `%.*s` has no target", mention->type == MENTION_IMAGE ? "the image" : "the link",
	                             STR_ARG(mention->text));
	diag_hint(links->check->diags, diag, "write the path or the id that it leads to, or remove the link");
}

static void
report_anchor(struct link_check *links, const struct document *document, const struct mention *mention,
              const struct link_target *target)
{
	str_vec anchors = {0};
	const struct markdown_facts *facts = target->document->facts;
	for (size_t i = 0; facts && i < facts->headings.count && links->budget > facts->headings.count; i++)
		vec_push(links->check->arena, &anchors, facts->headings.items[i].id);
	struct str found = nearest(links, target->fragment, &anchors);
	struct diag *diag = diag_add(links->check->diags, CODE_LNK002, mention->span, subject_of(document),
	                             "`%.*s` has no heading or anchor `%.*s`", STR_ARG(target->document->path),
	                             STR_ARG(target->fragment));
	if (found.size)
		diag_hint(links->check->diags, diag, "did you mean `#%.*s`?", STR_ARG(found));
	else
		diag_hint(links->check->diags, diag, "link to one of its headings, or to the page");
	diag_relate(links->check->diags, diag, span_of_file(target->document->source), "the page");
}

static void
report_unknown_id(struct link_check *links, const struct document *document, const struct mention *mention)
{
	struct str found = nearest(links, mention->target, &links->ids);
	struct diag *diag = report(links, CODE_LNK008, document, mention, "nothing has the id or title `%.*s`");
	if (found.size)
		diag_hint(links->check->diags, diag, "did you mean `%.*s`?", STR_ARG(found));
	else
		diag_hint(links->check->diags, diag, "correct the id, or add the record it means");
}

/* ---- one mention ---- */

static void
report_unsafe(const struct link_check *links, const struct document *document, const struct mention *mention)
{
	struct diag *diag = report(links, CODE_LNK007, document, mention, "`%.*s` has a scheme that is not published");
	diag_hint(links->check->diags, diag, "use http, https, mailto or a path; the link is left out");
}

static void
check_retired(const struct link_check *links, const struct document *document, const struct mention *mention,
              const struct document *target)
{
	const struct record *from = document->self, *to = target->self;
	if (record_choice(to, FIELD_document_status) != CHOICE_document_status_retired || target == document
	    || record_choice(from, FIELD_document_status) == CHOICE_document_status_retired
	    || record_refers_to(from, FIELD_document_supersedes, to)
	    || record_refers_to(from, FIELD_document_related, to)) /* REF005 speaks of that */
		return;
	struct diag *diag = report(links, CODE_LNK012, document, mention, "`%.*s` leads to a retired document");
	diag_hint(links->check->diags, diag, "link to what replaces it");
	diag_relate(links->check->diags, diag, record_field_span(to, FIELD_document_status), "retired here");
}

static void
check_mention(struct link_check *links, const struct document *document, const struct mention *mention)
{
	bool is_path = mention->type == MENTION_LINK || mention->type == MENTION_IMAGE;
	struct str url = str_trim(mention->target);
	if (mention->type == MENTION_TOKEN)
		return;
	if (is_path && (url.size == 0 || (str_equal(url, STR("#")) && mention->type == MENTION_LINK))) {
		report_empty(links, document, mention);
		return;
	}
	struct link_target target = site_resolve(links->check->site, document, mention, links->check->arena);
	if (target.kind == LINK_UNSAFE)
		report_unsafe(links, document, mention);
	else if (target.kind == LINK_NONE && is_path)
		report_broken(links, document, mention, target.path);
	else if (target.kind == LINK_NONE)
		report_unknown_id(links, document, mention);
	else if (target.document && !target.fragment_found)
		report_anchor(links, document, mention, &target);
	else if (target.document)
		check_retired(links, document, mention, target.document);
}

static void
links_resolve(const struct check *check, const struct record *none)
{
	(void)none;
	struct link_check links = link_check_new(check);
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		for (size_t j = 0; document->facts && j < document->facts->mentions.count; j++)
			check_mention(&links, document, &document->facts->mentions.items[j]);
	}
}

/* ---- addresses in fields ---- */

static void
check_urls(const struct check *check, const struct record *record)
{
	for (size_t i = 0; i < record->kind->field_count; i++) {
		const struct value *value = record->kind->fields[i]->type == FIELD_URL ? record_value(record, (int)i) : NULL;
		for (size_t j = 0; j < value_count(value); j++) {
			const struct value *item = value_item(value, j);
			if (item->state != VALUE_OK || markdown_url_is_safe(item->text))
				continue;
			struct diag *diag = diag_add(check->diags, CODE_LNK007, item->span, record->subject,
			                             "`%.*s` has a scheme that is not published", STR_ARG(item->text));
			diag_hint(check->diags, diag, "use http, https or mailto; the link is left out");
		}
	}
}

static void
urls_are_safe(const struct check *check, const struct record *none)
{
	(void)none;
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		check_urls(check, document->self);
		for (size_t j = 0; j < document->records.count; j++)
			check_urls(check, document->records.items[j]);
	}
}

/* ---- orphans ---- */

static bool
is_start_page(const struct document *document)
{
	static const char *const stems[] = {"index", "readme", "_index", "home"};
	struct str stem = path_stem(document->path);
	for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
		if (str_equal_ignore_case(stem, str_from(stems[i])))
			return true;
	return false;
}

/* A page that names controls or clauses is reached through theirs. */
static bool
is_orphan(const struct document *document)
{
	const struct record *self = document->self;
	return document->form == DOCUMENT_PROSE && !document->broken && !is_start_page(document)
	       && self->backlinks.count == 0 && !record_value(self, FIELD_document_controls)
	       && !record_value(self, FIELD_document_clauses)
	       && record_choice(self, FIELD_document_status) != CHOICE_document_status_retired;
}

static void
report_orphan(const struct check *check, const struct document *document)
{
	struct diag *diag = diag_add(check->diags, CODE_LNK006, span_of_file(document->source), document->self->subject,
	                             "no document or record leads to this page");
	diag_hint(check->diags, diag, "link to it from where its readers come by");
}

/* Where no page leads to any other, that is one finding: the folder does not work with links. */
static void
orphan_pages(const struct check *check, const struct record *none)
{
	(void)none;
	const struct document *first = NULL;
	size_t orphans = 0, pages = 0;
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		pages += document->form == DOCUMENT_PROSE && !is_start_page(document);
		if (is_orphan(document) && orphans++ == 0)
			first = document;
	}
	if (orphans > 1 && orphans == pages) {
		struct diag *diag = diag_add(check->diags, CODE_LNK006, span_of_file(first->source), first->self->subject,
		                             "none of the %zu pages is linked from another", pages);
		diag_hint(check->diags, diag, "link documents to each other: `[text](other.md)` or `[[ID]]`");
		return;
	}
	for (size_t i = 0; pages > 1 && i < check->site->documents.count; i++)
		if (is_orphan(check->site->documents.items[i]))
			report_orphan(check, check->site->documents.items[i]);
}

static const struct check_rule rules[] = {
	{CODE_LNK001, SCOPE_SITE, 0, links_resolve}, /* and LNK002 to LNK005, LNK007, LNK008, LNK011, LNK012 */
	{CODE_LNK006, SCOPE_SITE, 0, orphan_pages},
	{CODE_LNK007, SCOPE_SITE, 0, urls_are_safe},
};

const struct check_family link_family = {rules, sizeof rules / sizeof *rules};
