/* A project that starts: the files that `ismark init` writes, in memory. */
#ifndef ISMARK_CMD_START_H
#define ISMARK_CMD_START_H

#include "base/date.h"

struct start_file {
	struct str path;    /* below the new project */
	struct str content;
};

struct start {
	struct arena *arena;
	VEC(struct start_file) files;
	const char *failed; /* what could not be found or read */
};

/* Adds the files that lie beside the program in FOLDER ("content"), as files of TARGET; `dot-` at the start of a name stands
 * for a full stop. False, with errno and FAILED, when one cannot be read. */
bool
start_add_folder(struct start *start, struct str folder, struct str target);
/* Moves every date in the files and their names from the day FROM to TO; the SHA-256 of a file that changes with that is
 * corrected where another names it. */
void
start_shift(struct start *start, struct date from, struct date to);
/* Adds a Statement of Applicability with every control of the standard and no decision. */
void
start_add_soa(struct start *start, struct str path);

#endif
