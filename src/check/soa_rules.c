/* SOA: entries of the Statement of Applicability (6.1.3 d), and the table of the family. What an entry has in
 * common with risks, requirements and documents is in soa_links.c, the statement as a whole in soa_register.c,
 * tables of totals in soa_totals.c. */
#include "check/soa_rules.h"

#include "catalogue/control_ref.h"
#include "catalogue/control_title.h"
#include "check/families.h"

/* ---- shared with the other files ---- */

struct str
soa_fold(struct arena *arena, struct str text)
{
	struct buf buf = {0};
	bool gap = false;
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
		if (letter && gap && buf.size)
			buf_add_char(&buf, ' ');
		if (letter)
			buf_add_char(&buf, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
		gap = !letter;
	}
	return buf_take(&buf, arena);
}

bool
soa_is_implemented(const struct record *soa)
{
	return soa_is_applicable(soa) == 1 && record_choice(soa, FIELD_soa_status) == CHOICE_soa_status_implemented;
}

bool
soa_is_open(const struct record *soa)
{
	int status = record_choice(soa, FIELD_soa_status);
	return soa_is_applicable(soa) == 1
	       && (status == CHOICE_soa_status_not_started || status == CHOICE_soa_status_planned
	           || status == CHOICE_soa_status_partial);
}

const struct control_state *
soa_control_state(const struct site *site, const struct record *soa)
{
	return soa->control ? site_control(site, soa->control) : NULL;
}

bool
document_is_soa(const struct document *document)
{
	return document->records_kind && document->records_kind->index == KIND_soa;
}

bool
document_is_retired_soa(const struct document *document)
{
	return record_choice(document->self, FIELD_document_status) == CHOICE_document_status_retired;
}

struct date
date_later(struct date a, struct date b)
{
	if (!date_is_set(a))
		return b;
	return date_is_set(b) && date_compare(b, a) > 0 ? b : a;
}

/* ---- the decision ---- */

static bool
is_own_control(const struct site *site, const struct record *soa)
{
	const struct record *record = site_find(site, soa->id);
	return record && record->kind->index == KIND_control;
}

/* The id that was probably meant by ID. */
static struct str
nearest_control(const struct check *check, struct str id)
{
	const struct catalogue *catalogue = check->site->catalogue;
	str_vec names = {0};
	for (size_t i = 0; i < catalogue->control_count; i++)
		vec_push(check->arena, &names, catalogue->controls[i].id);
	return str_nearest(id, names.items, names.count);
}

static void
hint_other_edition(const struct check *check, struct diag *diag, const struct control_ref *ref)
{
	struct control_list next = ref->control->replaced_by.count ? ref->control->replaced_by : ref->control->replaces;
	str_vec names = {0};
	for (size_t i = 0; i < next.count; i++)
		if (next.items[i]->catalogue == check->site->catalogue)
			vec_push(check->arena, &names, str_printf(check->arena, "`%.*s`", STR_ARG(next.items[i]->id)));
	if (names.count)
		diag_hint(check->diags, diag, "it is of %.*s; write %.*s", STR_ARG(ref->control->catalogue->standard),
		          STR_ARG(list_text(check->arena, &names)));
	else
		diag_hint(check->diags, diag, "it is of %.*s, which the site does not follow",
		          STR_ARG(ref->control->catalogue->standard));
}

static void
hint_unknown(const struct check *check, struct diag *diag, const struct record *soa)
{
	const struct config *config = check->site->config;
	struct control_scope scope = {config->catalogue, config->catalogues.items, config->catalogues.count};
	struct control_ref ref = control_ref_parse(check->arena, &scope, soa->id, CONTROL_REF_BARE);
	struct str nearest = nearest_control(check, soa->id);
	if (ref.kind == CONTROL_REF_THEME)
		diag_hint(check->diags, diag, "it is a theme: decide about each of its controls");
	else if (ref.kind == CONTROL_REF_OTHER_EDITION)
		hint_other_edition(check, diag, &ref);
	else if (ref.kind == CONTROL_REF_CONTROL)
		diag_hint(check->diags, diag, "give each control an entry of its own");
	else if (nearest.size)
		diag_hint(check->diags, diag, "did you mean `%.*s`? An own control needs a record of kind `control`",
		          STR_ARG(nearest));
	else
		diag_hint(check->diags, diag, "record it as a `control` when it is one of your own");
}

static void
entry_unknown(const struct check *check, const struct record *soa)
{
	if (soa->control || !soa->has_id || is_own_control(check->site, soa))
		return;
	struct diag *diag = diag_add(check->diags, CODE_SOA008, soa->span, soa->subject,
	                             "`%.*s` is neither a control of %.*s nor one of your own", STR_ARG(soa->id),
	                             STR_ARG(check->site->catalogue->standard));
	hint_unknown(check, diag, soa);
}

