/* The schema: kinds, fields and the words that fields accept. Built in from schema.def, widened by
 * site.yaml; const once the configuration is read. */
#ifndef ISMARK_MODEL_SCHEMA_H
#define ISMARK_MODEL_SCHEMA_H

#include "base/map.h"

enum field_type {
	FIELD_TEXT, FIELD_INT, FIELD_NUMBER, FIELD_LEVEL, FIELD_BOOL, FIELD_DATE, FIELD_DATETIME, FIELD_PERIOD,
	FIELD_CHOICE,  /* one word of a list */
	FIELD_REF,     /* a record or document: by id, then by unique title */
	FIELD_CONTROL, /* a control of a catalogue or an own control */
	FIELD_CLAUSE,  /* a clause of ISO/IEC 27001 */
	FIELD_PART,    /* a nested map with a kind of its own */
	FIELD_MAP,     /* free keys, each with a list of texts */
	FIELD_FILE,    /* path of an attachment, relative to the file */
	FIELD_URL
};

enum field_flags {
	FIELD_REQUIRED = 1,
	FIELD_LIST = 2,
	FIELD_MAIN = 4 /* of a part: one value in place of its map is this field's */
};

struct choice {
	const char *text, *synonyms;
};

struct choice_list {
	const char *name;
	const struct choice *choices;
	size_t count;
};

struct field {
	const char *name;
	enum field_type type;
	unsigned flags;
	const char *detail; /* targets of a REF, part kind of a PART */
	const char *clause, *help, *synonyms;
	const struct choice_list *choices; /* of a CHOICE */
};

enum kind_form { FORM_DOCUMENT, FORM_RECORD, FORM_PART };

/* The fields of a document kind start with the common ones of `document`, those of a record kind with
 * those of `record`. FIELD_<kind>_<name> below is the index into `fields`. */
struct kind {
	const char *name, *plural;
	enum kind_form form;
	const char *clause, *help, *synonyms;
	size_t index; /* KIND_<name> for the built-in ones */
	struct field **fields;
	size_t field_count;
};

struct schema {
	struct kind **kinds;
	size_t kind_count;
};

/* KIND_risk, KIND_audit_program … */
enum {
#define KIND(name, ...) KIND_##name,
#include "model/schema.def"
	KIND_COUNT
};

/* CHOICE_risk_status_accepted … */
#define CHOICES(list) enum {
#define CHOICE(list, name, text, synonyms) CHOICE_##list##_##name,
#define CHOICES_END(list) CHOICE_COUNT_##list };
#include "model/schema.def"

/* FIELD_risk_likelihood … : index into the kind's fields. Common fields have FIELD_document_… and FIELD_record_…. */
#define FIELDS_BEFORE_PART 0
#define FIELDS_BEFORE_DOCUMENT FIELD_COUNT_document
#define FIELDS_BEFORE_RECORD FIELD_COUNT_record
#define KIND(name, text, plural, form, clause, help, synonyms) enum { FIELD_BEFORE_##name = (int)FIELDS_BEFORE_##form - 1,
#define FIELD(kind, name, ...) FIELD_##kind##_##name,
#define KIND_END(kind) FIELD_COUNT_##kind };
#include "model/schema.def"

/* The built-in schema, in ARENA, free to be widened. */
struct schema *
schema_new(struct arena *arena);
/* By name or synonym, folded; NULL when there is none. Parts are found by exact name only. */
const struct kind *
schema_kind(const struct schema *schema, struct str name);
/* Index of the field of KIND with that name or synonym, folded; -1 when there is none. */
int
kind_field(const struct kind *kind, struct str name);
/* The kind of a PART field. */
const struct kind *
schema_part(const struct schema *schema, const struct field *field);
/* True when records of KIND may stand in the REF field. */
bool
field_targets(const struct field *field, const struct kind *kind);
/* Index of the choice with that text or synonym, folded; -1 when there is none. */
int
choice_find(const struct choice_list *choices, struct str text);
/* Lower case with `-`, blanks as `_`: how names of fields, kinds and choices compare. */
struct str
schema_fold(struct arena *arena, struct str name);
const char *
field_type_name(enum field_type type); /* "date", "whole number" … for people */
/* The nearest field name of KIND to NAME, or an empty view. */
struct str
kind_nearest_field(struct arena *arena, const struct kind *kind, struct str name);

#endif
