#include "site/owner_page.h"

#include "check/document_control.h"
#include "check/report.h"
#include "site/calendar_page.h"
#include "site/page_terms.h"
#include "site/report_page.h"

#include <string.h>

enum { SOON_DAYS = 90, LISTED = 40, LISTED_NAMES = 12, LISTED_DAYS = 60 };

/* What is owned, as the overview counts it. */
enum bucket { OWNS_DOCUMENTS, OWNS_CONTROLS, OWNS_RISKS, OWNS_ASSETS, OWNS_ACTIONS, OWNS_OTHER, BUCKET_COUNT };

static const char *const bucket_names[BUCKET_COUNT] = {"documents", "controls", "risks", "assets", "actions", "other"};

static enum bucket
bucket_of(const struct kind *kind)
{
	if (kind->form == FORM_DOCUMENT)
		return OWNS_DOCUMENTS;
	switch (kind->index) {
	case KIND_soa:
	case KIND_control: return OWNS_CONTROLS;
	case KIND_risk: return OWNS_RISKS;
	case KIND_asset: return OWNS_ASSETS;
	case KIND_action: return OWNS_ACTIONS;
	default: return OWNS_OTHER;
	}
}

/* ---- what a field says of the party that it names ---- */

enum duty { DUTY_NONE, DUTY_OWNS, DUTY_TASK, DUTY_APPROVED };

static enum duty
duty_of(const struct field *field)
{
	static const struct {
		const char *name;
		enum duty duty;
	} duties[] = {
		{"owner", DUTY_OWNS},
		{"custodian", DUTY_TASK}, {"measured_by", DUTY_TASK}, {"analysed_by", DUTY_TASK}, {"auditor", DUTY_TASK}, {"reviewer", DUTY_TASK},
		{"approved_by", DUTY_APPROVED}, {"plan_approved_by", DUTY_APPROVED}, {"accepted_by", DUTY_APPROVED}, {"verified_by", DUTY_APPROVED},
	};
	for (size_t i = 0; field && i < sizeof duties / sizeof *duties; i++)
		if (strcmp(field->name, duties[i].name) == 0)
			return duties[i].duty;
	return DUTY_NONE;
}

static const struct record *
root_of(const struct record *record)
{
	while (record->parent)
		record = record->parent;
	return record;
}

static bool
holds_role(const struct record *person, const struct record *role)
{
	return record_refers_to(role, FIELD_role_holder, person) || record_refers_to(person, FIELD_person_roles, role);
}

static bool
is_person(const struct record *party)
{
	return party->kind->index == KIND_person;
}

/* The roles that a person holds, the persons that hold a role. */
static record_vec
counterparts(const struct page_context *context, const struct record *party)
{
	const record_vec *others = site_records(context->pages->site, is_person(party) ? KIND_role : KIND_person);
	record_vec found = {0};
	for (size_t i = 0; i < others->count; i++)
		if (is_person(party) ? holds_role(party, others->items[i]) : holds_role(others->items[i], party))
			vec_push(context->arena, &found, others->items[i]);
	return found;
}

/* ---- the overview ---- */

struct tally {
	size_t owned[BUCKET_COUNT], total;
	size_t tasks, approvals, overdue, soon;
};

/* Adds what PARTY itself has, not what it has by its roles. */
static void
tally_party(const struct report *report, const struct record *party, struct tally *tally)
{
	for (size_t i = 0; i < party->backlinks.count; i++) {
		enum duty duty = duty_of(party->backlinks.items[i].field);
		if (duty == DUTY_OWNS) {
			tally->owned[bucket_of(root_of(party->backlinks.items[i].from)->kind)]++;
			tally->total++;
		}
		tally->tasks += duty == DUTY_TASK;
		tally->approvals += duty == DUTY_APPROVED;
	}
	for (size_t i = 0; i < report->due.count; i++) {
		const struct due_item *item = &report->due.items[i];
		if (item->owner_record == party) {
			tally->overdue += item->days < 0;
			tally->soon += item->days >= 0 && item->days <= SOON_DAYS;
		}
	}
}

static struct template_value
tally_values(const struct page_context *context, const struct tally *tally)
{
	struct template_value values = template_map(context->arena), owned = template_list(context->arena);
	for (int bucket = 0; bucket < BUCKET_COUNT; bucket++)
		template_push(context->arena, owned, template_int((int64_t)tally->owned[bucket]));
	page_put(context, values, "owned", owned);
	report_put_count(context, values, "total", tally->total);
	report_put_count(context, values, "tasks", tally->tasks);
	report_put_count(context, values, "approvals", tally->approvals);
	report_put_count(context, values, "overdue", tally->overdue);
	report_put_count(context, values, "soon", tally->soon);
	return values;
}

