/* How ready the ISMS is for an audit: three checklists, shares by clause, phase and theme, and the path to the
 * certificate. What makes an item met or partly met is a table in readiness_rules.c; the report and `ismark explain
 * readiness` show that table. Facts only: nothing here prints. */
#ifndef ISMARK_CHECK_READINESS_H
#define ISMARK_CHECK_READINESS_H

#include "diag/diag.h"
#include "model/site.h"

enum readiness_state { READINESS_MET, READINESS_PARTLY, READINESS_NOT_MET, READINESS_NOT_APPLICABLE, READINESS_STATE_COUNT };
/* The last group holds the requirements of clauses 4 to 10, from which the shares by clause and phase come. */
enum readiness_stage { READINESS_STAGE1, READINESS_STAGE2, READINESS_SURVEILLANCE, READINESS_CLAUSES, READINESS_STAGE_COUNT };

const char *
readiness_state_name(enum readiness_state state); /* "met", "partly met", "not met", "not applicable" */
const char *
readiness_stage_name(enum readiness_stage stage); /* "stage1", "stage2", "surveillance", "clauses" */
const char *
readiness_stage_title(enum readiness_stage stage); /* "Stage 1 audit" … */

/* ---- the table, the same for every site ---- */

struct readiness_site;

/* One condition of an item: what must be seen, and the function that looks. An item without its basis is not met; one with
 * it, but lacking another condition or held back by a finding, is partly met; an item none of whose conditions applies is
 * not applicable. */
struct readiness_condition {
	bool basis;
	const char *text; /* "a scope document exists", lower case, no full stop */
	/* Adds the records that show it to SHOWN. NULL: the item of documented information of that name decides. */
	enum readiness_state (*function)(const struct readiness_site *site, record_vec *shown);
	const char *information; /* "isms-scope", of the catalogue */
};

enum { READINESS_CONDITIONS_MAX = 4 };

struct readiness_rule {
	enum readiness_stage stage;
	int number;         /* 1 to 11, 1 to 9, 1 to 6 within its checklist; running within the clauses */
	const char *title;
	const char *clause; /* "6.1.3", of ISO/IEC 27001 */
	const char *codes;  /* blank-separated rules whose findings hold it back wherever they stand; "SOA*" is a whole family */
	const char *codes_of_shown; /* the same, for findings about the records that show it */
	struct readiness_condition conditions[READINESS_CONDITIONS_MAX]; /* ends with the first one without text */
};

/* All rows, by stage and number: 11 + 9 + 6 items, then the clauses. */
const struct readiness_rule *
readiness_rules(size_t *count);
/* "Met when …, and no finding of … stands; partly met when …": the row as a sentence, in ARENA. */
struct str
readiness_rule_sentence(const struct readiness_rule *rule, struct arena *arena);

/* ---- a site held against the table ---- */

struct readiness_result {
	const char *text; /* of the condition */
	bool basis;
	enum readiness_state state;
};

struct readiness_item {
	const struct readiness_rule *rule; /* stage, number, title, clause */
	enum readiness_state state;
	VEC(struct readiness_result) results; /* one a condition, in the table's order */
	record_vec shown;                     /* records that show it, each once */
	VEC(const struct diag *) held_back;   /* warnings and errors that keep it from being met, with those taken out by an exception */
	struct str explanation;               /* readiness_rule_sentence() */
};

/* A percentage with its formula. */
struct readiness_share {
	struct str name;    /* "stage1", "4", "plan", "A.5" */
	struct str title;   /* "Stage 1 audit", "Context of the organization", "Plan", "Organizational controls" */
	size_t counts[READINESS_STATE_COUNT];
	int percent;        /* rounded down, so that 100 means all; -1 when nothing applies */
	struct str formula; /* "(8 met + 1 partly met / 2) / 11 that apply = 77 %" */
};

typedef VEC(struct readiness_share) readiness_share_vec;

enum path_state {
	PATH_DONE,       /* its day has come and nothing it needs is missing */
	PATH_INCOMPLETE, /* its day has come, and something is missing */
	PATH_PLANNED,    /* it has a day to come */
	PATH_NO_DATE     /* nobody has set a day */
};

const char *
path_state_name(enum path_state state); /* "done", "incomplete", "planned", "no date" */

/* Something that a step still lacks. */
enum path_gap_type { GAP_ITEM, GAP_NO_DAY, GAP_LATE_DAY, GAP_NO_AUDIT };

struct path_gap {
	enum path_gap_type type;
	const struct readiness_item *item; /* of an ITEM: what is not met, or partly */
	struct str text;                   /* a sentence, no full stop */
};

/* A step of the path to the certificate. */
struct path_step {
	const char *name;         /* "gap-analysis", "implementation", "internal-audit", "management-review", "stage1", "stage2", "surveillance1", "surveillance2", "recertification" */
	const char *title;
	struct date on;           /* not set: no day known */
	struct date latest;       /* day by which it must be, where the cycle says so; else not set */
	enum path_state state;
	const struct record *record; /* the audit, review or certification that states the day, or NULL */
	const struct readiness_share *share; /* of the checklist that the step needs, or NULL */
	VEC(struct path_gap) missing;
};

struct information_status;

struct readiness {
	VEC(struct readiness_item) items; /* in the table's order, the clauses' too: filter by rule->stage */
	const struct information_status *information; /* INFORMATION_COUNT items, documented_information.h */
	readiness_share_vec stages;       /* stage1, stage2, surveillance */
	readiness_share_vec clauses;      /* 4 to 10 */
	readiness_share_vec phases;       /* plan, do, check, act */
	readiness_share_vec themes;       /* of the primary catalogue's controls: counts are those of controls */
	const struct record *certification; /* the record, or NULL */
	VEC(struct path_step) path;       /* nine steps, always */
};

/* Holds SITE and its findings (after check_site(), so that severities and exceptions count) against the table.
 * Everything is in ARENA or borrowed from SITE and DIAGS. */
struct readiness *
readiness_assess(const struct site *site, const struct diag_list *diags, struct arena *arena);

#endif
