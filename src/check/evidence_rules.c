/* EVD: records that show controls working (8.1, 9.1). An entry with neither document nor evidence is SOA's. */
#include "check/families.h"
#include "check/freshness.h"
#include "check/rule.h"

#include "base/file.h"
#include "base/path.h"

#include <string.h>

/* ---- controls without evidence ---- */

/* An entry of the SoA and what it is about: a control of the primary catalogue has a state; an own control is a record. */
struct entry {
	const struct record *soa;
	const struct control_state *state; /* NULL: an own control, or one of another catalogue */
	const struct record *own;          /* the own control, or NULL */
};

static struct entry
entry_of(const struct site *site, const struct record *soa)
{
	struct entry entry = {soa, soa->control ? site_control(site, soa->control) : NULL, NULL};
	const struct record *own = soa->control ? NULL : site_find(site, soa->id);
	if (own && own->kind->index == KIND_control)
		entry.own = own;
	return entry;
}

/* Controls and own controls that evidence names, by address. */
static struct map
named_in_evidence(const struct check *check)
{
	const record_vec *all = site_records(check->site, KIND_evidence);
	struct map named = {0};
	for (size_t i = 0; i < all->count; i++) {
		const struct value *controls = record_value(all->items[i], FIELD_evidence_controls);
		for (size_t j = 0; j < value_count(controls); j++) {
			const struct reference *to = &value_item(controls, j)->reference;
			const void *target = to->control ? (const void *)to->control : (const void *)to->record;
			if (target)
				map_put(check->arena, &named, str_copy(check->arena, (struct str){(const char *)&target, sizeof target}),
				        (void *)target);
		}
	}
	return named;
}

static bool
is_named(const struct map *named, const struct entry *entry)
{
	const void *target = entry->own ? (const void *)entry->own : (const void *)entry->soa->control;
	return map_get(named, (struct str){(const char *)&target, sizeof target}) != NULL;
}

/* True when FIELD of an own control that implements the control says something. */
static bool
own_control_has(const struct entry *entry, int field)
{
	if (entry->own && !record_lacks(entry->own, field))
		return true;
	for (size_t i = 0; entry->state && i < entry->state->controls.count; i++)
		if (!record_lacks(entry->state->controls.items[i], field))
			return true;
	return false;
}

static bool
is_documented(const struct entry *entry)
{
	return !record_lacks(entry->soa, FIELD_soa_documents) || (entry->state && entry->state->documents.count) ||
	       own_control_has(entry, FIELD_control_documents);
}

static bool
has_evidence(const struct map *named, const struct entry *entry)
{
	return !record_lacks(entry->soa, FIELD_soa_evidence) || (entry->state && entry->state->evidence.count) ||
	       own_control_has(entry, FIELD_control_evidence) || is_named(named, entry);
}

static bool
expects_evidence(const struct record *soa)
{
	return soa && soa_is_applicable(soa) == 1 && record_choice(soa, FIELD_soa_status) == CHOICE_soa_status_implemented &&
	       record_bool(soa, FIELD_soa_evidence_expected, true);
}

static bool
evidence_is_missing(const struct map *named, const struct entry *entry)
{
	bool further_entry = entry->state && entry->state->soa != entry->soa;
	return !further_entry && expects_evidence(entry->soa) && is_documented(entry) && !has_evidence(named, entry);
}

static void
report_none_at_all(const struct check *check, const struct record *first, size_t count)
{
	const struct document *document = first->document;
	struct diag *diag = diag_add(check->diags, CODE_EVD001, document->entries.source ? document->entries : document->self->span,
	                             document->self->subject,
	                             "%zu implemented controls are to have evidence, and the site holds no evidence at all", count);
	diag_hint(check->diags, diag, "keep records that show the controls working, of kind `evidence`, and name the controls in them");
}

