#include "site/page_terms.h"

#include "site/page_values.h"

#include <string.h>

struct str
page_label(struct arena *arena, const char *name)
{
	char *label = arena_copy(arena, name, strlen(name));
	for (char *c = label; *c; c++)
		*c = *c == '_' || *c == '-' ? ' ' : *c;
	if (label[0] >= 'a' && label[0] <= 'z')
		label[0] = (char)(label[0] - 'a' + 'A');
	return str_from(label);
}

/* The entry NAME of MAP; undefined when MAP is no map. */
static struct template_value
entry(struct template_value map, struct str name)
{
	return map.type == TEMPLATE_MAP ? template_get(map, name) : (struct template_value){0};
}

static struct template_value
terms(const struct words_language *language, struct str area)
{
	return entry(entry(language->values, STR("terms")), area);
}

/* ---- kinds ---- */

static struct str
kind_form(const struct words_language *language, struct arena *arena, const struct kind *kind, struct str form, const char *english)
{
	struct template_value word = entry(entry(terms(language, STR("kind")), str_from(kind->name)), form);
	return word.type == TEMPLATE_STRING ? word.as.text : page_label(arena, english);
}

struct str
page_kind_one(const struct page_context *context, const struct kind *kind)
{
	return kind_form(context->language, context->arena, kind, STR("one"), kind->index == KIND_soa ? "SoA entry" : kind->name);
}

/* The entries of the SoA make one statement. */
static const char *
plural_of(const struct kind *kind)
{
	return kind->index == KIND_soa ? "Statement of Applicability" : kind->plural;
}

struct str
page_kind_other(const struct page_context *context, const struct kind *kind)
{
	return kind_form(context->language, context->arena, kind, STR("other"), plural_of(kind));
}

struct str
pages_kind_other(const struct pages *pages, const struct kind *kind)
{
	return kind_form(pages->language, pages->arena, kind, STR("other"), plural_of(kind));
}

struct str
page_kind_help(const struct page_context *context, const struct kind *kind)
{
	return page_phrase(context, str_from(kind->help));
}

/* ---- fields and values ---- */

struct str
page_field_label(const struct page_context *context, const struct kind *kind, const struct field *field)
{
	struct str name = str_from(field->name);
	struct template_value label = entry(entry(terms(context->language, STR("field_of")), str_from(kind->name)), name);
	if (label.type != TEMPLATE_STRING)
		label = entry(terms(context->language, STR("field")), name);
	return label.type == TEMPLATE_STRING ? label.as.text : page_label(context->arena, field->name);
}

struct str
page_field_help(const struct page_context *context, const struct field *field)
{
	return page_phrase(context, str_from(field->help));
}

struct str
page_choice(const struct page_context *context, const char *choice)
{
	struct template_value word = entry(terms(context->language, STR("value")), str_from(choice));
	return word.type == TEMPLATE_STRING ? word.as.text : str_from(choice);
}

struct str
page_phrase(const struct page_context *context, struct str english)
{
	struct template_value phrase = entry(terms(context->language, STR("text")), english);
	return phrase.type == TEMPLATE_STRING ? phrase.as.text : english;
}

struct str
page_name(const struct page_context *context, const char *area, const char *key)
{
	struct template_value word = entry(entry(context->language->values, str_from(area)), str_from(key));
	return word.type == TEMPLATE_STRING ? word.as.text : str_from(key);
}

struct str
page_gap(const struct page_context *context, const struct path_gap *gap)
{
	static const char *const others[] = {[GAP_NO_DAY] = "no_day", [GAP_LATE_DAY] = "late_day", [GAP_NO_AUDIT] = "no_audit"};
	if (gap->type != GAP_ITEM)
		return page_name(context, "gap", others[gap->type]);
	struct str title = page_phrase(context, str_from(gap->item->rule->title));
	return str_printf(context->arena, "%.*s: %.*s", STR_ARG(title),
	                  STR_ARG(page_name(context, "status", readiness_state_name(gap->item->state))));
}

struct str
page_number(const struct page_context *context, double number)
{
	struct buf digits = {0}, text = {0};
	struct template_value sign = page_word(context, "number.decimal");
	buf_add_number(&digits, number);
	struct str rest = buf_str(&digits), part;
	str_split(&rest, '.', &part);
	buf_add_str(&text, part);
	if (rest.size) {
		buf_add_str(&text, sign.as.text);
		buf_add_str(&text, rest);
	}
	buf_release(&digits);
	return buf_take(&text, context->arena);
}
