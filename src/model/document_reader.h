/* From a file to a document: front matter, registers, Markdown. Many run side by side; each works in its
 * own arena and list of findings and shares only const data. */
#ifndef ISMARK_MODEL_DOCUMENT_READER_H
#define ISMARK_MODEL_DOCUMENT_READER_H

#include "model/config.h"
#include "model/record.h"

/* What filters do to the tree, and to the front matter (a map or NULL); runs before headings get their ids. What it
 * puts into the tree lives until its next call. */
typedef void (*document_filter)(void *context, struct document *document, struct node *tree, struct tree **front,
                                struct arena *arena, struct diag_list *diags);

struct document_options {
	const struct config *config;
	document_filter filter; /* may be NULL */
	void *filter_context;
};

enum { DOCUMENT_SIZE_MAX = 32 * 1024 * 1024 };

/* A source from bytes as they are on disk: byte order mark dropped, invalid UTF-8 repaired (FM007). */
struct source *
source_new(struct arena *arena, struct str path, struct str bytes, struct diag_list *diags);
/* True for the file names that document_read() takes: *.md, *.markdown, *.yaml, *.yml, *.csv. */
bool
document_is_input(struct str path);
/* Reads SOURCE; SIDECAR is the file beside a CSV register (`risks.csv.yaml`), else NULL. NULL when the
 * file turns out to be no document (YAML without a kind): then it is an asset. */
struct document *
document_read(const struct document_options *options, const struct source *source, const struct source *sidecar,
              struct arena *arena, struct diag_list *diags);

#endif
