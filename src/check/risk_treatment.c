/* RSK: the treatment of risks: options, controls, the plan (6.1.3 a to e). */
#include "check/risk_rules.h"

#include "catalogue/control_title.h"

static int
treatment_of(const struct record *risk)
{
	return record_choice(risk, FIELD_risk_treatment);
}

/* ---- option ---- */

void
risk_treatment_option(const struct check *check, const struct record *risk)
{
	if (!risk->risk->live || !record_lacks(risk, FIELD_risk_treatment) || !risk_needs_treatment(check, risk))
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK010, record_field_span(risk, FIELD_risk_treatment), risk->subject,
	             "risk `%.*s` has no treatment%.*s", STR_ARG(risk->id),
	             STR_ARG(placeholder_text(check->arena, risk, FIELD_risk_treatment)));
	diag_hint(check->diags, diag, "choose `modify`, `retain`, `avoid` or `share` in `treatment`");
	const struct risk_rating *before = risk_before_treatment(risk);
	if (before)
		diag_relate(check->diags, diag, rating_span(risk, before), "the level %.*s is above the risk appetite",
		            STR_ARG(rating_text(check, before)));
}

void
risk_modified_by_nothing(const struct check *check, const struct record *risk)
{
	if (!risk->risk->live || treatment_of(risk) != CHOICE_treatment_modify || risk_has_treatment_controls(risk)
	    || risk_has_actions(risk))
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK011, record_field_span(risk, FIELD_risk_treatment), risk->subject,
	             "risk `%.*s` is to be modified, but by no control and no action", STR_ARG(risk->id));
	diag_hint(check->diags, diag, "name what changes its likelihood or impact in `controls` or `actions`");
	if (!record_lacks(risk, FIELD_risk_existing_controls))
		diag_relate(check->diags, diag, record_field_span(risk, FIELD_risk_existing_controls),
		            "these are in place already");
}

/* What explains a residual risk below what stood before. */
static bool
has_explanation(const struct record *risk)
{
	int treatment = treatment_of(risk);
	bool by_existing = !record_lacks(risk, FIELD_risk_existing_controls) && !risk->risk->current.known;
	return by_existing || risk_has_treatment_controls(risk) || risk_has_actions(risk)
	       || treatment == CHOICE_treatment_avoid || treatment == CHOICE_treatment_share
	       || treatment == CHOICE_treatment_modify; /* RSK011 speaks of that */
}

void
risk_lowered_by_nothing(const struct check *check, const struct record *risk)
{
	const struct risk_state *state = risk->risk;
	const struct risk_rating *before = rating_has_score(&state->current) ? &state->current : &state->inherent;
	if (!rating_has_score(&state->residual) || !rating_has_score(before) || has_explanation(risk)
	    || state->residual.score >= before->score || !scores_differ(check, state->residual.score, before->score))
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK008, rating_span(risk, &state->residual), risk->subject,
	                             "the residual risk is lowered from %.*s to %.*s, but no control or action lowers it",
	                             STR_ARG(rating_text(check, before)),
	                             STR_ARG(rating_text(check, &state->residual)));
	diag_hint(check->diags, diag, "name the controls in `controls` or `existing_controls`, or state the risk as it is");
}

void
risk_no_residual(const struct check *check, const struct record *risk)
{
	int treatment = treatment_of(risk);
	bool lowers = treatment == CHOICE_treatment_modify || treatment == CHOICE_treatment_share;
	if (!risk->risk->live || !lowers || !rating_has_score(&risk->risk->inherent)
	    || risk_states_levels(risk, FIELD_risk_residual_likelihood, FIELD_risk_residual_impact)
	    || !record_lacks(risk, FIELD_risk_control_effectiveness) || !record_lacks(risk, FIELD_risk_residual_risk))
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK038, risk->span, risk->subject,
	                             "risk `%.*s` is treated, but its residual risk is not stated", STR_ARG(risk->id));
	diag_hint(check->diags, diag, "estimate `residual_likelihood` and `residual_impact` after the treatment");
	diag_relate(check->diags, diag, record_field_span(risk, FIELD_risk_treatment), "the treatment is chosen here");
}

