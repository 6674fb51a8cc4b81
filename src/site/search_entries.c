#include "site/search_entries.h"

#include "model/value_text.h"
#include "site/page_terms.h"
#include "site/search_page.h"

#include <string.h>

/* ---- names ---- */

static size_t
number_of(struct arena *arena, struct search_names *names, struct str name)
{
	if (!names->items.count)
		vec_push(arena, &names->items, STR(""));
	if (!name.size)
		return 0;
	size_t *number = map_get(&names->numbers, name);
	if (!number) {
		number = arena_new(arena, size_t);
		*number = names->items.count;
		vec_push(arena, &names->items, name);
		map_put(arena, &names->numbers, name, number);
	}
	return *number;
}

static struct str
status_name(const struct page_context *context, const struct record *record)
{
	const struct value *status = record_value(record, kind_field(record->kind, STR("status")));
	if (!status || status->is_list || status->field->type != FIELD_CHOICE)
		return STR("");
	return page_choice(context, status->field->choices->choices[status->choice].text);
}

static struct str
owner_name(const struct record *record)
{
	const struct value *owner = record_owner(record);
	if (!owner || owner->state != VALUE_OK || !value_count(owner))
		return STR("");
	const struct value *first = value_item(owner, 0);
	bool is_record = first->field->type == FIELD_REF && first->reference.type == REFERENCE_RECORD;
	return is_record ? first->reference.record->title : first->text;
}

/* ---- texts ---- */

static void
add_part(struct buf *text, struct str part)
{
	if (!part.size)
		return;
	if (text->size)
		buf_add_c(text, " \xC2\xB7 ");
	buf_add_str(text, part);
}

static bool
holds_words(const struct field *field)
{
	static const char *const own[] = {"id", "title", "kind", "status", "owner", "sha256"};
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strcmp(field->name, own[i]) == 0)
			return false;
	return field->type == FIELD_TEXT || field->type >= FIELD_CHOICE;
}

static void
add_choices(const struct page_context *context, struct buf *text, const struct value *value)
{
	for (size_t i = 0; i < value_count(value); i++) {
		const struct value *item = value_item(value, i);
		if (item->state == VALUE_OK)
			add_part(text, page_choice(context, item->field->choices->choices[item->choice].text));
	}
}

/* What people wrote first, then what else is no number, date or part of the entry; the owner by name. */
static void
add_fields(const struct page_context *context, struct buf *text, const struct record *record, struct str title)
{
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < record->kind->field_count; i++) {
			const struct field *field = record->kind->fields[i];
			const struct value *value = record->values[i];
			if (!value || !holds_words(field) || (field->type == FIELD_TEXT) != (pass == 0))
				continue;
			struct str words = value_plain_text(context->arena, value);
			if (field->type == FIELD_CHOICE)
				add_choices(context, text, value);
			else if (!str_equal(words, title))
				add_part(text, words);
		}
	}
	add_part(text, owner_name(record));
}

/* ---- entries ---- */

/* False when the place has an entry already. */
static bool
add_entry(struct search_entries *entries, const struct search_entry *entry)
{
	if (map_get(&entries->places, entry->href))
		return false;
	struct search_entry *added = vec_add(entries->arena, &entries->items);
	*added = *entry;
	added->parent = STR_NONE;
	map_put(entries->arena, &entries->places, added->href, entries);
	return true;
}

static void
describe(const struct page_context *root, struct search_entries *entries, struct search_entry *entry, const struct record *record)
{
	entry->kind = number_of(entries->arena, &entries->kinds, page_kind_one(root, record->kind));
	entry->status = number_of(entries->arena, &entries->statuses, status_name(root, record));
	entry->owner = number_of(entries->arena, &entries->owners, owner_name(record));
}

/* A first heading of level 1 is the page's title, not a section. */
static size_t
first_section(const struct markdown_facts *facts)
{
	return facts->headings.count && facts->headings.items[0].level == 1 && facts->headings.items[0].plain_from == 0;
}

static size_t
section_end(const struct markdown_facts *facts, size_t section)
{
	return section < facts->headings.count ? facts->headings.items[section].plain_from : facts->text.size;
}

static struct str
text_before_sections(const struct markdown_facts *facts, struct str title)
{
	size_t first = first_section(facts);
	bool repeats = first && str_equal(facts->headings.items[0].text, title);
	return str_trim(str_slice(facts->text, repeats ? facts->headings.items[0].plain_to : 0, section_end(facts, first)));
}