static void
report_missing(const struct check *check, const struct entry *entry)
{
	struct diag *diag = rule_report(check, CODE_EVD002, entry->soa, FIELD_soa_status,
	                                "control `%.*s` is implemented, but nothing shows it working", STR_ARG(entry->soa->id));
	diag_hint(check->diags, diag,
	          "add an `evidence` record that names it, or `evidence_expected: no` where no record can show it");
	if (entry->state && entry->state->documents.count)
		diag_relate(check->diags, diag, entry->state->documents.items[0]->span, "a document describes it");
}

static void
check_controls(const struct check *check, const struct record *record)
{
	(void)record;
	const record_vec *entries = site_records(check->site, KIND_soa);
	struct map named = named_in_evidence(check);
	VEC(struct entry) missing = {0};
	for (size_t i = 0; i < entries->count; i++) {
		struct entry entry = entry_of(check->site, entries->items[i]);
		if (evidence_is_missing(&named, &entry))
			vec_push(check->arena, &missing, entry);
	}
	if (!missing.count || !rule_kind_is_whole(check, KIND_evidence) ||
	    rule_kind_dangles(check, KIND_evidence, FIELD_evidence_controls))
		return;
	if (missing.count > 1 && !site_records(check->site, KIND_evidence)->count) {
		report_none_at_all(check, missing.items[0].soa, missing.count);
		return;
	}
	for (size_t i = 0; i < missing.count; i++)
		report_missing(check, &missing.items[i]);
}

/* ---- freshness ---- */

/* Controls that rest on each piece of evidence alone, by its address in the list of evidence. */
struct reliance {
	const struct record *evidence;
	str_vec controls;
	const struct record *first; /* SoA entry of the first control */
};

static struct reliance *
reliance_of(struct reliance *all, size_t count, const struct record *evidence)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].evidence == evidence)
			return &all[i];
	return NULL;
}

/* Every piece of evidence that is some control's freshest, with those controls. At most one for each control. */
static struct reliance *
find_reliance(const struct check *check, size_t *count)
{
	const struct site *site = check->site;
	struct reliance *all = arena_array(check->arena, struct reliance, site->catalogue->control_count + 1);
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control_state *state = &site->controls[i];
		const struct record *best = control_expects_evidence(state) ? control_freshest_evidence(site, state) : NULL;
		if (!best)
			continue;
		struct reliance *reliance = reliance_of(all, *count, best);
		if (!reliance) {
			reliance = &all[(*count)++];
			reliance->evidence = best;
			reliance->first = state->soa;
		}
		rule_quote(check, &reliance->controls, state->control->id);
	}
	return all;
}

static void
report_expired(const struct check *check, const struct reliance *reliance, struct date until)
{
	const struct record *evidence = reliance->evidence;
	struct diag *diag = rule_report(check, CODE_EVD003, evidence, FIELD_evidence_collected_on,
	                                "evidence `%.*s` counted until %.*s, and nothing newer shows %.*s working",
	                                STR_ARG(record_label(evidence)), STR_ARG(date_text(check->arena, until)),
	                                STR_ARG(rule_some(check, &reliance->controls)));
	diag_hint(check->diags, diag, "collect it again and record that as new evidence");
	diag_relate(check->diags, diag, reliance->first->span, "the Statement of Applicability expects evidence");
}

static void
report_expiring(const struct check *check, const struct reliance *reliance, struct date until)
{
	const struct record *evidence = reliance->evidence;
	struct diag *diag = rule_report(check, CODE_EVD004, evidence, FIELD_evidence_collected_on,
	                                "evidence `%.*s` counts until %.*s, and nothing newer shows %.*s working",
	                                STR_ARG(record_label(evidence)), STR_ARG(date_text(check->arena, until)),
	                                STR_ARG(rule_some(check, &reliance->controls)));
	diag_hint(check->diags, diag, "plan to collect it again before that day");
}

