/* RSK: the assessment of risks (6.1.2), and the table of the family. Treatment is in risk_treatment.c,
 * acceptance in risk_acceptance.c, dates in risk_dates.c. */
#include "check/risk_rules.h"

#include <math.h>

#include "check/families.h"

/* ---- shared with the other files ---- */

struct str
rating_text(const struct check *check, const struct risk_rating *rating)
{
	const struct risk_method *method = &check->site->config->risk;
	struct str score = number_text(check->arena, rating->score);
	if (rating->band < 0 || (size_t)rating->band >= method->bands.count)
		return score;
	return str_printf(check->arena, "%.*s (%.*s)", STR_ARG(score), STR_ARG(method->bands.items[rating->band].name));
}

bool
rating_has_score(const struct risk_rating *rating)
{
	return rating->band >= 0;
}

bool
scores_differ(const struct check *check, double a, double b)
{
	return fabs(a - b) > check->site->config->risk.tolerance + 1e-9;
}

struct span
rating_span(const struct record *risk, const struct risk_rating *rating)
{
	static const int inherent[] = {FIELD_risk_inherent_risk, FIELD_risk_likelihood, FIELD_risk_impact};
	static const int current[] = {FIELD_risk_current_likelihood, FIELD_risk_current_impact, FIELD_risk_likelihood};
	static const int residual[] = {FIELD_risk_residual_risk, FIELD_risk_residual_likelihood,
	                               FIELD_risk_residual_impact};
	const struct risk_state *state = risk->risk;
	const int *fields = rating == &state->inherent ? inherent : rating == &state->current ? current : residual;
	for (int i = 0; i < 3; i++)
		if (record_value(risk, fields[i]))
			return record_field_span(risk, fields[i]);
	return record_field_span(risk, FIELD_risk_control_effectiveness);
}

bool
risk_needs_treatment(const struct check *check, const struct record *risk)
{
	const struct risk_rating *before = risk_before_treatment(risk);
	if (before)
		return !risk_is_accepted_score(&check->site->config->risk, before->score);
	return !risk_states_levels(risk, FIELD_risk_likelihood, FIELD_risk_impact)
	       && record_lacks(risk, FIELD_risk_inherent_risk);
}

bool
record_is_named_by(const struct record *record, int kind, int field)
{
	for (size_t i = 0; i < record->backlinks.count; i++) {
		const struct backlink *link = &record->backlinks.items[i];
		if (link->from->kind->index == (size_t)kind && link->field == link->from->kind->fields[field])
			return true;
	}
	return false;
}

bool
risk_has_treatment_controls(const struct record *risk)
{
	return !record_lacks(risk, FIELD_risk_controls) || record_is_named_by(risk, KIND_soa, FIELD_soa_risks);
}

bool
risk_has_actions(const struct record *risk)
{
	return !record_lacks(risk, FIELD_risk_actions) || record_is_named_by(risk, KIND_action, FIELD_action_for);
}

/* Adds RECORD unless it is there; SEEN keeps that from being quadratic. */
static void
add_once(struct arena *arena, record_vec *records, struct map *seen, const struct record *record)
{
	if (map_put(arena, seen, record->subject, records) == NULL)
		vec_push(arena, records, record);
}

record_vec
risk_actions(struct arena *arena, const struct record *risk)
{
	record_vec actions = {0};
	struct map seen = {0};
	const struct value *named = record_value(risk, FIELD_risk_actions);
	for (size_t i = 0; i < value_count(named); i++) {
		const struct value *item = value_item(named, i);
		if (item->state == VALUE_OK && item->reference.type == REFERENCE_RECORD
		    && item->reference.record->kind->index == KIND_action)
			add_once(arena, &actions, &seen, item->reference.record);
	}
	for (size_t i = 0; i < risk->backlinks.count; i++) {
		const struct record *from = risk->backlinks.items[i].from;
		if (from->kind->index == KIND_action
		    && risk->backlinks.items[i].field == from->kind->fields[FIELD_action_for])
			add_once(arena, &actions, &seen, from);
	}
	return actions;
}

bool
same_reference(const struct value *a, const struct value *b)
{
	if (a->state != VALUE_OK || b->state != VALUE_OK || a->reference.type != b->reference.type)
		return false;
	if (a->reference.type == REFERENCE_CONTROL)
		return a->reference.control == b->reference.control;
	return a->reference.type == REFERENCE_RECORD && a->reference.record == b->reference.record;
}

/* ---- levels and scores ---- */

static struct str
scale_text(struct arena *arena, const risk_scale *scale)
{
	str_vec words = {0};
	for (size_t i = 0; i < scale->count; i++) {
		const struct scale_level *level = &scale->items[i];
		struct str value = number_text(arena, level->value);
		vec_push(arena, &words,
		         level->label.size ? str_printf(arena, "%.*s %.*s", STR_ARG(value), STR_ARG(level->label)) : value);
	}
	return list_text(arena, &words);
}