static void
entry_undecided(const struct check *check, const struct record *soa)
{
	bool status = record_written(soa, FIELD_soa_status) && !record_lacks(soa, FIELD_soa_status);
	if (soa_is_applicable(soa) != -1 || !record_lacks(soa, FIELD_soa_applicable) || status)
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_SOA009, record_field_span(soa, FIELD_soa_applicable), soa->subject,
	             "it is not decided whether `%.*s` applies%.*s", STR_ARG(soa->id),
	             STR_ARG(placeholder_text(check->arena, soa, FIELD_soa_applicable)));
	diag_hint(check->diags, diag, "write `applicable: true` or `applicable: false`");
}

/* ---- justifications ---- */

static void
entry_unjustified(const struct check *check, const struct record *soa)
{
	if (soa_is_applicable(soa) != 1 || !record_lacks(soa, FIELD_soa_justification))
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_SOA003, record_field_span(soa, FIELD_soa_justification), soa->subject,
	             "`%.*s` is applicable, but nothing says why%.*s", STR_ARG(soa->id),
	             STR_ARG(placeholder_text(check->arena, soa, FIELD_soa_justification)));
	diag_hint(check->diags, diag, "write in `justification` which risk, law, contract or practice makes it necessary");
	const struct control_state *state = soa_control_state(check->site, soa);
	for (size_t i = 0; state && i < state->risks.count && i < 3; i++)
		diag_relate(check->diags, diag, state->risks.items[i]->span, "risk `%.*s` relies on it",
		            STR_ARG(state->risks.items[i]->id));
}

/* One column often holds the reasons of both decisions, so `justification` serves for an exclusion too. */
static int
exclusion_field(const struct record *soa)
{
	return record_lacks(soa, FIELD_soa_exclusion_justification) && !record_lacks(soa, FIELD_soa_justification)
	           ? FIELD_soa_justification
	           : FIELD_soa_exclusion_justification;
}

static void
entry_exclusion_unjustified(const struct check *check, const struct record *soa)
{
	int field = exclusion_field(soa);
	if (soa_is_applicable(soa) != 0 || !record_lacks(soa, field))
		return;
	struct str placeholder = placeholder_text(check->arena, soa, field);
	if (placeholder.size == 0 && record_written(soa, FIELD_soa_justification)) {
		field = FIELD_soa_justification;
		placeholder = placeholder_text(check->arena, soa, field);
	}
	struct diag *diag = diag_add(check->diags, CODE_SOA004, record_field_span(soa, field), soa->subject,
	                             "`%.*s` is excluded, but nothing says why%.*s", STR_ARG(soa->id),
	                             STR_ARG(placeholder));
	diag_hint(check->diags, diag, "write in `exclusion_justification` why the control is not necessary");
}

/* Phrases that repeat the decision, or name the standard, instead of giving a reason. */
static bool
is_empty_phrase(struct str folded)
{
	static const char *const phrases[] = {
	    "applicable", "is applicable", "yes", "required", "is required", "needed", "necessary", "mandatory",
	    "relevant", "included", "in scope", "control is applicable", "this control is applicable",
	    "required by iso 27001", "required by iso iec 27001", "iso 27001", "iso iec 27001", "iso 27001 requirement",
	    "iso 27001 2022", "as per iso 27001", "as per standard", "per standard", "standard requirement", "annex a",
	    "best practice", "best practices", "good practice", "security", "information security",
	    "not applicable", "is not applicable", "control is not applicable", "this control is not applicable", "no",
	    "not required", "not needed", "not necessary", "not relevant", "irrelevant", "excluded", "out of scope",
	    "not in scope",
	};
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (str_equal(folded, str_from(phrases[i])))
			return true;
	return false;
}

static const char *
emptiness_of(const struct check *check, const struct record *soa, struct str text)
{
	struct str folded = soa_fold(check->arena, text);
	if (soa->control && control_find_title(soa->control->catalogue, text) == soa->control)
		return "repeats the control's title";
	if (str_equal(folded, soa_fold(check->arena, soa->id)))
		return "repeats the control's id";
	return is_empty_phrase(folded) ? "gives no reason" : NULL;
}

bool
soa_justification_is_empty(const struct check *check, const struct record *soa, struct str text)
{
	return emptiness_of(check, soa, text) != NULL;
}

