/* Paths as text: '/' separated, relative to a root, never touching the disk. */
#ifndef ISMARK_BASE_PATH_H
#define ISMARK_BASE_PATH_H

#include "base/str.h"

/* A/B without doubled slashes; B alone when A is empty or B is absolute. */
struct str
path_join(struct arena *arena, struct str a, struct str b);
/* The folder part ("" for none), without trailing slash. */
struct str
path_folder(struct str path);
struct str
path_name(struct str path);
/* From the last dot of the name on, ".md"; "" for none or for a dot file. */
struct str
path_extension(struct str path);
/* The name without extension. */
struct str
path_stem(struct str path);
struct str
path_without_extension(struct str path);
/* "." and ".." folded; leading ".." stay and say that the path leaves its root. */
struct str
path_normalise(struct arena *arena, struct str path);
/* True when the normalised relative path climbs above its root. */
bool
path_leaves_root(struct str normalised);
/* The relative path that leads from the folder of FROM to TO (both relative to one root). */
struct str
path_relative(struct arena *arena, struct str from, struct str to);

#endif
