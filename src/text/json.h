/* JSON (RFC 8259, by jansson) into a tree with positions. Text as YAML's scalars: numbers as written, `true`, `null`.
 * Nothing is reported here: the caller says what the file was for. */
#ifndef ISMARK_TEXT_JSON_H
#define ISMARK_TEXT_JSON_H

#include "text/tree.h"

enum { JSON_DEPTH_MAX = 64, JSON_SIZE_MAX = 16 * 1024 * 1024 };

struct json_error {
	struct span span;
	struct str message; /* "'}' expected near end of file" */
};

/* The whole of SOURCE as one value. NULL with *ERROR when it is none, holds a key twice, or is nested too deep. */
struct tree *
json_read(struct arena *arena, const struct source *source, struct json_error *error);

#endif