void
risk_shared_with_nobody(const struct check *check, const struct record *risk)
{
	if (!risk->risk->live || treatment_of(risk) != CHOICE_treatment_share
	    || !record_lacks(risk, FIELD_risk_shared_with))
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK023, record_field_span(risk, FIELD_risk_treatment), risk->subject,
	             "risk `%.*s` is shared, but it is not said with whom", STR_ARG(risk->id));
	diag_hint(check->diags, diag, "name the insurer, supplier or other party in `shared_with`");
}

/* ---- controls ---- */

/* What the Statements of Applicability list, gathered once. */
struct soa_listing {
	struct map own;            /* id -> entry, of those that are no control of a catalogue */
	const struct record *first; /* any entry, NULL when there is none */
	bool broken;               /* a part could not be read: what it lacks is not known */
};

static struct soa_listing
soa_list(const struct check *check)
{
	const record_vec *entries = site_records(check->site, KIND_soa);
	struct soa_listing listing = {.first = entries->count ? entries->items[0] : NULL};
	for (size_t i = 0; i < entries->count; i++) {
		const struct record *entry = entries->items[i];
		listing.broken |= entry->document->broken;
		if (!entry->control)
			map_put(check->arena, &listing.own, entry->id, (void *)entry);
	}
	return listing;
}

/* Whether the SoA lists an own control, or a catalogue control that it implements. */
static bool
soa_covers_own(const struct site *site, const struct soa_listing *listing, const struct record *own)
{
	const struct value *implements = record_value(own, FIELD_control_implements);
	for (size_t i = 0; i < value_count(implements); i++) {
		const struct value *item = value_item(implements, i);
		if (item->state != VALUE_OK || item->reference.type != REFERENCE_CONTROL)
			continue;
		const struct control_state *state = site_control(site, item->reference.control);
		if (state && state->soa)
			return true;
	}
	return map_get(&listing->own, own->id) != NULL;
}

static bool
soa_lacks(const struct site *site, const struct soa_listing *listing, const struct reference *reference)
{
	if (reference->type == REFERENCE_CONTROL) {
		const struct control_state *state = site_control(site, reference->control);
		return state && !state->soa;
	}
	return reference->type == REFERENCE_RECORD && reference->record->kind->index == KIND_control
	       && !soa_covers_own(site, listing, reference->record);
}

static struct str
reference_name(const struct reference *reference)
{
	if (reference->type == REFERENCE_CONTROL)
		return reference->control->id;
	return reference->type == REFERENCE_RECORD ? reference->record->id : reference->id;
}

static void
report_missing_in_soa(const struct check *check, const struct soa_listing *listing, const struct record *risk,
                      const struct value *item, const char *does)
{
	const struct record *entry = listing->first;
	struct str name = reference_name(&item->reference);
	struct diag *diag = diag_add(check->diags, CODE_RSK012, item->span, risk->subject,
	                             "`%.*s` %s risk `%.*s`, but the Statement of Applicability does not list it",
	                             STR_ARG(name), does, STR_ARG(risk->id));
	diag_hint(check->diags, diag, "add an entry for `%.*s` with its justification and status", STR_ARG(name));
	diag_relate(check->diags, diag, entry->document->form == DOCUMENT_REGISTER ? entry->document->entries : entry->span,
	            "the Statement of Applicability");
}

static bool
holds_reference(const struct value *list, const struct value *item)
{
	for (size_t i = 0; i < value_count(list); i++)
		if (same_reference(value_item(list, i), item))
			return true;
	return false;
}

/* How many of a list are compared with another: what is behind is a list that nobody wrote by hand. */
enum { COMPARED = 1000 };

static size_t
compared_count(const struct value *list)
{
	size_t count = value_count(list);
	return count < COMPARED ? count : COMPARED;
}

