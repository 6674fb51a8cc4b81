#include "diag/diag.h"

#include <stdlib.h>

#define ERROR   SEVERITY_ERROR
#define WARNING SEVERITY_WARNING
#define NOTE    SEVERITY_NOTE

static const struct rule_text rule_texts[] = {
#define RULE(code, severity, clause, title, explanation, bad, good) \
	[CODE_##code] = {#code, severity, clause, title, explanation, bad, good},
#include "diag/codes.def"
#undef RULE
};

const struct rule_text *
code_text(enum code code)
{
	return &rule_texts[code];
}

enum code
code_find(struct str name)
{
	for (int code = 0; code < CODE_COUNT; code++)
		if (str_equal_ignore_case(name, str_from(rule_texts[code].code)))
			return (enum code)code;
	return CODE_COUNT;
}

static const char *const severity_names[] = {"off", "note", "warning", "error"};

const char *
severity_name(enum severity severity)
{
	return severity_names[severity];
}

bool
severity_find(struct str name, enum severity *severity)
{
	for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		if (str_equal_ignore_case(name, str_from(severity_names[i]))) {
			*severity = (enum severity)i;
			return true;
		}
	}
	return false;
}

void
diag_list_init(struct diag_list *list, struct arena *arena)
{
	*list = (struct diag_list){.arena = arena};
}

struct diag *
diag_add(struct diag_list *list, enum code code, struct span span, struct str subject, const char *message, ...)
{
	struct diag *diag = arena_new(list->arena, struct diag);
	diag->code = code;
	diag->severity = rule_texts[code].severity;
	diag->span = span;
	diag->subject = subject.size || !span.source ? subject : span.source->path;
	va_list arguments;
	va_start(arguments, message);
	diag->message = str_vprintf(list->arena, message, arguments);
	va_end(arguments);
	vec_push(list->arena, &list->items, diag);
	return diag;
}

void
diag_hint(struct diag_list *list, struct diag *diag, const char *hint, ...)
{
	va_list arguments;
	va_start(arguments, hint);
	diag->hint = str_vprintf(list->arena, hint, arguments);
	va_end(arguments);
}

void
diag_relate(struct diag_list *list, struct diag *diag, struct span span, const char *message, ...)
{
	va_list arguments;
	va_start(arguments, message);
	struct str text = str_vprintf(list->arena, message, arguments);
	va_end(arguments);
	vec_push(list->arena, &diag->related, ((struct diag_related){span, text}));
}

void
diag_list_append(struct diag_list *list, const struct diag_list *from)
{
	for (size_t i = 0; i < from->items.count; i++)
		vec_push(list->arena, &list->items, from->items.items[i]);
}

static int
compare_number(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
compare_diags(const void *x, const void *y)
{
	const struct diag *a = *(struct diag *const *)x, *b = *(struct diag *const *)y;
	struct str no_path = {0};
	int order = str_compare(a->span.source ? a->span.source->path : no_path,
	                        b->span.source ? b->span.source->path : no_path);
	if (!order)
		order = compare_number(a->span.line, b->span.line);
	if (!order)
		order = compare_number(a->span.column, b->span.column);
	if (!order)
		order = str_compare(str_from(code_text(a->code)->code), str_from(code_text(b->code)->code));
	if (!order)
		order = str_compare_natural(a->subject, b->subject);
	return order ? order : str_compare(a->message, b->message);
}

void
diag_list_sort(struct diag_list *list)
{
	if (!list->items.count)
		return;
	qsort(list->items.items, list->items.count, sizeof *list->items.items, compare_diags);
	size_t kept = 1;
	for (size_t i = 1; i < list->items.count; i++)
		if (compare_diags(&list->items.items[kept - 1], &list->items.items[i]) != 0)
			list->items.items[kept++] = list->items.items[i];
	list->items.count = kept;
}