static void
entry_empty_words(const struct check *check, const struct record *soa)
{
	int applicable = soa_is_applicable(soa);
	int field = applicable == 0 ? exclusion_field(soa) : FIELD_soa_justification;
	struct str text = record_text(soa, field);
	const char *emptiness = applicable < 0 || text.size == 0 ? NULL : emptiness_of(check, soa, text);
	if (!emptiness)
		return;
	struct diag *diag = diag_add(check->diags, CODE_SOA005, record_field_span(soa, field), soa->subject,
	                             "the justification of `%.*s` %s", STR_ARG(soa->id), emptiness);
	diag_hint(check->diags, diag, "say what in your organisation makes the control %s",
	          applicable ? "necessary: a risk, a law, a contract, a way of working" : "unnecessary");
}

static void
entry_other_reasons(const struct check *check, const struct record *soa)
{
	int applicable = soa_is_applicable(soa);
	bool excluded_too = applicable == 1 && record_value(soa, FIELD_soa_exclusion_justification);
	bool included_too = applicable == 0 && value_count(record_value(soa, FIELD_soa_reasons));
	if (!excluded_too && !included_too)
		return;
	int field = excluded_too ? FIELD_soa_exclusion_justification : FIELD_soa_reasons;
	struct diag *diag = diag_add(check->diags, CODE_SOA011, record_field_span(soa, field), soa->subject,
	                             excluded_too ? "`%.*s` applies, yet this says why it would be excluded"
	                                          : "`%.*s` is excluded, yet these are reasons to include it",
	                             STR_ARG(soa->id));
	diag_hint(check->diags, diag, excluded_too ? "move it to `justification`, or correct `applicable`"
	                                           : "remove them, or correct `applicable`");
	diag_relate(check->diags, diag, record_field_span(soa, FIELD_soa_applicable), "decided here");
}

/* ---- status ---- */

static bool
status_fits(bool applicable, int status)
{
	if (applicable)
		return status != CHOICE_soa_status_not_applicable;
	return status == CHOICE_soa_status_not_applicable || status == CHOICE_soa_status_not_started;
}

static void
entry_contradicts_itself(const struct check *check, const struct record *soa)
{
	const struct value *applicable = record_value(soa, FIELD_soa_applicable);
	int status = record_choice(soa, FIELD_soa_status);
	if (!applicable || status < 0 || status_fits(applicable->boolean, status))
		return;
	struct diag *diag = diag_add(check->diags, CODE_SOA010, record_field_span(soa, FIELD_soa_status), soa->subject,
	                             "`%.*s` is %s, but its status is `%.*s`", STR_ARG(soa->id),
	                             applicable->boolean ? "applicable" : "excluded",
	                             STR_ARG(record_text(soa, FIELD_soa_status)));
	diag_hint(check->diags, diag, "correct `applicable` or `status`");
	diag_relate(check->diags, diag, applicable->span, "decided here");
}

static void
entry_done_and_planned(const struct check *check, const struct record *soa)
{
	struct date planned = record_date(soa, FIELD_soa_planned_for);
	if (!date_is_set(planned))
		return;
	bool future = date_compare(planned, check->site->today) > 0;
	struct str day = date_text(check->arena, planned);
	struct span span = record_field_span(soa, FIELD_soa_planned_for);
	struct diag *diag;
	if (soa_is_implemented(soa) && future) {
		diag = diag_add(check->diags, CODE_SOA021, span, soa->subject,
		                "`%.*s` is implemented, but planned for %.*s", STR_ARG(soa->id), STR_ARG(day));
		diag_hint(check->diags, diag, "correct the status, or remove the day");
		diag_relate(check->diags, diag, record_field_span(soa, FIELD_soa_status), "its status");
	} else if (soa_is_open(soa) && date_compare(planned, check->site->today) < 0) {
		diag = diag_add(check->diags, CODE_SOA020, span, soa->subject,
		                "`%.*s` was planned for %.*s and is not implemented", STR_ARG(soa->id), STR_ARG(day));
		diag_hint(check->diags, diag, "set the status, or plan a new day");
	}
}

/* ---- titles and days ---- */

static void
entry_title(const struct check *check, const struct record *soa)
{
	int field = record_value(soa, FIELD_soa_control) ? FIELD_soa_control : FIELD_record_title;
	struct str written = str_trim(record_text(soa, field));
	const struct control *other = NULL;
	if (!soa->control || written.size == 0)
		return;
	struct span span = record_field_span(soa, field);
	struct diag *diag = NULL;
	switch (control_title_match(soa->control, written, &other)) {
	case TITLE_SAME:
		return;
	case TITLE_VARIED:
		diag = diag_add(check->diags, CODE_SOA022, span, soa->subject, "`%.*s` is titled `%.*s`, not `%.*s`",
		                STR_ARG(soa->control->id), STR_ARG(soa->control->title), STR_ARG(written));
		diag_hint(check->diags, diag, "write the official title");
		return;
	case TITLE_OF_OTHER:
		diag = diag_add(check->diags, CODE_SOA023, span, soa->subject,
		                "`%.*s` is the title of `%.*s`, not of `%.*s`", STR_ARG(written),
		                STR_ARG(other ? other->id : STR("another control")), STR_ARG(soa->control->id));
		break;
	case TITLE_UNRELATED:
		diag = diag_add(check->diags, CODE_SOA023, span, soa->subject,
		                "`%.*s` has nothing in common with the title of `%.*s`, `%.*s`", STR_ARG(written),
		                STR_ARG(soa->control->id), STR_ARG(soa->control->title));
		break;
	}
	diag_hint(check->diags, diag, "check which of the two is meant, the id or the title");
}