static void
check_level(const struct check *check, const struct record *risk, int field, const risk_scale *scale)
{
	double level;
	if (!record_number(risk, field, &level) || risk_scale_has(scale, level))
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK001, record_field_span(risk, field), risk->subject,
	             "`%s` is %.*s, which is not on the scale", risk->kind->fields[field]->name,
	             STR_ARG(number_text(check->arena, level)));
	diag_hint(check->diags, diag, "use one of the levels %.*s", STR_ARG(scale_text(check->arena, scale)));
	if (check->site->config->risk.span.source)
		diag_relate(check->diags, diag, check->site->config->risk.span, "the scales are set here");
}

static void
risk_off_scale(const struct check *check, const struct record *risk)
{
	const struct risk_method *method = &check->site->config->risk;
	check_level(check, risk, FIELD_risk_likelihood, &method->likelihood);
	check_level(check, risk, FIELD_risk_impact, &method->impact);
	check_level(check, risk, FIELD_risk_current_likelihood, &method->likelihood);
	check_level(check, risk, FIELD_risk_current_impact, &method->impact);
	check_level(check, risk, FIELD_risk_residual_likelihood, &method->likelihood);
	check_level(check, risk, FIELD_risk_residual_impact, &method->impact);
}

static void
risk_not_assessed(const struct check *check, const struct record *risk)
{
	bool likelihood = record_lacks(risk, FIELD_risk_likelihood), impact = record_lacks(risk, FIELD_risk_impact);
	if (!likelihood && !impact)
		return;
	const char *what = likelihood && impact ? "likelihood and impact" : likelihood ? "likelihood" : "impact";
	int field = likelihood ? FIELD_risk_likelihood : FIELD_risk_impact;
	struct str placeholder = placeholder_text(check->arena, risk, field);
	struct diag *diag = diag_add(check->diags, CODE_RSK002, record_field_span(risk, field), risk->subject,
	                             "risk `%.*s` has no %s%.*s", STR_ARG(risk->id), what, STR_ARG(placeholder));
	diag_hint(check->diags, diag, "assess it and write the %s", what);
	if (record_value(risk, FIELD_risk_inherent_risk))
		diag_relate(check->diags, diag, record_field_span(risk, FIELD_risk_inherent_risk),
		            "this score cannot be checked without them");
}

/* How the score of RATING, a known one, comes about: "3 × 4". */
static struct str
formula_text(const struct check *check, const struct risk_rating *rating)
{
	const struct risk_method *method = &check->site->config->risk;
	struct str likelihood = number_text(check->arena, rating->likelihood);
	struct str impact = number_text(check->arena, rating->impact);
	struct str factor = number_text(check->arena, method->factor);
	bool plain = method->factor > 0.9999999 && method->factor < 1.0000001;
	if (method->formula == FORMULA_MATRIX)
		return str_printf(check->arena, "the matrix at likelihood %.*s, impact %.*s", STR_ARG(likelihood),
		                  STR_ARG(impact));
	const char *sign = method->formula == FORMULA_SUM ? "+" : "×";
	if (plain)
		return str_printf(check->arena, "%.*s %s %.*s", STR_ARG(likelihood), sign, STR_ARG(impact));
	return str_printf(check->arena, "(%.*s %s %.*s) × %.*s", STR_ARG(likelihood), sign, STR_ARG(impact),
	                  STR_ARG(factor));
}

static void
report_score(const struct check *check, const struct record *risk, enum code code, int field, double stated,
             double computed, struct str formula)
{
	struct str right = number_text(check->arena, computed);
	struct diag *diag = diag_add(check->diags, code, record_field_span(risk, field), risk->subject,
	                             "`%s` is stated as %.*s, but %.*s gives %.*s", risk->kind->fields[field]->name,
	                             STR_ARG(number_text(check->arena, stated)), STR_ARG(formula), STR_ARG(right));
	diag_hint(check->diags, diag, "write %.*s, or correct what it is computed from, or leave the score out",
	          STR_ARG(right));
}

static void
risk_inherent_score(const struct check *check, const struct record *risk)
{
	const struct risk_rating *inherent = &risk->risk->inherent;
	double stated;
	if (inherent->known && rating_has_score(inherent) && record_number(risk, FIELD_risk_inherent_risk, &stated)
	    && scores_differ(check, stated, inherent->score))
		report_score(check, risk, CODE_RSK003, FIELD_risk_inherent_risk, stated, inherent->score,
		             formula_text(check, inherent));
}

static struct str
effectiveness_text(const struct check *check, const struct record *risk)
{
	double effectiveness = 0;
	record_number(risk, FIELD_risk_control_effectiveness, &effectiveness);
	return str_printf(check->arena, "%.*s × (1 − %.*s)",
	                  STR_ARG(number_text(check->arena, risk->risk->inherent.score)),
	                  STR_ARG(number_text(check->arena, effectiveness)));
}

