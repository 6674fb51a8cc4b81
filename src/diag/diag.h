/* Findings: codes, severities, and the list that every stage adds to. Nothing here prints. */
#ifndef ISMARK_DIAG_DIAG_H
#define ISMARK_DIAG_DIAG_H

#include "diag/span.h"

enum severity { SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

enum code {
#define RULE(code, ...) CODE_##code,
#include "diag/codes.def"
#undef RULE
	CODE_COUNT
};

/* What is known of a rule; one for each code, in static storage. */
struct rule_text {
	const char *code; /* "SOA003" */
	enum severity severity; /* default */
	const char *clause; /* of ISO/IEC 27001:2022 unless it names another; "" for none */
	const char *title; /* what is wrong, in a few words */
	const char *explanation;
	const char *bad, *good; /* examples, YAML or Markdown, lines end in \n */
};

const struct rule_text *
code_text(enum code code);
/* The code of NAME ("SOA003", any case), or CODE_COUNT. */
enum code
code_find(struct str name);
const char *
severity_name(enum severity severity); /* "off", "note", "warning", "error" */
/* False when NAME is none of them. */
bool
severity_find(struct str name, enum severity *severity);

struct diag_related {
	struct span span;
	struct str message;
};

struct diag {
	enum code code;
	enum severity severity; /* the code's default until the configuration is applied */
	struct span span;
	struct str subject; /* the record's id ("RISK-001", "SOA-001/A.5.1"), else the path */
	struct str message; /* one sentence, no full stop, lower-case start unless a name */
	struct str hint;    /* what to do, imperative; may be empty */
	VEC(struct diag_related) related;
	const char *suppressed_by; /* NULL, or what takes it out of the exit code */
};

/* Everything in it lives in ARENA. One list is used by one thread at a time. */
struct diag_list {
	struct arena *arena;
	VEC(struct diag *) items;
};

void
diag_list_init(struct diag_list *list, struct arena *arena);
/* Adds a finding and gives it for diag_hint() and diag_relate(). SUBJECT is borrowed. */
struct diag *
diag_add(struct diag_list *list, enum code code, struct span span, struct str subject, const char *message, ...)
	__attribute__((format(printf, 5, 6)));
void
diag_hint(struct diag_list *list, struct diag *diag, const char *hint, ...) __attribute__((format(printf, 3, 4)));
/* Shows the other end of the finding. */
void
diag_relate(struct diag_list *list, struct diag *diag, struct span span, const char *message, ...)
	__attribute__((format(printf, 4, 5)));
/* Appends the items of FROM, which must live as long as LIST. */
void
diag_list_append(struct diag_list *list, const struct diag_list *from);
/* By path, line, column, code, subject, message; findings without a file first. Equal ones collapse into one. */
void
diag_list_sort(struct diag_list *list);

#endif