static void
check_listed(const struct check *check, const struct soa_listing *listing, const struct record *risk)
{
	const struct value *planned = record_value(risk, FIELD_risk_controls);
	const struct value *existing = record_value(risk, FIELD_risk_existing_controls);
	for (size_t i = 0; i < compared_count(planned); i++) {
		const struct value *item = value_item(planned, i);
		if (item->state == VALUE_OK && soa_lacks(check->site, listing, &item->reference))
			report_missing_in_soa(check, listing, risk, item, "treats");
	}
	for (size_t i = 0; i < compared_count(existing); i++) {
		const struct value *item = value_item(existing, i);
		if (item->state == VALUE_OK && soa_lacks(check->site, listing, &item->reference)
		    && !holds_reference(planned, item))
			report_missing_in_soa(check, listing, risk, item, "already lowers");
	}
}

void
risk_controls_in_soa(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *risks = site_records(check->site, KIND_risk);
	struct soa_listing listing = soa_list(check);
	if (!listing.first || listing.broken) /* SOA002 speaks of none */
		return;
	for (size_t i = 0; i < risks->count; i++)
		if (risks->items[i]->risk->live)
			check_listed(check, &listing, risks->items[i]);
}

void
risk_existing_not_implemented(const struct check *check, const struct record *risk)
{
	const struct value *existing = record_value(risk, FIELD_risk_existing_controls);
	for (size_t i = 0; risk->risk->live && i < value_count(existing); i++) {
		const struct value *item = value_item(existing, i);
		if (item->state != VALUE_OK || item->reference.type != REFERENCE_CONTROL)
			continue;
		const struct control_state *state = site_control(check->site, item->reference.control);
		int status = state && state->soa ? record_choice(state->soa, FIELD_soa_status) : -1;
		if (status != CHOICE_soa_status_not_started && status != CHOICE_soa_status_planned)
			continue;
		if (soa_is_applicable(state->soa) != 1) /* SOA017 speaks of that */
			continue;
		struct diag *diag = diag_add(check->diags, CODE_RSK013, item->span, risk->subject,
		                             "risk `%.*s` counts on `%.*s` as in place, but it is not implemented",
		                             STR_ARG(risk->id), STR_ARG(item->reference.control->id));
		diag_hint(check->diags, diag, "move it to `controls`, or correct its status");
		diag_relate(check->diags, diag, record_field_span(state->soa, FIELD_soa_status),
		            "the Statement of Applicability says so");
	}
}

void
risk_existing_and_planned(const struct check *check, const struct record *risk)
{
	const struct value *planned = record_value(risk, FIELD_risk_controls);
	const struct value *existing = record_value(risk, FIELD_risk_existing_controls);
	for (size_t i = 0; risk->risk->live && i < compared_count(planned); i++) {
		const struct value *item = value_item(planned, i);
		for (size_t j = 0; j < compared_count(existing); j++) {
			if (!same_reference(item, value_item(existing, j)))
				continue;
			struct diag *diag = diag_add(check->diags, CODE_RSK014, item->span, risk->subject,
			                             "`%.*s` is both in place and planned for risk `%.*s`",
			                             STR_ARG(reference_name(&item->reference)), STR_ARG(risk->id));
			diag_hint(check->diags, diag, "keep it in `existing_controls` or in `controls`");
			diag_relate(check->diags, diag, value_item(existing, j)->span, "in place already");
			break;
		}
	}
}

static void
check_repeats(const struct check *check, const struct record *risk, int field)
{
	const struct value *list = record_value(risk, field);
	struct map seen = {0};
	for (size_t i = 0; i < value_count(list); i++) {
		const struct value *item = value_item(list, i);
		if (item->state != VALUE_OK
		    || (item->reference.type != REFERENCE_CONTROL && item->reference.type != REFERENCE_RECORD))
			continue;
		const struct value *first = map_put(check->arena, &seen, reference_name(&item->reference), (void *)item);
		if (!first)
			continue;
		map_put(check->arena, &seen, reference_name(&item->reference), (void *)first);
		struct diag *diag =
		    diag_add(check->diags, CODE_RSK034, item->span, risk->subject, "`%.*s` stands twice in `%s`",
		             STR_ARG(reference_name(&item->reference)), risk->kind->fields[field]->name);
		diag_hint(check->diags, diag, "leave one out");
		diag_relate(check->diags, diag, first->span, "first here");
	}
}