static void
risk_residual_score(const struct check *check, const struct record *risk)
{
	const struct risk_rating *residual = &risk->risk->residual;
	bool derived = risk->risk->residual_from_effectiveness;
	double stated;
	if (!rating_has_score(residual) || !(residual->known || derived)
	    || !record_number(risk, FIELD_risk_residual_risk, &stated) || !scores_differ(check, stated, residual->score))
		return;
	report_score(check, risk, CODE_RSK004, FIELD_risk_residual_risk, stated, residual->score,
	             derived ? effectiveness_text(check, risk) : formula_text(check, residual));
}

static void
risk_effectiveness(const struct check *check, const struct record *risk)
{
	double effectiveness;
	if (!record_number(risk, FIELD_risk_control_effectiveness, &effectiveness))
		return;
	const struct risk_state *state = risk->risk;
	struct span span = record_field_span(risk, FIELD_risk_control_effectiveness);
	if (effectiveness < 0 || effectiveness > 1) {
		struct diag *diag = diag_add(check->diags, CODE_RSK006, span, risk->subject,
		                             "`control_effectiveness` is %.*s, not a share between 0 and 1",
		                             STR_ARG(number_text(check->arena, effectiveness)));
		if (effectiveness > 1 && effectiveness <= 100)
			diag_hint(check->diags, diag, "write %.*s for %.*s %%",
			          STR_ARG(number_text(check->arena, effectiveness / 100)),
			          STR_ARG(number_text(check->arena, effectiveness)));
		else
			diag_hint(check->diags, diag, "write the share of the inherent risk that the controls take away");
		return;
	}
	if (!state->residual.known || !rating_has_score(&state->inherent))
		return;
	double derived = round(state->inherent.score * (1 - effectiveness) * 1e9) / 1e9;
	if (!scores_differ(check, derived, state->residual.score))
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK005, span, risk->subject,
	             "by its effectiveness the residual risk is %.*s = %.*s, by its levels %.*s",
	             STR_ARG(effectiveness_text(check, risk)), STR_ARG(number_text(check->arena, derived)),
	             STR_ARG(number_text(check->arena, state->residual.score)));
	diag_hint(check->diags, diag, "state the residual levels or the effectiveness, not both; the levels count");
	diag_relate(check->diags, diag, rating_span(risk, &state->residual), "the residual level is stated here");
}

/* A later rating above an earlier one. */
static bool
check_order(const struct check *check, const struct record *risk, const struct risk_rating *later, const char *later_name,
            const struct risk_rating *earlier, const char *earlier_name)
{
	if (!rating_has_score(later) || !rating_has_score(earlier) || later->score <= earlier->score
	    || !scores_differ(check, later->score, earlier->score))
		return false;
	struct diag *diag = diag_add(check->diags, CODE_RSK007, rating_span(risk, later), risk->subject,
	                             "the %s risk, %.*s, is above the %s risk, %.*s", later_name,
	                             STR_ARG(rating_text(check, later)), earlier_name,
	                             STR_ARG(rating_text(check, earlier)));
	diag_hint(check->diags, diag, "controls do not raise a risk: correct one of the two");
	diag_relate(check->diags, diag, rating_span(risk, earlier), "the %s risk is stated here", earlier_name);
	return true;
}

static void
risk_rises(const struct check *check, const struct record *risk)
{
	const struct risk_state *state = risk->risk;
	check_order(check, risk, &state->current, "current", &state->inherent, "inherent");
	if (!check_order(check, risk, &state->residual, "residual", &state->inherent, "inherent"))
		check_order(check, risk, &state->residual, "residual", &state->current, "current");
}

/* ---- identification ---- */

static void
risk_no_owner(const struct check *check, const struct record *risk)
{
	if (!risk->risk->live || !record_lacks(risk, FIELD_risk_owner))
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK009, record_field_span(risk, FIELD_risk_owner), risk->subject,
	                             "risk `%.*s` has no owner%.*s", STR_ARG(risk->id),
	                             STR_ARG(placeholder_text(check->arena, risk, FIELD_risk_owner)));
	diag_hint(check->diags, diag, "name the person or role with the authority to manage it in `owner`");
}

static void
risk_not_identified(const struct check *check, const struct record *risk)
{
	static const int fields[] = {FIELD_record_title, FIELD_record_description, FIELD_risk_threat,
	                             FIELD_risk_vulnerability, FIELD_risk_consequence};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!record_lacks(risk, fields[i]))
			return;
	struct diag *diag = diag_add(check->diags, CODE_RSK028, risk->span, risk->subject,
	                             "risk `%.*s` does not say what could happen", STR_ARG(risk->id));
	diag_hint(check->diags, diag, "write a `title`, or the `threat` and the `vulnerability`");
}

