/* The site: every document and record, joined. Made by site_join(); const from then on. */
#ifndef ISMARK_MODEL_SITE_H
#define ISMARK_MODEL_SITE_H

#include "base/map.h"
#include "model/config.h"
#include "model/record.h"

typedef VEC(const struct record *) record_vec;

/* Everything that meets at one control of a catalogue. Lists are in order of path and line. */
struct control_state {
	const struct control *control;
	const struct record *soa;      /* its entry (the first one), or NULL */
	record_vec soa_duplicates;     /* further entries */
	record_vec risks;              /* risks that name it in `controls` or whose soa.risks link names them, live or not */
	record_vec existing_risks;     /* risks that name it in `existing_controls` */
	record_vec requirements;
	record_vec documents;          /* self records of documents whose `controls` name it, or that its SoA entry names */
	record_vec controls;           /* own control records that implement it */
	record_vec evidence;
	record_vec findings;
	record_vec exceptions;
	record_vec audits;
	record_vec suppliers;
	VEC(struct backlink) backlinks; /* everything that names it, also in prose */
	bool reasons[CHOICE_COUNT_reason]; /* derived from the links: live risk, legal/regulatory, contractual, business requirement */
};

/* What an SoA entry says, in the six words of the legend. */
enum soa_state { SOA_YES, SOA_PARTIAL, SOA_NO, SOA_NOT_APPLICABLE, SOA_NOT_CHECKED, SOA_NO_EVIDENCE_EXPECTED, SOA_STATE_COUNT };

/* A file that is no document: copied as it is. */
struct asset_file {
	struct str path; /* relative to the content root */
	bool linked;
};

struct site {
	struct arena *arena;
	const struct config *config;
	const struct schema *schema;
	const struct catalogue *catalogue;
	struct date today;
	struct str root;                    /* content root on disk */
	VEC(struct document *) documents;   /* by path */
	record_vec *by_kind;                /* by kind->index: records of record kinds, selfs of document kinds */
	struct map ids;                     /* id -> struct record * */
	struct map broken_words;            /* what stands in documents that could not be read whole, see site_may_hold() */
	struct map titles;                  /* lower-case title -> struct record *, NULL-marked when not unique */
	struct map pages;                   /* content path -> struct document * */
	VEC(struct asset_file) assets;
	struct map asset_paths;             /* path -> struct asset_file * */
	struct control_state *controls;     /* parallel to catalogue->controls */
};

/* The records of a kind: site_records(site, KIND_risk). */
const record_vec *
site_records(const struct site *site, int kind);
const struct record *
site_find(const struct site *site, struct str id);
/* True when documents that could not be read whole hold every word of ID: what looks absent may stand behind their
 * error, which is the one finding. Rules that conclude from an absence elsewhere ask this. */
bool
site_may_hold(const struct site *site, struct str id);
/* Adds the words of TEXT to WORDS: letters, digits and `.` `_` `-` between them. */
void
site_collect_words(struct map *words, struct str text, struct arena *arena);
/* The state of a control of the primary catalogue; NULL for another's. */
const struct control_state *
site_control(const struct site *site, const struct control *control);
/* Whether the entry says that the control applies: -1 no entry or undecided, 0 no, 1 yes. The status
 * "not applicable" says so too when `applicable` is absent. */
int
soa_is_applicable(const struct record *soa);
enum soa_state
soa_state(const struct site *site, const struct control_state *state);
const char *
soa_state_name(enum soa_state state); /* "yes", "partial", "no", "not applicable", "not checked", "no evidence expected" */
/* The day until which evidence counts: collected_on + valid_for (or the default). */
struct date
evidence_valid_until(const struct site *site, const struct record *evidence);
/* next_review, else reviewed_on/approved_on + review_every (or the default); not set when neither is known. */
struct date
document_next_review(const struct site *site, const struct record *self);
/* True when PERSON_OR_ROLE is OTHER, holds it or is held by it (a role and its holder are one when duties are compared). */
bool
same_party(const struct record *person_or_role, const struct record *other);
/* Who answers for the record: its `owner` field whatever the kind, or NULL. */
const struct value *
record_owner(const struct record *record);

/* Joins PARSED documents: ids, references, backlinks, controls, risk states. Findings of the
 * families ID and REF go to DIAGS. */
void
site_join(struct site *site, struct diag_list *diags);

enum link_kind { LINK_NONE, LINK_EXTERNAL, LINK_DOCUMENT, LINK_RECORD, LINK_CONTROL, LINK_ASSET, LINK_UNSAFE };

struct link_target {
	enum link_kind kind;
	const struct document *document;
	const struct record *record;
	const struct control *control;
	struct str path;     /* page or asset below out/; URL of an external one */
	struct str fragment; /* without '#' */
	bool fragment_found; /* true also when there is none */
};

/* Where a mention in DOCUMENT leads. LINK_NONE for a target that does not exist, or a token that is no id. */
struct link_target
site_resolve(const struct site *site, const struct document *document, const struct mention *mention,
             struct arena *arena);

#endif
