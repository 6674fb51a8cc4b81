#include <math.h>

#include "model/config.h"

int
risk_band_of(const struct risk_method *method, double score)
{
	int band = -1;
	for (size_t i = 0; i < method->bands.count; i++)
		if (method->bands.items[i].from <= score)
			band = (int)i;
	if (band < 0)
		return method->bands.count ? 0 : -1;
	/* What is above an accepted band is not accepted, though the next band begins later: 6.6 between 1-6 and 7-15. */
	const struct risk_band *found = &method->bands.items[band];
	bool beyond = found->accepted && score > found->to && (size_t)band + 1 < method->bands.count;
	return beyond ? band + 1 : band;
}

bool
risk_is_accepted_score(const struct risk_method *method, double score)
{
	int band = risk_band_of(method, score);
	return band >= 0 && method->bands.items[band].accepted && score <= method->bands.items[band].to;
}

/* Index of LEVEL on SCALE, or -1. */
static int
level_index(const risk_scale *scale, double level)
{
	for (size_t i = 0; i < scale->count; i++)
		if (fabs(scale->items[i].value - level) < 1e-9)
			return (int)i;
	return -1;
}

bool
risk_scale_has(const risk_scale *scale, double level)
{
	return level_index(scale, level) >= 0;
}

double
risk_score(const struct risk_method *method, double likelihood, double impact)
{
	switch (method->formula) {
	case FORMULA_PRODUCT: return likelihood * impact * method->factor;
	case FORMULA_SUM: return (likelihood + impact) * method->factor;
	case FORMULA_MATRIX: break;
	}
	int row = level_index(&method->likelihood, likelihood), column = level_index(&method->impact, impact);
	if (row < 0 || column < 0)
		return NAN;
	return method->matrix[(size_t)row * method->impact.count + (size_t)column] * method->factor;
}

bool
risk_level(const risk_scale *scale, struct str text, double *level)
{
	text = str_trim(text);
	if (str_to_number(text, level))
		return true;
	for (size_t i = 0; i < scale->count; i++) {
		if (str_equal_ignore_case(scale->items[i].label, text)) {
			*level = scale->items[i].value;
			return true;
		}
	}
	return false;
}