static void
entry_future(const struct check *check, const struct record *soa)
{
	static const int fields[] = {FIELD_soa_decided_on, FIELD_soa_reviewed_on};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct date date = record_date(soa, fields[i]);
		if (!date_is_set(date) || date_compare(date, check->site->today) <= 0)
			continue;
		struct diag *diag = diag_add(check->diags, CODE_SOA028, record_field_span(soa, fields[i]), soa->subject,
		                             "`%s`, %.*s, is in the future", soa->kind->fields[fields[i]]->name,
		                             STR_ARG(date_text(check->arena, date)));
		diag_hint(check->diags, diag, "write the day on which it happened");
	}
}

/* Only days of the entry itself: a review of the whole is the document's. */
static void
entry_review_overdue(const struct check *check, const struct record *soa)
{
	const struct record *self = soa->document->self;
	struct period period = check->site->config->limits.soa_review;
	struct date own = date_later(record_date(soa, FIELD_soa_decided_on), record_date(soa, FIELD_soa_reviewed_on));
	struct date whole = date_later(record_date(self, FIELD_document_reviewed_on),
	                               record_date(self, FIELD_document_approved_on));
	struct date last = date_later(own, whole);
	if (!date_is_set(own) || date_compare(date_add(last, period, 1), check->site->today) >= 0)
		return;
	int field = record_value(soa, FIELD_soa_reviewed_on) ? FIELD_soa_reviewed_on : FIELD_soa_decided_on;
	struct diag *diag = diag_add(check->diags, CODE_SOA029, record_field_span(soa, field), soa->subject,
	                             "the decision about `%.*s` was last reviewed on %.*s, more than %.*s ago",
	                             STR_ARG(soa->id), STR_ARG(date_text(check->arena, last)),
	                             STR_ARG(period_text(check->arena, period)));
	diag_hint(check->diags, diag, "review it and write the day in `reviewed_on`");
}

static void (*const entry_rules[])(const struct check *check, const struct record *soa) = {
	entry_unjustified,           /* SOA003 */
	entry_exclusion_unjustified, /* SOA004 */
	entry_empty_words,           /* SOA005 */
	entry_unknown,               /* SOA008 */
	entry_undecided,             /* SOA009 */
	entry_contradicts_itself,    /* SOA010 */
	entry_other_reasons,         /* SOA011 */
	soa_reasons,                 /* SOA014, SOA015, SOA016 */
	soa_relied_on,               /* SOA017 */
	soa_no_proof,                /* SOA018 */
	soa_no_plan,                 /* SOA019 */
	entry_done_and_planned,      /* SOA020, SOA021 */
	entry_title,                 /* SOA022, SOA023 */
	entry_future,                /* SOA028 */
	entry_review_overdue,        /* SOA029 */
	soa_nonconformity,           /* SOA030 */
};

/* A retired statement says what was; nobody repairs it. */
static void
check_entry(const struct check *check, const struct record *soa)
{
	if (document_is_retired_soa(soa->document))
		return;
	for (size_t i = 0; i < sizeof entry_rules / sizeof *entry_rules; i++)
		entry_rules[i](check, soa);
}

static const struct check_rule rules[] = {
	{CODE_SOA001, SCOPE_SITE, 0, soa_missing}, /* and SOA002 */
	{CODE_SOA003, SCOPE_KIND, KIND_soa, check_entry},
	{CODE_SOA006, SCOPE_SITE, 0, soa_boilerplate},
	{CODE_SOA007, SCOPE_SITE, 0, soa_duplicates},
	{CODE_SOA012, SCOPE_SITE, 0, soa_status_missing}, /* and SOA013 */
	{CODE_SOA024, SCOPE_SITE, 0, soa_totals},
	{CODE_SOA025, SCOPE_SITE, 0, soa_outdated},
	{CODE_SOA026, SCOPE_SITE, 0, soa_not_approved},
	{CODE_SOA027, SCOPE_SITE, 0, soa_owner_missing},
	{CODE_SOA031, SCOPE_SITE, 0, soa_own_controls},
};

const struct check_family soa_family = {rules, sizeof rules / sizeof *rules};
