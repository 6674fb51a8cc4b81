/* The moment at which the new site takes the old one's place. Only publish*.c include this. */
#ifndef ISMARK_SITE_PUBLISH_SWAP_H
#define ISMARK_SITE_PUBLISH_SWAP_H

#include "site/publish.h"

struct publication {
	struct arena arena; /* for paths; ends with the publication */
	struct diag_list *diags;
	const char *out, *folder, *stage; /* OUT, the folder that holds it, the staged tree in that folder */
	struct str prefix;                /* of the names of staged trees */
	struct str staged_folder;         /* the one made last, below STAGE */
	bool exists;                      /* something stands at OUT */
};

/* Puts the staged tree at OUT. Afterwards STAGE is absent or holds what is to be thrown away. */
bool
publish_swap(struct publication *publication, const struct output *output);
/* Adds PUB003 with errno's reason; false. */
bool
publish_failed(struct publication *publication, const char *operation, const char *path);
/* FOLDER/PATH, NUL-terminated. */
const char *
publish_path(struct publication *publication, const char *folder, struct str path);

#endif