/* A line of the overview; a person's numbers are with those of the roles held. */
static struct template_value
party_row(const struct page_context *context, const struct record *party)
{
	const struct report *report = context->page->subject;
	struct tally tally = {0};
	record_vec others = counterparts(context, party);
	tally_party(report, party, &tally);
	for (size_t i = 0; is_person(party) && i < others.count; i++)
		tally_party(report, others.items[i], &tally);
	struct template_value row = page_record_link(context, party);
	page_put(context, row, "tally", tally_values(context, &tally));
	page_put(context, row, "others", page_record_links(context, &others));
	page_put(context, row, "is_idle", template_bool(!tally.total && !tally.tasks && !others.count));
	page_put(context, row, "is_vacant", template_bool(!is_person(party) && !others.count));
	return row;
}

static struct template_value
party_rows(const struct page_context *context, int kind)
{
	record_vec parties = page_sorted(context, site_records(context->pages->site, kind));
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < parties.count; i++)
		template_push(context->arena, rows, party_row(context, parties.items[i]));
	return rows;
}

/* ---- duties without a known person ---- */

struct loose {
	struct template_value rows; /* maps {name, records, count, more} */
	struct map names;
};

/* The row of NAME, which may be empty: nobody. */
static struct template_value
loose_row(const struct page_context *context, struct loose *loose, struct str name)
{
	struct template_value *row = map_get(&loose->names, name);
	if (!row) {
		row = arena_new(context->arena, struct template_value);
		*row = template_map(context->arena);
		page_put(context, *row, "name", template_string(name));
		page_put(context, *row, "records", template_list(context->arena));
		page_put(context, *row, "count", template_int(0));
		map_put(context->arena, &loose->names, name, row);
		template_push(context->arena, loose->rows, *row);
	}
	return *row;
}

static void
add_loose(const struct page_context *context, struct loose *loose, const struct record *record, struct str name)
{
	struct template_value row = loose_row(context, loose, name), records = template_get(row, STR("records"));
	int64_t count = template_get(row, STR("count")).as.integer + 1;
	page_put(context, row, "count", template_int(count));
	if (template_count(records) < LISTED_NAMES)
		template_push(context->arena, records, page_record_link(context, record));
	page_put(context, row, "more", template_int(count - (int64_t)template_count(records)));
}

/* Records that somebody has to answer for. */
static bool
needs_owner(const struct record *record)
{
	if (record->kind->form == FORM_DOCUMENT)
		return document_is_controlled(record) && !document_is_retired(record);
	return kind_field(record->kind, STR("owner")) >= 0;
}

static void
collect_loose(const struct page_context *context, struct loose *loose, const struct record *record)
{
	struct str name;
	const struct record *owner;
	const struct value *value = record_owner(record);
	bool any = false;
	for (size_t i = 0; i < value_count(value); i++) {
		const struct value *item = value_item(value, i);
		if (item->state == VALUE_OK && !item->reference.record)
			add_loose(context, loose, record, item->text);
		any = any || item->state == VALUE_OK;
	}
	due_owner(record, -1, &name, &owner);
	if (!any && !name.size && needs_owner(record))
		add_loose(context, loose, record, STR(""));
}

static struct template_value
loose_rows(const struct page_context *context)
{
	const struct site *site = context->pages->site;
	struct loose loose = {.rows = template_list(context->arena)};
	for (size_t k = 0; k < site->schema->kind_count; k++)
		for (size_t i = 0; i < site->by_kind[k].count; i++)
			collect_loose(context, &loose, site->by_kind[k].items[i]);
	return loose.rows;
}

static void
fill_page(struct page_context *context)
{
	struct template_value values = template_map(context->arena), buckets = template_list(context->arena);
	for (int bucket = 0; bucket < BUCKET_COUNT; bucket++)
		template_push(context->arena, buckets,
		              page_word(context, str_printf(context->arena, "owners.%s", bucket_names[bucket]).data));
	page_put(context, values, "buckets", buckets);
	page_put(context, values, "people", party_rows(context, KIND_person));
	page_put(context, values, "roles", party_rows(context, KIND_role));
	page_put(context, values, "loose", loose_rows(context));
	page_put(context, values, "soon_days", template_int(SOON_DAYS));
	page_put(context, context->values, "owners", values);
}

void
owner_pages(struct pages *pages)
{
	if (pages->options->report)
		pages_add(pages, &(struct page){.path = STR("owner/index.html"), .template = "owners.html", .fill = fill_page,
		                                .subject = pages->options->report, .title = pages_word(pages, "owners.title"),
		                                .section = "owners", .maker = STR("the list of owners")});
}

/* ---- on the page of a person or role ---- */

/* Groups of links by a title, in order of first use: maps {title, links, count, more}. */
struct groups {
	struct template_value list;
	struct map titles, seen;
};

