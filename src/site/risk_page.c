#include "site/risk_page.h"

static void
add_rating(const struct page_context *context, struct template_value ratings, const char *key, const struct risk_rating *rating)
{
	struct template_value entry = page_rating(context, rating);
	page_put(context, entry, "title", page_word(context, key));
	template_push(context->arena, ratings, entry);
}

void
risk_fill(const struct page_context *context, struct template_value values, const struct record *record)
{
	const struct risk_state *state = record->risk;
	struct template_value ratings = template_list(context->arena);
	add_rating(context, ratings, "risk.inherent", &state->inherent);
	add_rating(context, ratings, "risk.current", &state->current);
	add_rating(context, ratings, "risk.residual", &state->residual);
	page_put(context, values, "ratings", ratings);
	page_put(context, values, "plan_due", page_date(context, state->plan_due));
	page_put(context, values, "from_effectiveness", template_bool(state->residual_from_effectiveness));
	page_put(context, values, "is_live", template_bool(state->live));
	page_put(context, values, "is_above_appetite", template_bool(state->above_appetite));
	page_put(context, values, "accepted_on", page_date(context, record_date(record, FIELD_risk_accepted_on)));
	page_put(context, values, "accepted_until", page_date(context, record_date(record, FIELD_risk_accepted_until)));
	page_put(context, values, "is_immediate", template_bool(state->immediate));
}

static void
put_field(const struct page_context *context, struct template_value values, const struct record *record, int field)
{
	const struct value *value = record_written(record, field);
	page_put(context, values, record->kind->fields[field]->name, value ? page_value(context, value) : template_none());
}

struct template_value
risk_row(const struct page_context *context, const struct record *record)
{
	struct template_value row = page_record_link(context, record);
	risk_fill(context, row, record);
	put_field(context, row, record, FIELD_risk_owner);
	put_field(context, row, record, FIELD_risk_treatment);
	put_field(context, row, record, FIELD_risk_status);
	put_field(context, row, record, FIELD_risk_due);
	return row;
}
