/* YAML (1.1, by libyaml's events) into a tree with positions. Directives, anchors, aliases
 * and tags are refused; depth, size and number of nodes are limited. */
#ifndef ISMARK_TEXT_YAML_H
#define ISMARK_TEXT_YAML_H

#include "text/tree.h"

enum { YAML_DEPTH_MAX = 64, YAML_SIZE_MAX = 16 * 1024 * 1024, YAML_NODES_MAX = 1000000 };

/* Reads the bytes [FROM, TO) of SOURCE, whose first line is FIRST_LINE of the file. Positions are those
 * of the file. Findings (FM family) go to DIAGS. Gives what could be read up to the first syntax error,
 * which sets *BROKEN: then absences mean nothing. NULL when there is no node at all. */
struct tree *
yaml_read(struct arena *arena, const struct source *source, size_t from, size_t to, uint32_t first_line,
          struct diag_list *diags, bool *broken);

#endif
