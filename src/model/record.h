/* Records and documents: typed values with their places. Made by the parse stage, joined by the
 * model stage, const from then on. All pointers live in the site's arenas. */
#ifndef ISMARK_MODEL_RECORD_H
#define ISMARK_MODEL_RECORD_H

#include "base/date.h"
#include "catalogue/catalogue.h"
#include "model/schema.h"
#include "text/markdown.h"
#include "text/tree.h"

struct record;
struct document;

enum reference_type {
	REFERENCE_DANGLING, /* reported by REF rules */
	REFERENCE_TEXT,     /* plain words, and the site has no records of such a kind */
	REFERENCE_RECORD,   /* a record, or the `self` of a document */
	REFERENCE_CONTROL,  /* a control of a catalogue */
	REFERENCE_THEME,    /* "A.5": not a control; reported by REF rules */
	REFERENCE_CLAUSE
};

struct reference {
	enum reference_type type;
	struct str id; /* folded id or the text itself */
	const struct record *record;
	const struct control *control;
	const struct clause *clause;
	struct str trailing; /* what stood behind a control id: its title, usually */
	struct str message; /* CONTROL that is none: why (an older edition and what replaces it …) */
};

enum value_state {
	VALUE_OK,
	VALUE_PLACEHOLDER, /* "TBD", "[name]": counts as absent */
	VALUE_INVALID      /* not of the field's type; already reported */
};

struct value;
struct value_pair;
typedef VEC(struct value) value_vec;

struct value {
	const struct field *field;
	enum value_state state;
	struct span span;
	struct str text;        /* as written; of a list: empty */
	bool is_list;           /* then ITEMS hold the values and the union is unused */
	value_vec items;
	union {
		int64_t integer;    /* INT */
		int choice;         /* CHOICE: CHOICE_<list>_<name> */
		bool boolean;
		double number;      /* NUMBER, LEVEL (of several named ones the highest) */
		struct date date;
		struct datetime datetime;
		struct period period;
		struct reference reference; /* REF, CONTROL, CLAUSE; resolved by the model stage */
		struct record *part;        /* PART */
		struct map *map;            /* MAP: key -> value_vec of texts */
	};
};

struct backlink {
	const struct record *from; /* the record that refers; for prose the document's self */
	const struct field *field; /* NULL: a link or an id in the text */
	struct span span;
};

struct risk_rating {
	bool known;               /* likelihood and impact were given and on their scales */
	double likelihood, impact;
	double score;
	int band;                 /* index into the configuration's bands, -1 when unknown */
};

/* What the risk method makes of a risk (ISO/IEC 27005:2022, 7.3, 7.4). */
struct risk_state {
	struct risk_rating inherent, current, residual;
	bool residual_from_effectiveness; /* inherent × (1 − effectiveness) */
	bool live;                        /* open, in treatment or accepted */
	bool above_appetite;              /* the residual (else inherent) score is above the accepted band */
	bool immediate;                   /* its band asks for an immediate plan */
	struct date plan_due;             /* day by which the plan must be carried out; not set when unknown */
};

struct record {
	const struct kind *kind;
	struct str id;      /* as written, folded; the path without extension, or PARENT#field[n], when it has none */
	bool has_id;        /* written */
	struct str subject; /* what findings name: id, "SOA-001/A.5.1", or the path */
	struct str title;   /* never empty */
	struct span span;   /* of the id, else of the entry's start, else the file */
	struct document *document;
	const struct record *parent;  /* of a part */
	struct value **values;        /* by field index; NULL: not written */
	VEC(struct backlink) backlinks;
	const struct control *control; /* soa: the catalogue's control, else NULL */
	struct risk_state *risk;       /* risk only */
	struct str page;               /* path of its page below out/, "risk/RISK-001.html"; may be empty for parts */
};

enum document_form { DOCUMENT_PROSE, DOCUMENT_REGISTER, DOCUMENT_RECORD };

struct document {
	const struct source *source;
	struct str path;        /* relative to the content root */
	enum document_form form;
	struct record *self;    /* document control; kind is a document kind (`register` for register and record files) */
	const struct kind *records_kind; /* REGISTER, RECORD: the kind of its records */
	VEC(struct record *) records;    /* REGISTER: its entries; RECORD: the one */
	struct span entries;    /* REGISTER: where `entries` stands */
	struct markdown_facts *facts; /* Markdown only, else NULL */
	struct str page;        /* path of its page below out/ */
	struct map fragments;   /* ids that a link to it may name: records, headings, anchors; filled by site_join() */
	bool broken;            /* its YAML or CSV could not be read whole: absences mean nothing */
};

/* The usable value, or NULL when it is absent, a placeholder or invalid. */
const struct value *
record_value(const struct record *record, int field);
/* True when nothing usable was written and nothing else says so yet: not written, or a placeholder, in a
 * document that could be read. Rules about missing fields ask this. */
bool
record_lacks(const struct record *record, int field);
/* What was written, in any state, or NULL. */
const struct value *
record_written(const struct record *record, int field);
/* Shorthands; for an absent value: empty view, -1, not set, fallback, 0. */
struct str
record_text(const struct record *record, int field);
int
record_choice(const struct record *record, int field);
struct date
record_date(const struct record *record, int field);
bool
record_bool(const struct record *record, int field, bool fallback);
bool
record_number(const struct record *record, int field, double *number);
struct period
record_period(const struct record *record, int field);
const struct record *
record_part(const struct record *record, int field);
/* The values of a list field (or the one value of another): value_count() is 0 for an absent one. */
size_t
value_count(const struct value *value);
const struct value *
value_item(const struct value *value, size_t index);
/* The record that a REF field refers to (first one), or NULL. */
const struct record *
record_reference(const struct record *record, int field);
/* True when the list field refers to TARGET. */
bool
record_refers_to(const struct record *record, int field, const struct record *target);
bool
record_refers_to_control(const struct record *record, int field, const struct control *control);
/* The place to point at for FIELD: the value as written, else the record. */
struct span
record_field_span(const struct record *record, int field);

#endif
