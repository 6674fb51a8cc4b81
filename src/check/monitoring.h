/* Monitoring results: the JSON attachment of an evidence record that a script wrote, with the checks it made. */
#ifndef ISMARK_CHECK_MONITORING_H
#define ISMARK_CHECK_MONITORING_H

#include "model/site.h"

enum check_result { CHECK_PASSED, CHECK_FAILED, CHECK_SKIPPED, CHECK_RESULT_COUNT };

/* What one probe found. Texts are as written, empty when absent. */
struct monitored_check {
	struct str id, name;
	enum check_result result;
	struct str at;                /* RFC 3339, empty: when the results were collected */
	struct str value, unit, limit, details;
	VEC(const struct control *) controls;
	struct span span;             /* of its `status` */
};

struct monitoring {
	const struct source *source;
	struct datetime collected_at;
	struct span collected_span;   /* of `collected_at` */
	struct str collector, from, to;
	VEC(struct monitored_check) checks;
	size_t counts[CHECK_RESULT_COUNT];
	bool is_broken;               /* something could not be read: what is absent may stand there */
};

/* "passed", "failed", "skipped" */
const char *
check_result_name(enum check_result result);
/* The results that lie in the attachment of EVIDENCE; NULL when it has none: no attachment, no JSON, JSON of another kind
 * than `monitoring`, or nothing that could be read. What is wrong with them goes to DIAGS, unless NULL (EVD014, EVD015,
 * EVD019). Reads the file. */
const struct monitoring *
monitoring_read(struct arena *arena, const struct site *site, const struct record *evidence, struct diag_list *diags);
/* The path of the attachment of EVIDENCE from the content root; empty when it has none there. */
struct str
evidence_attachment(struct arena *arena, const struct site *site, const struct record *evidence);

#endif
