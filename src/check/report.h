/* The audit-readiness report as facts: everything that its page, its JSON and its Markdown say, computed once, so that the
 * three can never disagree. Everything is in the arena given to report_make(), or borrowed from the site, its findings or
 * its readiness. Lists are sorted; no fact depends on a clock, only on the site's day. */
#ifndef ISMARK_CHECK_REPORT_H
#define ISMARK_CHECK_REPORT_H

#include "check/due.h"
#include "check/readiness.h"
#include "model/metric.h"
#include "model/risk.h"

/* ---- findings of the compiler ---- */

typedef VEC(const struct diag *) diag_vec;

/* The findings of one rule, suppressed ones too, in the order of the list. */
struct report_rule {
	const struct rule_text *text;
	size_t counts[SEVERITY_ERROR + 1]; /* of those that stand */
	size_t suppressed;
	enum severity worst;               /* of those that stand; SEVERITY_OFF when all are suppressed */
	diag_vec findings;
};

/* ---- readiness ---- */

struct report_checklist {
	enum readiness_stage stage;
	const struct readiness_share *share; /* NULL for the clauses, whose shares are one for each clause */
	VEC(const struct readiness_item *) items;
};

/* ---- risk ---- */

struct report_cell {
	double score;
	int band; /* -1: the method gives no score for the pair */
	bool accepted;
	record_vec risks;
};

enum { REPORT_SCALE_MAX = 20 };

/* Live risks by likelihood (rows, ascending) and impact (columns, ascending). In the current map a risk whose
 * controls in place were not rated stands at its inherent level, in the residual one a risk that nothing was to lower at
 * its current or inherent level. A scale of more than REPORT_SCALE_MAX levels
 * makes no map: then it has no rows, and every risk that has a score is in SCORED_ONLY. */
struct report_heat_map {
	const char *name, *title; /* "inherent", "Inherent risk" */
	size_t rows, columns;
	struct report_cell *cells; /* rows × columns */
	size_t placed;
	record_vec scored_only;   /* rated by a score alone: no pair to stand at */
	record_vec unrated;
};

enum { REPORT_MAP_INHERENT, REPORT_MAP_CURRENT, REPORT_MAP_RESIDUAL, REPORT_MAP_COUNT };

struct report_risk {
	const struct record *risk;
	const struct risk_rating *deciding; /* risk_deciding(), may be NULL */
	struct str owner;
	const struct record *owner_record;
};

/* A line of the risk treatment plan. */
struct report_treatment {
	const struct record *risk;
	int band;               /* of the level before treatment, -1 unknown */
	struct str priority;    /* "immediate", else the band's name, else "not rated" */
	struct date due;        /* may not be set */
	bool overdue;
	struct str owner;
	const struct record *owner_record;
	record_vec actions;     /* open ones first */
	size_t actions_done;
};

/* ---- Statement of Applicability ---- */

struct report_theme {
	const struct theme *theme; /* NULL: the whole catalogue */
	size_t counts[SOA_STATE_COUNT];
	size_t total;
};

/* What an entry of the SoA lacks. */
struct report_gap {
	const struct control *control;
	const struct record *soa; /* its entry, or NULL */
};

typedef VEC(struct report_gap) report_gap_vec;

struct report_soa {
	struct report_theme all;
	VEC(struct report_theme) themes;      /* the catalogue's top themes */
	report_gap_vec no_entry;
	report_gap_vec no_inclusion_reason;   /* applicable, without justification */
	report_gap_vec no_exclusion_reason;
	report_gap_vec not_implemented;       /* applicable, planned, not started or partial */
};

/* ---- due days ---- */

struct report_owner {
	struct str name;             /* empty: nobody */
	const struct record *record;
	VEC(const struct due_item *) items;
};

enum { REPORT_WINDOWS = 3 };

/* What falls due within so many days from today (today too), and in no earlier window. */
struct report_window {
	int days; /* 30, 60, 90 */
	VEC(const struct due_item *) items;
};

