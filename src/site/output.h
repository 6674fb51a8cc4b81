/* What is to be published: paths below out/ and their bytes. No two paths are equal, or differ only in case or
 * normalisation (on some file systems they are one file), and none is a folder of another.
 * Used by one thread. */
#ifndef ISMARK_SITE_OUTPUT_H
#define ISMARK_SITE_OUTPUT_H

#include "base/map.h"
#include "diag/diag.h"

struct output_file {
	struct str path;    /* below out/, normalised */
	struct str bytes;   /* unless it is a copy */
	struct str copy_of; /* file on disk, absolute and without links; empty: BYTES */
	struct str maker;   /* what it comes from, for messages: "policies/access.md", "the register of risks" */
	struct span span;   /* of what it comes from; may be without a file */
};

struct output {
	struct arena *arena;
	VEC(struct output_file) files; /* by path after output_sort() */
	struct map paths;              /* folded path -> what took it */
};

void
output_init(struct output *output, struct arena *arena);
/* Adds FILE, whose views are borrowed. False, with a finding (PUB001), when its place is taken. */
bool
output_add(struct output *output, const struct output_file *file, struct diag_list *diags);
/* Adds the file SOURCE below ROOT as PATH. False, with a finding (PUB004), when it is no regular file or
 * links lead out of ROOT. */
bool
output_add_copy(struct output *output, struct str path, struct str root, struct str source, struct diag_list *diags);
/* True when a file may be added at PATH. */
bool
output_is_free(const struct output *output, struct str path);
/* By path, byte order. */
void
output_sort(struct output *output);
/* The file at PATH, or NULL. */
const struct output_file *
output_find(const struct output *output, struct str path);

#endif
