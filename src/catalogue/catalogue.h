/* What the standards list: controls, clauses, documented information, mappings to other
 * frameworks. Identifiers and titles only, from src/catalogue/data/, as constant tables
 * that the build generates: nothing is read or allocated at start, and every pointer here
 * lives as long as the program (a site's own catalogue: as long as its arena).
 * Every table is in natural order of its ids, but the items of frameworks. May be included from the catalogue layer up. */
#ifndef ISMARK_CATALOGUE_CATALOGUE_H
#define ISMARK_CATALOGUE_CATALOGUE_H

#include "base/str.h"

struct str_list {
	const struct str *items;
	size_t count;
};

/* A group of controls: a theme of 2022, a domain or an objective of 2013, a principle of ISO/IEC 27018. */
struct theme {
	struct str id;   /* "A.5" */
	struct str name; /* "organizational"; empty where the standard has no short name */
	struct str title;
	const struct theme *parent; /* an objective's domain, else NULL */
	size_t control_count;       /* with those of its children */
};

enum control_change {
	CONTROL_CHANGE_NONE, /* not a catalogue that records it */
	CONTROL_CHANGE_NEW,
	CONTROL_CHANGE_MERGED,
	CONTROL_CHANGE_RENAMED,
	CONTROL_CHANGE_UNCHANGED
};

struct control_list {
	const struct control *const *items;
	size_t count;
};

struct control {
	struct str id;          /* "A.5.15" */
	struct str title;       /* as in Annex A */
	struct str title_27002; /* as in ISO/IEC 27002, empty where that is the same */
	const struct catalogue *catalogue;
	const struct theme *theme; /* NULL in an own catalogue without themes */
	enum control_change change;
	/* The five attributes of ISO/IEC 27002:2022, words like "identity_and_access_management"; empty in other catalogues. */
	struct str_list control_type, properties, cybersecurity_concepts, operational_capabilities, security_domains;
	struct control_list replaces;    /* controls of the edition before that went into this one */
	struct control_list replaced_by; /* controls of the next edition that this one went into */
};

struct catalogue {
	struct str name;     /* "iso27001-2022" */
	struct str standard; /* "ISO/IEC 27001:2022" */
	bool built_in;
	const struct theme *themes;
	size_t theme_count;
	const struct control *controls;
	size_t control_count;
};

enum pdca { PDCA_PLAN, PDCA_DO, PDCA_CHECK, PDCA_ACT };
enum { PDCA_COUNT = 4 };

/* One item of documented information that a clause asks for. */
struct documented_information {
	struct str name;  /* "isms-scope" */
	struct str title; /* in our own words */
	bool is_record;   /* else a document */
	char item;        /* letter within the clause, 0 for none */
	const struct clause *clause;
};

struct clause {
	struct str id; /* "6.1.3" */
	struct str title;
	const struct clause *parent; /* NULL for 4 to 10 */
	unsigned level;              /* 1 for 4 to 10 */
	bool has_children;
	bool amended_2024; /* by Amendment 1:2024, climate action */
	enum pdca pdca;
	struct str number_2013; /* of the same clause in the 2013 edition, empty where it is new */
	const struct documented_information *documented_information;
	size_t documented_information_count;
};

struct clause_list {
	const struct clause *const *items;
	size_t count;
};

/* An item of another framework. */
struct framework_ref {
	struct str id;       /* "PR.AA-01", "Art. 9" */
	struct str title;    /* its own, or that of the group it belongs to */
	struct str group_id; /* "PR.AA"; empty when it belongs to none, or to one without an id */
	struct str group;    /* title of that group, may be empty */
};

/* A pair says "related", never "satisfies". */
struct mapping {
	const struct control *control; /* of iso27001-2022; NULL in a clause mapping */
	const struct clause *clause;   /* NULL in a control mapping */
	const struct framework_ref *ref;
	bool official;    /* published by the framework's owner or an authority */
	unsigned sources; /* how many public mappings have the pair */
};

struct mapping_list {
	const struct mapping *items; /* by control or clause, then by ref */
	size_t count;
};

struct framework {
	struct str name;  /* "nist-csf-2.0" */
	struct str title; /* "NIST CSF 2.0" */
	const struct framework_ref *refs; /* all of them, in the framework's own order */
	size_t ref_count;
	struct mapping_list controls, clauses;
};

/* A standard of the family. Titles are without the common prefix, purposes in our own words. */
struct family_document {
	struct str id, edition, amendment, previous, status, kind, title, purpose;
};

/* An input of 9.3.2 (a to g); item d has parts 1 to 4. */
struct review_input {
	char item;
	struct str name, title;
	struct clause_list fed_by; /* clauses whose documents or records supply it, our reading */
	const struct review_input *parts;
	size_t part_count;
};

/* A result of 9.3.3. */
struct review_output {
	struct str name, title;
};

/* An option of ISO/IEC 27005:2022. */
struct treatment_option {
	struct str id; /* modify, retain, avoid, share */
	struct str title, meaning;
	bool needs_controls;
	struct str_list synonyms; /* lower case */
};

/* The built-in catalogue of NAME ("iso27001-2022", any case), or NULL. */
const struct catalogue *
catalogue_find(struct str name);
/* All of them: 27001 of 2022 and 2013, 27017, 27018. */
const struct catalogue *
catalogue_all(size_t *count);
/* By the id as the catalogue spells it (control_ref.h reads other spellings), or NULL. */
const struct control *
catalogue_control(const struct catalogue *catalogue, struct str id);
/* By id ("A.5") or short name ("organizational"), or NULL. */
const struct theme *
catalogue_theme(const struct catalogue *catalogue, struct str id);
/* The uppermost theme that CONTROL stands under, or NULL. */
const struct theme *
control_top_theme(const struct control *control);

/* Clauses 4 to 10 of ISO/IEC 27001:2022. */
const struct clause *
clause_all(size_t *count);
const struct clause *
clause_find(struct str id);
/* The top clause (4 to 10) of CLAUSE. */
const struct clause *
clause_top(const struct clause *clause);
/* Every item of documented information, by clause. */
const struct documented_information *
documented_information_all(size_t *count);
const char *
pdca_name(enum pdca pdca); /* "plan", "do", "check", "act" */

const struct framework *
framework_all(size_t *count);
const struct framework *
framework_find(struct str name);
/* The pairs of CONTROL; one of another edition or catalogue has none. */
struct mapping_list
framework_of_control(const struct framework *framework, const struct control *control);
struct mapping_list
framework_of_clause(const struct framework *framework, const struct clause *clause);

/* The ISO/IEC 27000 family, by id. */
const struct family_document *
family_all(size_t *count);
/* Inputs a to g of 9.3.2. */
const struct review_input *
review_input_all(size_t *count);
/* By name, also of a part ("audit-results"), or by item ("a", "d1"); NULL when there is none. */
const struct review_input *
review_input_find(struct str name);
const struct review_output *
review_output_all(size_t *count);
const struct treatment_option *
treatment_all(size_t *count);
/* By id or synonym, any case, or NULL. */
const struct treatment_option *
treatment_find(struct str word);

#endif
