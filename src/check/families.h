/* The families of rules, each in a file of its own; families.def lists them. Private to src/check/. */
#ifndef ISMARK_CHECK_FAMILIES_H
#define ISMARK_CHECK_FAMILIES_H

#include "check/check.h"

#define FAMILY(name) extern const struct check_family name##_family;
#include "check/families.def"
#undef FAMILY

#endif
