/* Values inside the engine: lists with Python's kinds, maps, and what every part of a
 * render shares to read, compare and print them. Only src/site/template*.c include this. */
#ifndef ISMARK_SITE_TEMPLATE_VALUE_H
#define ISMARK_SITE_TEMPLATE_VALUE_H

#include "site/template.h"

enum list_kind {
	LIST_PLAIN,
	LIST_TUPLE,
	LIST_GROUP,    /* a pair from groupby: also .grouper and .list */
	LIST_RANGE,    /* measured and indexed, not printed */
	LIST_VIEW,     /* items(), keys(), values(): measured, not indexed nor printed */
	LIST_ITERATOR  /* iterated once, nothing else */
};

struct template_list {
	VEC(struct template_value) items;
	enum list_kind kind;
	bool is_used; /* an iterator that was iterated */
};

struct template_map {
	struct map entries; /* key → struct template_value in the arena */
};

enum undefined_kind {
	UNDEFINED_NAME,      /* name */
	UNDEFINED_ATTRIBUTE, /* name of object */
	UNDEFINED_ITEM,      /* an index that object does not have */
	UNDEFINED_OTHER,     /* name: the whole message */
	UNDEFINED_NOTHING    /* of an inline if without else: prints as nothing, tests false */
};

/* Why a value is undefined; what `as.internal` of TEMPLATE_UNDEFINED points to, or NULL.
 * The message is made only when it is needed: `is defined` is no mistake. */
struct undefined {
	enum undefined_kind kind;
	struct str name;
	struct template_value object;
};

struct template_value
template_list_of(struct arena *arena, enum list_kind kind);
struct template_value
template_pair(struct arena *arena, struct template_value a, struct template_value b);
bool
template_is_text(struct template_value value); /* string or html */
bool
template_is_nothing(struct template_value value); /* of an inline if without else */
bool
template_is_number(struct template_value value); /* bool, int, number */
double
template_as_number(struct template_value value); /* of one for which template_is_number() */
/* "a string", "a list": for messages. */
const char *
template_type_name(struct template_value value);

#endif
