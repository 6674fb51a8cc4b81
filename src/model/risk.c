#include "model/risk.h"

#include <math.h>

static bool
rating_has_score(const struct risk_rating *rating)
{
	return rating->band >= 0;
}

static void
rating_set_score(struct risk_rating *rating, const struct risk_method *method, double score)
{
	/* 12 × 0.55 is 6.6 to people, and not 6.6000000000000005: a score is compared with the bounds of bands. */
	double rounded = round(score * 1e9) / 1e9;
	if (isfinite(rounded)) {
		rating->score = rounded;
		rating->band = risk_band_of(method, rounded);
	}
}

/* The level of FIELD on SCALE. False when it is absent or off the scale. */
static bool
level_on_scale(const struct record *risk, int field, const risk_scale *scale, double *level)
{
	return record_number(risk, field, level) && risk_scale_has(scale, *level);
}

/* One level of a rating: as written, else as in the rating BEFORE (NULL for none). */
static bool
level_or_before(const struct record *risk, int field, const risk_scale *scale, const double *before, double *level)
{
	if (record_lacks(risk, field) && before != NULL) {
		*level = *before;
		return true;
	}
	return level_on_scale(risk, field, scale, level);
}

/* Reads a rating from its two levels; the one that is not written is taken from BEFORE (NULL for none). */
static struct risk_rating
rating_from_levels(const struct site *site, const struct record *risk, int likelihood, int impact,
                   const struct risk_rating *before)
{
	const struct risk_method *method = &site->config->risk;
	struct risk_rating rating = {.band = -1};
	bool usable = before != NULL && before->known;

	rating.known = level_or_before(risk, likelihood, &method->likelihood, usable ? &before->likelihood : NULL,
	                               &rating.likelihood)
	               && level_or_before(risk, impact, &method->impact, usable ? &before->impact : NULL, &rating.impact);
	if (rating.known)
		rating_set_score(&rating, method, risk_score(method, rating.likelihood, rating.impact));
	return rating;
}

/* The score that was only stated, where no level was. */
static void
rating_take_stated(struct risk_rating *rating, const struct site *site, const struct record *risk, int field)
{
	double stated;

	if (record_number(risk, field, &stated))
		rating_set_score(rating, &site->config->risk, stated);
}

bool
risk_states_levels(const struct record *risk, int likelihood, int impact)
{
	return !record_lacks(risk, likelihood) || !record_lacks(risk, impact);
}

static void
rate_inherent(const struct site *site, const struct record *risk, struct risk_state *state)
{
	state->inherent = rating_from_levels(site, risk, FIELD_risk_likelihood, FIELD_risk_impact, NULL);
	if (!risk_states_levels(risk, FIELD_risk_likelihood, FIELD_risk_impact))
		rating_take_stated(&state->inherent, site, risk, FIELD_risk_inherent_risk);
}

static void
rate_current(const struct site *site, const struct record *risk, struct risk_state *state)
{
	state->current.band = -1;
	if (risk_states_levels(risk, FIELD_risk_current_likelihood, FIELD_risk_current_impact))
		state->current = rating_from_levels(site, risk, FIELD_risk_current_likelihood, FIELD_risk_current_impact,
		                                    &state->inherent);
}

/* Stated levels win over the effectiveness of controls, and that over a stated score. */
static void
rate_residual(const struct site *site, const struct record *risk, struct risk_state *state)
{
	const struct risk_rating *before = state->current.known ? &state->current : &state->inherent;
	double effectiveness;

	state->residual.band = -1;
	if (risk_states_levels(risk, FIELD_risk_residual_likelihood, FIELD_risk_residual_impact)) {
		state->residual = rating_from_levels(site, risk, FIELD_risk_residual_likelihood,
		                                     FIELD_risk_residual_impact, before);
	} else if (!record_lacks(risk, FIELD_risk_control_effectiveness)) {
		if (record_number(risk, FIELD_risk_control_effectiveness, &effectiveness) && effectiveness >= 0
		    && effectiveness <= 1 && rating_has_score(&state->inherent)) {
			rating_set_score(&state->residual, &site->config->risk, state->inherent.score * (1 - effectiveness));
			state->residual_from_effectiveness = rating_has_score(&state->residual);
		}
	} else {
		rating_take_stated(&state->residual, site, risk, FIELD_risk_residual_risk);
	}
}

/* True when something was written of which the residual level should follow. */
static bool
residual_is_written(const struct record *risk)
{
	return risk_states_levels(risk, FIELD_risk_residual_likelihood, FIELD_risk_residual_impact)
	       || !record_lacks(risk, FIELD_risk_control_effectiveness) || !record_lacks(risk, FIELD_risk_residual_risk);
}

const struct risk_rating *
risk_deciding(const struct record *risk)
{
	const struct risk_state *state = risk->risk;

	if (rating_has_score(&state->residual))
		return &state->residual;
	if (residual_is_written(risk))
		return NULL;
	if (rating_has_score(&state->current))
		return &state->current;
	return rating_has_score(&state->inherent) ? &state->inherent : NULL;
}

const struct risk_rating *
risk_before_treatment(const struct record *risk)
{
	const struct risk_state *state = risk->risk;

	if (state->residual_from_effectiveness)
		return &state->residual;
	if (rating_has_score(&state->current))
		return &state->current;
	return rating_has_score(&state->inherent) ? &state->inherent : NULL;
}

/* True while a treatment plan is, or should be, under way. */
static bool
is_under_treatment(const struct record *risk)
{
	int status = record_choice(risk, FIELD_risk_status);

	return status != CHOICE_risk_status_accepted && status != CHOICE_risk_status_closed;
}

static const struct risk_band *
band_of(const struct site *site, const struct risk_rating *rating)
{
	const struct risk_method *method = &site->config->risk;
	bool has = rating != NULL && rating->band >= 0 && (size_t)rating->band < method->bands.count;

	return has ? &method->bands.items[rating->band] : NULL;
}

struct date
risk_plan_limit(const struct site *site, const struct record *risk)
{
	const struct risk_rating *before = risk_before_treatment(risk);
	const struct risk_band *band = band_of(site, before);
	struct date assessed = record_date(risk, FIELD_risk_assessed_on);

	if (band == NULL || !is_under_treatment(risk) || !date_is_set(assessed)
	    || risk_is_accepted_score(&site->config->risk, before->score))
		return (struct date){0};
	return date_add(assessed, band->immediate ? site->config->limits.immediate_plan : site->config->limits.plan, 1);
}

static void
rate_plan(const struct site *site, const struct record *risk, struct risk_state *state)
{
	const struct risk_rating *deciding = risk_deciding(risk);
	const struct risk_band *band = band_of(site, risk_before_treatment(risk));

	state->live = record_choice(risk, FIELD_risk_status) != CHOICE_risk_status_closed;
	state->above_appetite = deciding != NULL && !risk_is_accepted_score(&site->config->risk, deciding->score);
	state->immediate = band != NULL && band->immediate && is_under_treatment(risk);
	state->plan_due = record_date(risk, FIELD_risk_due);
	if (!date_is_set(state->plan_due))
		state->plan_due = risk_plan_limit(site, risk);
}

void
risk_rate(const struct site *site, struct record *risk)
{
	struct risk_state *state = risk->risk;

	if (state == NULL)
		state = arena_alloc(site->arena, sizeof *state);
	*state = (struct risk_state){0};
	risk->risk = state;
	rate_inherent(site, risk, state);
	rate_current(site, risk, state);
	rate_residual(site, risk, state);
	rate_plan(site, risk, state);
}
