#include "site/context.h"

static const struct context_variable variables[] = {
#define VARIABLE(owner, name, type, help) {owner, name, type, help},
#include "site/context.def"
#undef VARIABLE
};

size_t
context_variable_count(void)
{
	return sizeof variables / sizeof *variables;
}

const struct context_variable *
context_variable_at(size_t index)
{
	return &variables[index];
}