static void
check_freshness(const struct check *check, const struct record *record)
{
	(void)record;
	if (!rule_kind_is_whole(check, KIND_evidence))
		return;
	size_t count = 0;
	struct reliance *all = find_reliance(check, &count);
	struct date notice = date_add(check->site->today, check->site->config->limits.notice, 1);
	for (size_t i = 0; i < count; i++) {
		struct date until = evidence_valid_until(check->site, all[i].evidence);
		if (rule_is_past(check, until))
			report_expired(check, &all[i], until);
		else if (date_compare(until, notice) <= 0)
			report_expiring(check, &all[i], until);
	}
}

static void
check_collected(const struct check *check, const struct record *evidence)
{
	struct date on = record_date(evidence, FIELD_evidence_collected_on);
	if (!rule_is_future(check, on))
		return;
	struct diag *diag = rule_report(check, CODE_EVD005, evidence, FIELD_evidence_collected_on,
	                                "evidence `%.*s` was collected on %.*s, which is still to come",
	                                STR_ARG(record_label(evidence)), STR_ARG(date_text(check->arena, on)));
	diag_hint(check->diags, diag, "correct the date, or record the evidence once it is there");
}

/* ---- what it shows, and where it lies ---- */

static void
check_purpose(const struct check *check, const struct record *evidence)
{
	if (evidence->backlinks.count || !rule_kind_is_whole(check, KIND_soa))
		return;
	rule_require(check, CODE_EVD006, evidence, FIELD_evidence_controls,
	             "names no control, and no record refers to it, so it shows nothing",
	             "add `controls` with the controls that it shows working");
}

static bool
holds_text(const struct record *evidence)
{
	const struct document *document = evidence->document;
	return document->form == DOCUMENT_RECORD && document->facts && document->facts->text.size;
}

static void
check_content(const struct check *check, const struct record *evidence)
{
	if (!record_lacks(evidence, FIELD_evidence_file) || !record_lacks(evidence, FIELD_evidence_url) || holds_text(evidence))
		return;
	int field = record_written(evidence, FIELD_evidence_file) ? FIELD_evidence_file : FIELD_evidence_url;
	struct diag *diag = rule_report(check, CODE_EVD007, evidence, field, "evidence `%.*s` leads to nothing that can be looked at%.*s",
	                                STR_ARG(record_label(evidence)), STR_ARG(placeholder_text(check->arena, evidence, field)));
	diag_hint(check->diags, diag, "add `file` with the attachment's path, or `url` with the place where it is kept");
}

/* The attachment's path from the content root. */
static struct str
attachment_path(const struct check *check, const struct record *evidence, struct str file)
{
	return path_normalise(check->arena, path_join(check->arena, path_folder(evidence->document->path), file));
}

/* An attachment is an asset or another document; both come from the walk, so neither leads out of the root. */
static bool
attachment_exists(const struct site *site, struct str path)
{
	return map_get(&site->asset_paths, path) || map_get(&site->pages, path);
}

static void
report_outside(const struct check *check, const struct record *evidence, struct str file)
{
	struct diag *diag = rule_report(check, CODE_EVD009, evidence, FIELD_evidence_file,
	                                "the attachment `%.*s` of `%.*s` lies outside the content root", STR_ARG(file),
	                                STR_ARG(record_label(evidence)));
	diag_hint(check->diags, diag, "put the attachment into the content root and write its path relative to this file");
}

/* Suggestions cost a comparison with every asset, so only so many are made. */
enum { SUGGESTIONS_MAX = 50 };

static struct str
nearest_asset(const struct check *check, struct str path)
{
	str_vec paths = {0};
	for (size_t i = 0; i < check->site->assets.count; i++)
		vec_push(check->arena, &paths, check->site->assets.items[i].path);
	return str_nearest(path, paths.items, paths.count);
}