/* ---- findings of audits, actions ---- */

struct report_finding {
	const struct record *finding;
	bool open;
	int age;                /* days from raised_on to today, or to closed_on; -1 unknown */
	struct date cause_by;   /* last day for the root cause; not set where none applies */
	struct date action_by;
	bool overdue;           /* open, and one of these days, or that of an open action, has passed in vain */
	record_vec actions;
	size_t actions_done;
	struct str owner;
	const struct record *owner_record;
};

struct report_action {
	const struct record *action;
	bool done;
	struct date since;      /* day of the earliest of what it answers; may not be set */
	int age;                /* days from then to today, or to done_on; -1 unknown */
	struct date due;
	bool overdue;
	record_vec causes;
	struct str owner;
	const struct record *owner_record;
};

/* ---- management review ---- */

enum { REPORT_INPUTS = 7 };

struct report_review {
	const struct record *review;
	bool held;
	bool inputs[REPORT_INPUTS]; /* a to g */
	size_t outputs, decisions;
	size_t actions, actions_done;
};

/* ---- measuring, evidence ---- */

struct report_metric {
	const struct metric_state *state;
	struct date next;       /* not set for one that is computed or was never measured */
	bool overdue;
};

enum report_freshness { EVIDENCE_FRESH, EVIDENCE_EXPIRING, EVIDENCE_EXPIRED, EVIDENCE_UNDATED, EVIDENCE_STATE_COUNT };

const char *
report_freshness_name(enum report_freshness freshness); /* "fresh", "expiring", "expired", "undated" */

/* Of evidence that counts until UNTIL. */
enum report_freshness
report_freshness_of(const struct site *site, struct date until);

struct report_evidence {
	const struct record *evidence;
	struct date until;
	enum report_freshness state;
	bool relied_on;         /* the freshest of a control that expects evidence: newer evidence has replaced the others */
};

struct report {
	const struct site *site;
	const struct readiness *readiness;
	const char *version;    /* of the compiler */
	const char *commit;     /* NULL: not known */
	enum severity gate;
	bool passed;
	size_t counts[SEVERITY_ERROR + 1];
	size_t suppressed;
	size_t records;
	VEC(struct report_rule) rules; /* errors first, then by code */
	struct report_checklist checklists[READINESS_STAGE_COUNT];
	struct report_heat_map maps[REPORT_MAP_COUNT];
	size_t live_risks, above_appetite;
	VEC(struct report_risk) top_risks; /* highest first, at most REPORT_TOP_RISKS */
	VEC(struct report_treatment) plan; /* by priority, then due day */
	struct report_soa soa;
	due_item_vec due;
	VEC(struct report_owner) overdue;  /* by name; nobody last */
	size_t overdue_count;
	struct report_window windows[REPORT_WINDOWS];
	VEC(struct report_finding) findings; /* open ones first, then by category and day */
	VEC(struct report_action) actions;   /* open ones first, then by due day */
	VEC(struct report_review) reviews;   /* newest first */
	const struct report_review *last_review; /* the newest held, or NULL */
	VEC(struct report_metric) metrics;
	VEC(struct report_evidence) evidence; /* by state, then last day */
	size_t evidence_counts[EVIDENCE_STATE_COUNT]; /* of those relied on */
	size_t controls_expecting;           /* controls that expect evidence … */
	size_t controls_by_freshness[EVIDENCE_STATE_COUNT]; /* … and how fresh theirs is */
	report_gap_vec controls_without_evidence;
};

enum { REPORT_TOP_RISKS = 10 };

struct report_options {
	enum severity gate;
	const char *version, *commit;
};

/* The report on SITE as it stands with its findings DIAGS, after check_site(). */
const struct report *
report_make(const struct site *site, const struct diag_list *diags, const struct report_options *options, struct arena *arena);
/* "pass" or "fail". */
const char *
report_verdict(const struct report *report);

#endif