static void
add_section(const struct page_context *root, struct search_entries *entries, size_t parent, const struct markdown_facts *facts,
            size_t index)
{
	const struct heading *heading = &facts->headings.items[index];
	if (!heading->id.size)
		return;
	struct search_entry *entry = vec_add(entries->arena, &entries->items);
	const struct search_entry *above = &entries->items.items[parent];
	*entry = *above;
	entry->parent = parent;
	entry->href = page_href(root, root->page->path, heading->id);
	entry->fields[SEARCH_ID] = STR("");
	entry->fields[SEARCH_TITLE] = heading->text;
	entry->fields[SEARCH_TEXT] = str_trim(str_slice(facts->text, heading->plain_to, section_end(facts, index + 1)));
}

/* A document, or a record with a file of its own, and its sections. */
static void
add_document(const struct page_context *root, struct search_entries *entries, const struct document *document,
             const struct record *record)
{
	const struct markdown_facts *facts = document->facts;
	struct buf text = {0};
	struct search_entry entry = {.href = page_href(root, document->page, STR(""))};
	describe(root, entries, &entry, record);
	if (record == document->self)
		add_part(&text, record_text(record, FIELD_document_description));
	else
		add_fields(root, &text, record, record->title);
	if (facts)
		add_part(&text, text_before_sections(facts, record->title));
	entry.fields[SEARCH_ID] = record->has_id ? record->id : STR("");
	entry.fields[SEARCH_TITLE] = record->title;
	entry.fields[SEARCH_TEXT] = buf_take(&text, entries->arena);
	if (!add_entry(entries, &entry))
		return;
	size_t parent = entries->items.count - 1;
	for (size_t i = facts ? first_section(facts) : 0; facts && i < facts->headings.count; i++)
		add_section(root, entries, parent, facts, i);
}

static void
add_record(const struct page_context *root, struct search_entries *entries, const struct record *record)
{
	if (!record->page.size || record->control || !output_find(root->pages->output, record->page))
		return;
	struct buf text = {0};
	struct search_entry entry = {.href = page_href(root, record->page, STR(""))};
	describe(root, entries, &entry, record);
	add_fields(root, &text, record, record->title);
	entry.fields[SEARCH_ID] = record->has_id ? record->id : STR("");
	entry.fields[SEARCH_TITLE] = record->title;
	entry.fields[SEARCH_TEXT] = buf_take(&text, entries->arena);
	add_entry(entries, &entry);
}

static void
add_documents(const struct page_context *root, struct search_entries *entries)
{
	const struct site *site = root->pages->site;
	for (size_t d = 0; d < site->documents.count; d++) {
		const struct document *document = site->documents.items[d];
		bool has_own_file = document->form == DOCUMENT_RECORD && document->records.count == 1;
		if (has_own_file && str_equal(document->records.items[0]->page, document->page))
			add_document(root, entries, document, document->records.items[0]);
		else if (output_find(root->pages->output, document->page))
			add_document(root, entries, document, document->self);
		for (size_t i = 0; i < document->records.count; i++)
			add_record(root, entries, document->records.items[i]);
	}
}

static void
add_control(const struct page_context *root, struct search_entries *entries, const struct control *control)
{
	const struct control_state *state = site_control(root->pages->site, control);
	struct buf text = {0};
	struct search_entry entry = {.href = template_get(page_control_link(root, control), STR("href")).as.text};
	entry.kind = number_of(entries->arena, &entries->kinds, page_kind_one(root, root->pages->site->schema->kinds[KIND_control]));
	if (state) {
		const char *name = soa_state_name(soa_state(root->pages->site, state));
		entry.status = number_of(entries->arena, &entries->statuses, page_name(root, "state", name));
	}
	if (!str_equal(control->title, control->title_27002))
		add_part(&text, control->title_27002);
	if (state && state->soa) {
		entry.owner = number_of(entries->arena, &entries->owners, owner_name(state->soa));
		add_fields(root, &text, state->soa, control->title);
	}
	entry.fields[SEARCH_ID] = control->id;
	entry.fields[SEARCH_TITLE] = control->title;
	entry.fields[SEARCH_TEXT] = buf_take(&text, entries->arena);
	if (entry.href.size)
		add_entry(entries, &entry);
}

static void
add_controls(const struct page_context *root, struct search_entries *entries)
{
	const struct config *config = root->pages->site->config;
	for (size_t c = 0; c < config->catalogues.count; c++)
		for (size_t i = 0; i < config->catalogues.items[c]->control_count; i++)
			add_control(root, entries, &config->catalogues.items[c]->controls[i]);
}

void
search_entries_collect(const struct page_context *context, struct search_entries *entries)
{
	/* A page at the root that no entry leads to: addresses relative to it start there. */
	struct page page = {.path = STR(SEARCH_PAGE)};
	struct page_context root = {.pages = context->pages, .page = &page, .language = context->language, .arena = context->arena};
	*entries = (struct search_entries){.arena = context->arena};
	add_documents(&root, entries);
	add_controls(&root, entries);
}