static void
report_absent(const struct check *check, const struct record *evidence, struct str file, struct str path, int *suggestions)
{
	struct diag *diag = rule_report(check, CODE_EVD008, evidence, FIELD_evidence_file,
	                                "the attachment `%.*s` of `%.*s` does not exist", STR_ARG(file), STR_ARG(record_label(evidence)));
	struct str nearest = (*suggestions)++ < SUGGESTIONS_MAX ? nearest_asset(check, path) : STR("");
	if (nearest.size)
		diag_hint(check->diags, diag, "did you mean `%.*s`?",
		          STR_ARG(path_relative(check->arena, evidence->document->path, nearest)));
	else
		diag_hint(check->diags, diag, "add the file, or correct the path: it is relative to the folder of this document");
}

static void
check_attachment(const struct check *check, const struct record *evidence, int *suggestions)
{
	struct str file = record_text(evidence, FIELD_evidence_file);
	if (!file.size)
		return;
	struct str path = attachment_path(check, evidence, file);
	if (file.data[0] == '/' || path_leaves_root(path))
		report_outside(check, evidence, file);
	else if (!attachment_exists(check->site, path))
		report_absent(check, evidence, file, path, suggestions);
}

static void
check_attachments(const struct check *check, const struct record *record)
{
	(void)record;
	const record_vec *all = site_records(check->site, KIND_evidence);
	int suggestions = 0;
	for (size_t i = 0; i < all->count; i++)
		check_attachment(check, all->items[i], &suggestions);
}

/* ---- its hash ---- */

enum { HASH_LENGTH = 64, ATTACHMENT_MAX = 512 * 1024 * 1024 };

static bool
is_hash(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!text.data[i] || !strchr("0123456789abcdefABCDEF", text.data[i]))
			return false;
	return text.size == HASH_LENGTH;
}

static void
compare_hash(const struct check *check, const struct record *evidence, struct str content, struct str stated)
{
	struct str actual = hash_sha256(check->arena, content);
	if (str_equal_ignore_case(actual, stated))
		return;
	struct diag *diag = rule_report(check, CODE_EVD010, evidence, FIELD_evidence_sha256,
	                                "the attachment of `%.*s` is not the one that was recorded: its SHA-256 is `%.*s`",
	                                STR_ARG(record_label(evidence)), STR_ARG(actual));
	diag_hint(check->diags, diag, "bring the recorded file back; if the change was intended, collect the evidence anew with the new hash");
	diag_relate(check->diags, diag, record_field_span(evidence, FIELD_evidence_file), "the attachment");
}

static void
read_and_compare(const struct check *check, const struct record *evidence, struct str path, struct str stated)
{
	struct arena arena;
	struct str content;
	arena_init(&arena);
	const char *name = str_c(&arena, path_join(&arena, check->site->root, path));
	if (file_read(&arena, name, ATTACHMENT_MAX, &content)) {
		compare_hash(check, evidence, content, stated);
	} else {
		struct diag *diag = rule_report(check, CODE_EVD008, evidence, FIELD_evidence_file,
		                                "the attachment of `%.*s` cannot be read, so its SHA-256 was not compared",
		                                STR_ARG(record_label(evidence)));
		diag_hint(check->diags, diag, "make the file readable and keep it below 512 MiB");
	}
	arena_release(&arena);
}

static void
check_hash(const struct check *check, const struct record *evidence)
{
	struct str stated = record_text(evidence, FIELD_evidence_sha256), file = record_text(evidence, FIELD_evidence_file);
	if (!stated.size)
		return;
	if (!is_hash(stated)) {
		struct diag *diag = rule_report(check, CODE_EVD011, evidence, FIELD_evidence_sha256,
		                                "the SHA-256 of `%.*s` is not one: %zu characters, where 64 hexadecimal digits are expected",
		                                STR_ARG(record_label(evidence)), stated.size);
		diag_hint(check->diags, diag, "write what `sha256sum` prints for the file");
		return;
	}
	struct str path = attachment_path(check, evidence, file);
	if (file.size && file.data[0] != '/' && !path_leaves_root(path) && attachment_exists(check->site, path))
		read_and_compare(check, evidence, path, stated);
}

/* ---- before stage 2 ---- */

