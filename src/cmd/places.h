/* What comes with the program. */
#ifndef ISMARK_CMD_PLACES_H
#define ISMARK_CMD_PLACES_H

#include "base/str.h"

/* NAME ("themes/default") beside the program: in its folder when it was built there, else in ../share/ismark, where
 * `make install` puts it. Empty when neither has it. */
struct str
program_file(struct arena *arena, struct str name);

#endif