static bool
is_at_risk(const struct record *asset)
{
	for (size_t i = 0; i < asset->backlinks.count; i++) {
		const struct backlink *link = &asset->backlinks.items[i];
		if (link->from->kind->index == KIND_risk && link->from->risk->live
		    && link->field == link->from->kind->fields[FIELD_risk_assets])
			return true;
	}
	return false;
}

/* Only where risks name assets: another method identifies risks otherwise. */
static void
assets_without_risk(const struct check *check, const struct record *none)
{
	(void)none;
	const record_vec *assets = site_records(check->site, KIND_asset);
	bool asset_based = false;
	for (size_t i = 0; i < assets->count && !asset_based; i++)
		asset_based = record_is_named_by(assets->items[i], KIND_risk, FIELD_risk_assets);
	for (size_t i = 0; asset_based && i < assets->count; i++) {
		const struct record *asset = assets->items[i];
		if (record_choice(asset, FIELD_asset_status) == CHOICE_asset_status_retired || is_at_risk(asset) ||
		    site_may_hold(check->site, asset->id))
			continue;
		struct diag *diag = diag_add(check->diags, CODE_RSK027, asset->span, asset->subject,
		                             "no live risk names the asset `%.*s`", STR_ARG(asset->id));
		diag_hint(check->diags, diag, "assess what could happen to it, or name it in the `assets` of a risk");
	}
}

static const struct check_rule rules[] = {
	{CODE_RSK001, SCOPE_KIND, KIND_risk, risk_off_scale},
	{CODE_RSK002, SCOPE_KIND, KIND_risk, risk_not_assessed},
	{CODE_RSK003, SCOPE_KIND, KIND_risk, risk_inherent_score},
	{CODE_RSK004, SCOPE_KIND, KIND_risk, risk_residual_score},
	{CODE_RSK005, SCOPE_KIND, KIND_risk, risk_effectiveness}, /* and RSK006 */
	{CODE_RSK007, SCOPE_KIND, KIND_risk, risk_rises},
	{CODE_RSK008, SCOPE_KIND, KIND_risk, risk_lowered_by_nothing},
	{CODE_RSK009, SCOPE_KIND, KIND_risk, risk_no_owner},
	{CODE_RSK010, SCOPE_KIND, KIND_risk, risk_treatment_option},
	{CODE_RSK011, SCOPE_KIND, KIND_risk, risk_modified_by_nothing},
	{CODE_RSK012, SCOPE_SITE, 0, risk_controls_in_soa},
	{CODE_RSK013, SCOPE_KIND, KIND_risk, risk_existing_not_implemented},
	{CODE_RSK014, SCOPE_KIND, KIND_risk, risk_existing_and_planned},
	{CODE_RSK015, SCOPE_KIND, KIND_risk, risk_acceptance}, /* RSK016, RSK017 */
	{CODE_RSK018, SCOPE_KIND, KIND_risk, risk_acceptance_end}, /* RSK019, RSK040 */
	{CODE_RSK020, SCOPE_KIND, KIND_risk, risk_acceptance_outdated},
	{CODE_RSK021, SCOPE_KIND, KIND_risk, risk_plan_approval}, /* and RSK022 */
	{CODE_RSK023, SCOPE_KIND, KIND_risk, risk_shared_with_nobody},
	{CODE_RSK024, SCOPE_KIND, KIND_risk, risk_overdue},
	{CODE_RSK025, SCOPE_KIND, KIND_risk, risk_review_overdue},
	{CODE_RSK026, SCOPE_SITE, 0, risk_dates_missing},
	{CODE_RSK027, SCOPE_SITE, 0, assets_without_risk},
	{CODE_RSK028, SCOPE_KIND, KIND_risk, risk_not_identified},
	{CODE_RSK029, SCOPE_KIND, KIND_risk, risk_target}, /* and RSK030 */
	{CODE_RSK031, SCOPE_KIND, KIND_risk, risk_due_missing},
	{CODE_RSK032, SCOPE_SITE, 0, risk_status_missing},
	{CODE_RSK033, SCOPE_KIND, KIND_risk, risk_closed_with_open_actions},
	{CODE_RSK034, SCOPE_KIND, KIND_risk, risk_named_twice},
	{CODE_RSK035, SCOPE_KIND, KIND_risk, risk_control_titles}, /* and RSK036 */
	{CODE_RSK037, SCOPE_KIND, KIND_risk, risk_immediate_plan},
	{CODE_RSK038, SCOPE_KIND, KIND_risk, risk_no_residual},
	{CODE_RSK039, SCOPE_KIND, KIND_risk, risk_dates_contradict},
};

const struct check_family risk_family = {rules, sizeof rules / sizeof *rules};