void
risk_named_twice(const struct check *check, const struct record *risk)
{
	check_repeats(check, risk, FIELD_risk_controls);
	check_repeats(check, risk, FIELD_risk_existing_controls);
	check_repeats(check, risk, FIELD_risk_assets);
	check_repeats(check, risk, FIELD_risk_actions);
}

static void
check_title(const struct check *check, const struct record *risk, const struct value *item)
{
	const struct control *control = item->reference.control, *other = NULL;
	struct str written = str_trim(item->reference.trailing);
	enum title_match match = control_title_match(control, written, &other);
	if (written.size == 0 || match == TITLE_SAME)
		return;
	struct diag *diag;
	if (match == TITLE_VARIED)
		diag = diag_add(check->diags, CODE_RSK035, item->span, risk->subject,
		                "`%.*s` is titled `%.*s`, not `%.*s`", STR_ARG(control->id), STR_ARG(control->title),
		                STR_ARG(written));
	else if (match == TITLE_OF_OTHER && other)
		diag = diag_add(check->diags, CODE_RSK036, item->span, risk->subject,
		                "`%.*s` is the title of `%.*s`, not of `%.*s`", STR_ARG(written), STR_ARG(other->id),
		                STR_ARG(control->id));
	else
		diag = diag_add(check->diags, CODE_RSK036, item->span, risk->subject,
		                "`%.*s` has nothing in common with the title of `%.*s`, `%.*s`", STR_ARG(written),
		                STR_ARG(control->id), STR_ARG(control->title));
	if (match == TITLE_VARIED)
		diag_hint(check->diags, diag, "write the official title, or the id alone");
	else
		diag_hint(check->diags, diag, "check which of the two is meant, the id or the title");
}

void
risk_control_titles(const struct check *check, const struct record *risk)
{
	static const int fields[] = {FIELD_risk_controls, FIELD_risk_existing_controls};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct value *list = record_value(risk, fields[i]);
		for (size_t j = 0; j < value_count(list); j++) {
			const struct value *item = value_item(list, j);
			if (item->state == VALUE_OK && item->reference.type == REFERENCE_CONTROL)
				check_title(check, risk, item);
		}
	}
}

/* ---- target ---- */

static int
band_named(const struct risk_method *method, struct str name)
{
	for (size_t i = 0; i < method->bands.count; i++)
		if (str_equal_ignore_case(method->bands.items[i].name, str_trim(name)))
			return (int)i;
	return -1;
}

static void
report_unknown_band(const struct check *check, const struct record *risk, struct str target)
{
	const struct risk_method *method = &check->site->config->risk;
	str_vec names = {0};
	for (size_t i = 0; i < method->bands.count; i++)
		vec_push(check->arena, &names, method->bands.items[i].name);
	struct diag *diag = diag_add(check->diags, CODE_RSK029, record_field_span(risk, FIELD_risk_target_level),
	                             risk->subject, "`%.*s` is not one of the risk levels", STR_ARG(target));
	struct str nearest = str_nearest(target, names.items, names.count);
	if (nearest.size)
		diag_hint(check->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(check->diags, diag, "use one of %.*s", STR_ARG(list_text(check->arena, &names)));
}

void
risk_target(const struct check *check, const struct record *risk)
{
	const struct risk_method *method = &check->site->config->risk;
	const struct risk_rating *residual = &risk->risk->residual;
	struct str target = record_text(risk, FIELD_risk_target_level);
	double score;
	if (target.size == 0)
		return;
	int band = str_to_number(str_trim(target), &score) ? risk_band_of(method, score) : band_named(method, target);
	if (band < 0) {
		report_unknown_band(check, risk, target);
		return;
	}
	if (!rating_has_score(residual) || residual->band <= band || risk->risk->residual_from_effectiveness)
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK030, rating_span(risk, residual), risk->subject,
	                             "the residual risk, %.*s, does not reach the target level `%.*s`",
	                             STR_ARG(rating_text(check, residual)), STR_ARG(target));
	diag_hint(check->diags, diag, "plan more treatment, or set another target");
	diag_relate(check->diags, diag, record_field_span(risk, FIELD_risk_target_level), "the target is set here");
}
