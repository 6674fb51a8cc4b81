/* Metrics (ISO/IEC 27001, 9.1; ISO/IEC 27004): their values by day, measured by people or computed from the
 * records, and whether the target is reached. May be included from the model layer up. */
#ifndef ISMARK_MODEL_METRIC_H
#define ISMARK_MODEL_METRIC_H

#include "model/site.h"

/* One computed value. Shares are percentages, 0 to 100. */
struct metric_result {
	const char *not_computable; /* NULL, or why: "the site has no records of trainings held" */
	double value;
	size_t part, whole;         /* of a share */
	size_t by_severity[CHOICE_COUNT_severity_level]; /* of incidents */
};

/* What METRIC, a CHOICE_computed_…, amounted to on the evening of DAY. Incidents are counted over the
 * PERIOD that ends then. */
struct metric_result
metric_compute(const struct site *site, int computed, struct date day, struct period period);
/* True for those that are percentages, false for counts. */
bool
metric_is_share(int computed);

/* The kind of the records that it is computed from; -1 when there is none. */
int
metric_source(int computed);

struct metric_value {
	struct date on;
	double value;     /* a value written as "95 %" is 95 */
	struct span span; /* of the measurement; of `computed` for a computed one */
};

enum metric_standing {
	METRIC_UNKNOWN, /* no value, no target, or nobody says which direction is better */
	METRIC_REACHED,
	METRIC_MISSED
};

struct metric_state {
	const struct record *metric;
	int computed;               /* CHOICE_computed_…, -1: measured by people */
	const char *not_computable; /* NULL, or why the records do not give it; then VALUES are the measurements */
	bool from_records;          /* VALUES are computed */
	VEC(struct metric_value) values; /* by day; none later than today, and of one day the first written */
	struct period frequency;    /* stated or the default */
	bool has_target;
	double target;
	int direction;              /* CHOICE_direction_…; -1: not stated. Shares are better when higher */
	enum metric_standing standing; /* of the last value */
};

/* The state of METRIC as of the site's day, in ARENA. A computed one has one value, today's. */
struct metric_state *
metric_read(const struct site *site, const struct record *metric, struct arena *arena);
/* Adds what the records say of the eleven periods before, to a metric that is computed. */
void
metric_add_history(const struct site *site, struct metric_state *state, struct arena *arena);
/* The last value, or NULL. */
const struct metric_value *
metric_last(const struct metric_state *state);
/* How VALUE stands to TARGET. */
enum metric_standing
metric_compare(double value, double target, int direction);
/* The one number in the objective's target ("at least 95 %" is 95); false when there is none or more than one. */
bool
objective_target(const struct record *objective, double *target);
/* A target or value of a metric as a number: what was written with a percent sign counts in per cent. */
bool
metric_number(const struct record *record, int field, double *number);

/* The assets in use that accounts are held on: named in the permissions of a person or a role, or of a type that
 * says so (software, service, application, system, platform, database, cloud). In ARENA, by path and line. */
void
systems_in_use(const struct site *site, struct arena *arena, record_vec *systems);
/* True when the permissions of PERSON_OR_ROLE name ASSET; *RIGHTS are then those written. */
bool
permissions_name(const struct record *person_or_role, const struct record *asset, const value_vec **rights);

#endif
