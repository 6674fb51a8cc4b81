/* What every unit test includes: cmocka needs these four before it. */
#ifndef ISMARK_TESTS_UNIT_H
#define ISMARK_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
