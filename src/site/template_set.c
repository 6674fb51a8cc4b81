#include "site/template_node.h"

void
template_set_init(struct template_set *set, struct arena *arena)
{
	*set = (struct template_set){.arena = arena};
}

/* TEXT with \n for \r\n and \r; TEXT itself when it has none. */
static struct str
normal_lines(struct arena *arena, struct str text)
{
	if (str_find_char(text, '\r', 0) == STR_NONE)
		return text;
	struct buf buf = {0};
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] != '\r')
			buf_add_char(&buf, text.data[i]);
		else if (i + 1 == text.size || text.data[i + 1] != '\n')
			buf_add_char(&buf, '\n');
	}
	return buf_take(&buf, arena);
}

bool
template_set_add(struct template_set *set, struct str name, const struct source *source, struct diag_list *diags)
{
	struct template *template = arena_new(set->arena, struct template);
	template->name = str_copy(set->arena, name);
	template->source = source;
	map_put(set->arena, &set->templates, template->name, template);
	if (source->text.size > UINT32_MAX / 2) {
		diag_add(diags, CODE_THM004, span_of_file(source), (struct str){0}, "template is too large");
		template->is_broken = true;
		return false;
	}
	template->normal = (struct source){source->path, normal_lines(set->arena, source->text)};
	template->is_broken = !template_parse(template, set->arena, diags);
	return !template->is_broken;
}

void
template_set_alias(struct template_set *set, struct str alias, struct str name)
{
	map_put(set->arena, &set->templates, str_copy(set->arena, alias), map_get(&set->templates, name));
}

static struct str
nearest_template(const struct template_set *set, struct str name)
{
	str_vec names = {0};
	for (size_t i = 0; i < set->templates.entries.count; i++)
		vec_push(set->arena, &names, set->templates.entries.items[i].key);
	return str_nearest(name, names.items, names.count);
}

static bool
fail_missing(struct template_set *set, struct template *template, const struct statement *link,
             struct diag_list *diags)
{
	struct span span = template_span(template, link->from, link->to);
	struct diag *diag = diag_add(diags, CODE_THM003, span, (struct str){0}, "there is no template `%.*s`",
	                             STR_ARG(link->name));
	struct str near = nearest_template(set, link->name);
	if (near.size)
		diag_hint(diags, diag, "did you mean `%.*s`?", STR_ARG(near));
	template->is_broken = true;
	return false;
}

static bool
link_template(struct template_set *set, struct template *template, struct diag_list *diags)
{
	bool is_linked = true;
	for (size_t i = 0; i < template->links.count; i++) {
		struct statement *link = template->links.items[i];
		link->included = map_get(&set->templates, link->name);
		if (!link->included && !link->ignore_missing)
			is_linked = fail_missing(set, template, link, diags);
		if (link == template->extends)
			template->parent = link->included;
	}
	return is_linked;
}

/* The parents come to an end before the limit, which a template that extends itself never does. */
static bool
check_parents(struct template *template, struct diag_list *diags)
{
	size_t count = 0;
	for (const struct template *t = template; t; t = t->parent)
		if (++count > TEMPLATE_INHERIT_MAX) {
			struct span span = template_span(template, template->extends->from, template->extends->to);
			diag_add(diags, CODE_THM004, span, (struct str){0},
			         "`%.*s` extends itself, or more than %d templates in a row", STR_ARG(template->name),
			         TEMPLATE_INHERIT_MAX);
			template->is_broken = true;
			return false;
		}
	return true;
}

bool
template_set_link(struct template_set *set, struct diag_list *diags)
{
	bool is_linked = true;
	const struct map *templates = &set->templates;
	for (size_t i = 0; i < templates->entries.count; i++)
		is_linked &= link_template(set, templates->entries.items[i].value, diags);
	for (size_t i = 0; i < templates->entries.count; i++)
		is_linked &= check_parents(templates->entries.items[i].value, diags);
	return is_linked;
}

bool
template_set_has(const struct template_set *set, struct str name)
{
	return map_get(&set->templates, name) != NULL;
}
