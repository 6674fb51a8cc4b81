/* The configuration, site.yaml. Every value has a default: an absent file builds. */
#ifndef ISMARK_MODEL_CONFIG_H
#define ISMARK_MODEL_CONFIG_H

#include "base/date.h"
#include "catalogue/catalogue.h"
#include "model/schema.h"
#include "text/tree.h"

struct scale_level {
	double value;
	struct str label, description;
};

typedef VEC(struct scale_level) risk_scale;

/* A score belongs to the band with the greatest lower bound at or below it. */
struct risk_band {
	struct str name;
	double from, to;  /* `to` is informative: the stated upper bound */
	bool accepted;    /* within the risk appetite; a score above `to` of the last accepted band is not */
	bool immediate;   /* asks for a plan at once */
};

enum risk_formula { FORMULA_PRODUCT, FORMULA_SUM, FORMULA_MATRIX };

struct risk_method {
	risk_scale likelihood, impact;
	enum risk_formula formula;
	double factor;                 /* the product or sum times this (score × 20) */
	double *matrix;                /* MATRIX: likelihood.count rows (ascending) × impact.count */
	VEC(struct risk_band) bands;   /* ascending */
	double tolerance;              /* how far a stated score may be off */
	str_vec authorities;           /* ids or titles of persons and roles who may accept besides the owner */
	struct span span;
};

/* Periods and thresholds of the rules; the keys of `periods` and `thresholds` in site.yaml. */
struct limits {
	struct period notice;              /* how long before a date a reminder starts: 30 days */
	struct period document_review;     /* when a document states none: 12 months */
	struct period risk_review;         /* 12 months */
	struct period risk_assessment;     /* 8.2: 12 months */
	struct period soa_review;          /* 12 months */
	struct period requirement_review;  /* 12 months */
	struct period evidence_validity;   /* when evidence states none: 12 months */
	struct period audit_cycle;         /* 12 months */
	struct period management_review;   /* 12 months */
	struct period supplier_assessment; /* 12 months */
	struct period access_review;       /* 3 months */
	struct period exercise;            /* 12 months */
	struct period training;            /* 12 months */
	struct period metric_frequency;    /* when a metric states none: 3 months */
	struct period operation_before_stage2; /* 3 months */
	struct period immediate_plan;      /* 30 days from the assessment */
	struct period plan;                /* 90 days: other bands above appetite */
	struct period major_root_cause;    /* 10 days */
	struct period major_action;        /* 30 days */
	struct period minor_action;        /* 60 days */
	struct period certificate;         /* 3 years */
	double training_target;            /* share of people who attended: 0.9 */
	int boilerplate_repeats;           /* one justification for so many controls is boilerplate: 5 */
	double respond_hours[CHOICE_COUNT_severity_level];  /* 1, 4, 24, 72 */
	double escalate_hours[CHOICE_COUNT_severity_level]; /* 0.25 (at once), 2, 8, 24 */
};

/* A path relative to the project root, or empty. */
struct config_folder {
	struct str path;
	struct span span;
};

struct config_theme {
	struct config_folder folder;    /* or the bare name of a theme; empty: the default theme */
	struct config_folder overrides; /* whose files stand in for the theme's; empty: by convention */
	const struct tree *options;     /* a map, for the theme to read; NULL: none */
};

struct config {
	const struct source *source;   /* NULL without a file */
	struct str title, organization, language, description;
	struct str base_url;           /* with trailing slash, or empty */
	struct schema *schema;
	const struct catalogue *catalogue; /* the primary one */
	VEC(const struct catalogue *) catalogues; /* the primary one first, then those named beside it */
	struct risk_method risk;
	struct limits limits;
	enum severity severities[CODE_COUNT];
	struct config_theme theme;
	VEC(struct str) filters;       /* Lua files, relative to the project root, in order */
	VEC(struct span) filter_spans;
	str_vec ignore;                /* content paths and `*` patterns that are not read */
	str_vec own_files;             /* files that the configuration names (catalogues): no documents */
	bool search_engines;           /* pages ask to be found by them */
	bool raw_html;                 /* pass raw HTML of documents through */
	struct str footer;
	bool search;                   /* the site has a search */
};

/* The defaults: seeds' 1-5 scales, product, bands 1-4 / 5-14 / 15-25. */
struct config *
config_new(struct arena *arena);
/* Reads TREE (may be NULL) over the defaults. FM018, FM019 and CAT findings go to DIAGS. READ_FILE gives the
 * text of a file named by the configuration (an own catalogue), relative to the content root; NULL when it cannot. */
void
config_read(struct config *config, struct arena *arena, const struct tree *tree,
            const struct source *(*read_file)(void *context, struct str path), void *context, struct diag_list *diags);
/* True when PATH is left out by `ignore`. */
bool
config_ignores(const struct config *config, struct str path);
/* Index of the band of SCORE; a score between an accepted band and the next one is in the next. */
int
risk_band_of(const struct risk_method *method, double score);
/* True when SCORE is within the appetite: its band is accepted and it is not above that band's upper bound. */
bool
risk_is_accepted_score(const struct risk_method *method, double score);
/* The score of the pair; for a MATRIX both must be on the scales (else NAN). */
double
risk_score(const struct risk_method *method, double likelihood, double impact);
/* The level that TEXT names: a number on or off the scale, or a label. False when it is neither. */
bool
risk_level(const risk_scale *scale, struct str text, double *level);
bool
risk_scale_has(const risk_scale *scale, double level);

#endif