/* The evidence of the earliest day, counting the first day of its `period` when that starts with a date. */
static struct date
first_day(const struct record *evidence)
{
	struct date collected = record_date(evidence, FIELD_evidence_collected_on), from;
	struct str period = record_text(evidence, FIELD_evidence_period);
	if (date_parse(str_slice(period, 0, 10), &from) == DATE_OK && date_is_set(collected) && date_compare(from, collected) < 0)
		return from;
	return collected;
}

static const struct record *
earliest(const struct site *site)
{
	const record_vec *all = site_records(site, KIND_evidence);
	const struct record *best = NULL;
	for (size_t i = 0; i < all->count; i++) {
		struct date day = first_day(all->items[i]);
		if (date_is_set(day) && (!best || date_compare(day, first_day(best)) < 0))
			best = all->items[i];
	}
	return best;
}

static void
check_operation(const struct check *check, const struct record *certification)
{
	struct date stage2 = record_date(certification, FIELD_certification_stage2_on);
	const struct record *evidence = earliest(check->site);
	if (!date_is_set(stage2) || rule_is_past(check, stage2) || !evidence || !rule_kind_is_whole(check, KIND_evidence))
		return;
	struct period operation = check->site->config->limits.operation_before_stage2;
	struct date needed = date_add(stage2, operation, -1), first = first_day(evidence);
	if (date_compare(first, needed) <= 0)
		return;
	struct diag *diag = rule_report(check, CODE_EVD012, certification, FIELD_certification_stage2_on,
	                                "stage 2 is on %.*s, but evidence goes back to %.*s only, not %.*s before it",
	                                STR_ARG(date_text(check->arena, stage2)), STR_ARG(date_text(check->arena, first)),
	                                STR_ARG(period_text(check->arena, operation)));
	diag_hint(check->diags, diag, "hold stage 2 on %.*s or later, or record the older evidence that exists",
	          STR_ARG(date_text(check->arena, date_add(first, operation, 1))));
	diag_relate(check->diags, diag, record_field_span(evidence, FIELD_evidence_collected_on), "the earliest evidence");
}

/* ---- controls that do not apply ---- */

static void
check_excluded(const struct check *check, const struct record *evidence)
{
	const struct value *controls = record_value(evidence, FIELD_evidence_controls);
	for (size_t i = 0; i < value_count(controls); i++) {
		const struct value *item = value_item(controls, i);
		const struct control_state *state = item->reference.control ? site_control(check->site, item->reference.control) : NULL;
		if (!state || !state->soa || soa_is_applicable(state->soa) != 0)
			continue;
		struct diag *diag = rule_report_at(check, CODE_EVD013, evidence, item->span,
		                                   "evidence `%.*s` shows `%.*s` working, which the Statement of Applicability excludes",
		                                   STR_ARG(record_label(evidence)), STR_ARG(state->control->id));
		diag_hint(check->diags, diag, "take the control out of the evidence, or reconsider its exclusion");
		diag_relate(check->diags, diag, state->soa->span, "excluded here");
	}
}

static const struct check_rule rules[] = {
	{CODE_EVD001, SCOPE_SITE, 0, check_controls},  /* with EVD002 */
	{CODE_EVD003, SCOPE_SITE, 0, check_freshness}, /* with EVD004 */
	{CODE_EVD005, SCOPE_KIND, KIND_evidence, check_collected},
	{CODE_EVD006, SCOPE_KIND, KIND_evidence, check_purpose},
	{CODE_EVD007, SCOPE_KIND, KIND_evidence, check_content},
	{CODE_EVD008, SCOPE_SITE, 0, check_attachments},           /* with EVD009 */
	{CODE_EVD010, SCOPE_KIND, KIND_evidence, check_hash},       /* with EVD011 */
	{CODE_EVD012, SCOPE_KIND, KIND_certification, check_operation},
	{CODE_EVD013, SCOPE_KIND, KIND_evidence, check_excluded},
};

const struct check_family evidence_family = {rules, sizeof rules / sizeof *rules};