static void
add_to_group(const struct page_context *context, struct groups *groups, struct str title, const struct record *record)
{
	struct str key = str_printf(context->arena, "%.*s %.*s", STR_ARG(title), STR_ARG(record->subject));
	if (map_put(context->arena, &groups->seen, key, groups))
		return;
	struct template_value *group = map_get(&groups->titles, title);
	if (!group) {
		group = arena_new(context->arena, struct template_value);
		*group = template_map(context->arena);
		page_put(context, *group, "title", template_string(title));
		page_put(context, *group, "links", template_list(context->arena));
		page_put(context, *group, "count", template_int(0));
		map_put(context->arena, &groups->titles, title, group);
		template_push(context->arena, groups->list, *group);
	}
	struct template_value links = template_get(*group, STR("links"));
	int64_t count = template_get(*group, STR("count")).as.integer + 1;
	if (template_count(links) < LISTED)
		template_push(context->arena, links, page_record_link(context, record));
	page_put(context, *group, "count", template_int(count));
	page_put(context, *group, "more", template_int(count - (int64_t)template_count(links)));
}

static struct str
kind_title(const struct page_context *context, const struct kind *kind)
{
	return kind->index == KIND_soa ? page_word(context, "owners.controls").as.text : page_kind_other(context, kind);
}

/* The day beside FIELD: approved_on for approved_by. */
static struct date
day_beside(const struct record *record, const struct field *field)
{
	size_t stem = strlen(field->name) - 2;
	for (size_t i = 0; i < record->kind->field_count; i++) {
		const struct field *other = record->kind->fields[i];
		bool beside = strncmp(other->name, field->name, stem) == 0 && strcmp(other->name + stem, "on") == 0;
		if (beside && other->type == FIELD_DATE && !(other->flags & FIELD_LIST))
			return record_date(record, (int)i);
	}
	return (struct date){0};
}

static void
add_approval(const struct page_context *context, struct template_value list, const struct backlink *backlink)
{
	struct template_value entry = page_record_link(context, backlink->from);
	page_put(context, entry, "what", page_word(context, str_printf(context->arena, "owners.approvals_of.%s", backlink->field->name).data));
	page_put(context, entry, "date", page_date(context, day_beside(backlink->from, backlink->field)));
	template_push(context->arena, list, entry);
}

/* Items that PARTY, or a role that it holds, answers for. */
static void
put_days(const struct page_context *context, struct template_value values, const struct record *party, const record_vec *roles)
{
	const struct report *report = context->pages->options->report;
	struct calendar_rows overdue = {.rows = template_list(context->arena), .most = LISTED_DAYS};
	struct calendar_rows soon = {.rows = template_list(context->arena), .most = LISTED_DAYS};
	for (size_t i = 0; report && i < report->due.count; i++) {
		const struct due_item *item = &report->due.items[i];
		bool answers = item->owner_record == party;
		for (size_t r = 0; is_person(party) && r < roles->count; r++)
			answers = answers || item->owner_record == roles->items[r];
		if (answers && item->days <= SOON_DAYS)
			calendar_add(context, item->days < 0 ? &overdue : &soon, item);
	}
	page_put(context, values, "overdue", calendar_values(context, &overdue));
	page_put(context, values, "soon", calendar_values(context, &soon));
}

void
owner_fill(const struct page_context *context, struct template_value values, const struct record *party)
{
	struct template_value duties = template_map(context->arena), approvals = template_list(context->arena);
	struct groups owned = {.list = template_list(context->arena)}, tasks = {.list = template_list(context->arena)};
	record_vec others = counterparts(context, party);
	size_t approved = 0;
	for (size_t i = 0; i < party->backlinks.count; i++) {
		const struct backlink *backlink = &party->backlinks.items[i];
		const struct record *record = root_of(backlink->from);
		enum duty duty = duty_of(backlink->field);
		if (duty == DUTY_OWNS)
			add_to_group(context, &owned, kind_title(context, record->kind), record);
		else if (duty == DUTY_TASK)
			add_to_group(context, &tasks, page_word(context, str_printf(context->arena, "owners.tasks_of.%s", backlink->field->name).data).as.text, record);
		else if (duty == DUTY_APPROVED && approved++ < LISTED)
			add_approval(context, approvals, backlink);
	}
	page_put(context, duties, "owned", owned.list);
	page_put(context, duties, "tasks", tasks.list);
	page_put(context, duties, "approvals", approvals);
	page_put(context, duties, "approvals_more", template_int(approved > LISTED ? (int64_t)(approved - LISTED) : 0));
	page_put(context, duties, "roles", is_person(party) ? page_record_links(context, &others) : template_list(context->arena));
	put_days(context, duties, party, &others);
	page_put(context, values, "duties", duties);
}
