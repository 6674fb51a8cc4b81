/* Who may do what where: roles and persons by system, from their `permissions`. */
#include "site/report_page.h"

#include <stdlib.h>

enum { COLUMNS_MAX = 7, LISTED_FINDINGS = 20 };

struct system {
	struct str name;             /* as first written */
	const struct record *record; /* the asset of that id or title, or NULL */
};

struct matrix {
	record_vec parties; /* roles, then persons, that have permissions */
	VEC(struct system) systems;
	struct map seen;    /* system in lower case -> its index + 1 */
	struct map assets;  /* id and title in lower case -> asset */
};

static const struct value *
permissions_of(const struct record *party)
{
	return record_value(party, party->kind->index == KIND_role ? FIELD_role_permissions : FIELD_person_permissions);
}

/* ---- what there is ---- */

static void
learn_assets(const struct page_context *context, struct matrix *matrix)
{
	const record_vec *assets = site_records(context->pages->site, KIND_asset);
	for (size_t i = 0; i < assets->count; i++) {
		map_put(context->arena, &matrix->assets, str_lower(context->arena, assets->items[i]->id), (void *)assets->items[i]);
		map_put(context->arena, &matrix->assets, str_lower(context->arena, assets->items[i]->title), (void *)assets->items[i]);
	}
}

/* A system goes by the id or the title of its asset: both are one. */
static struct str
key_of(const struct page_context *context, const struct matrix *matrix, struct str name)
{
	struct str key = str_lower(context->arena, str_trim(name));
	const struct record *asset = map_get(&matrix->assets, key);
	return asset ? asset->subject : key;
}

static void
add_system(const struct page_context *context, struct matrix *matrix, struct str name)
{
	struct str key = key_of(context, matrix, name);
	if (map_get(&matrix->seen, key))
		return;
	struct system *system = vec_add(context->arena, &matrix->systems);
	system->name = name;
	system->record = map_get(&matrix->assets, str_lower(context->arena, str_trim(name)));
	map_put(context->arena, &matrix->seen, key, (void *)matrix->systems.count);
}

static void
add_parties(const struct page_context *context, struct matrix *matrix, int kind)
{
	record_vec parties = page_sorted(context, site_records(context->pages->site, kind));
	for (size_t i = 0; i < parties.count; i++) {
		const struct value *permissions = permissions_of(parties.items[i]);
		if (!permissions || !permissions->map->entries.count)
			continue;
		vec_push(context->arena, &matrix->parties, parties.items[i]);
		for (size_t k = 0; k < permissions->map->entries.count; k++)
			add_system(context, matrix, permissions->map->entries.items[k].key);
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct system *x = a, *y = b;
	int order = str_compare_natural(x->record ? x->record->title : x->name, y->record ? y->record->title : y->name);
	return order ? order : str_compare_natural(x->name, y->name);
}

/* By name, whatever the order in which roles name them. */
static void
sort_systems(const struct page_context *context, struct matrix *matrix)
{
	matrix->seen = (struct map){0};
	if (matrix->systems.count)
		qsort(matrix->systems.items, matrix->systems.count, sizeof *matrix->systems.items, by_name);
	for (size_t i = 0; i < matrix->systems.count; i++)
		map_put(context->arena, &matrix->seen, key_of(context, matrix, matrix->systems.items[i].name), (void *)(i + 1));
}

/* ---- values ---- */

static struct template_value
system_values(const struct page_context *context, const struct system *system)
{
	if (system->record)
		return page_record_link(context, system->record);
	return page_link(context, system->name, STR(""));
}

static struct template_value
party_values(const struct page_context *context, const struct record *party)
{
	struct template_value values = page_record_link(context, party), holders = template_list(context->arena);
	const struct value *holder = party->kind->index == KIND_role ? record_value(party, FIELD_role_holder) : NULL;
	for (size_t i = 0; i < value_count(holder); i++)
		template_push(context->arena, holders, page_value(context, value_item(holder, i)));
	page_put(context, values, "holders", holders);
	page_put(context, values, "is_vacant", template_bool(party->kind->index == KIND_role && !value_count(holder)));
	return values;
}

/* Permissions of PARTY in the system INDEX, as texts. */
static struct template_value
cell_values(const struct page_context *context, const struct matrix *matrix, const struct record *party, size_t index)
{
	struct template_value cell = template_list(context->arena);
	const struct value *permissions = permissions_of(party);
	for (size_t i = 0; i < permissions->map->entries.count; i++) {
		const struct map_entry *entry = &permissions->map->entries.items[i];
		const value_vec *rights = entry->value;
		if ((size_t)map_get(&matrix->seen, key_of(context, matrix, entry->key)) != index + 1)
			continue;
		for (size_t k = 0; k < rights->count; k++)
			template_push(context->arena, cell, template_string(rights->items[k].text));
	}
	return cell;
}

static struct template_value
heads(const struct page_context *context, const struct matrix *matrix, bool systems)
{
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < (systems ? matrix->systems.count : matrix->parties.count); i++)
		template_push(context->arena, list, systems ? system_values(context, &matrix->systems.items[i])
		                                            : party_values(context, matrix->parties.items[i]));
	return list;
}

/* {head, cells} of the row INDEX: a party's, or with TURNED a system's. */
static struct template_value
row_values(const struct page_context *context, const struct matrix *matrix, size_t index, bool turned)
{
	struct template_value row = template_map(context->arena), cells = template_list(context->arena);
	size_t count = turned ? matrix->parties.count : matrix->systems.count;
	for (size_t i = 0; i < count; i++)
		template_push(context->arena, cells, cell_values(context, matrix, matrix->parties.items[turned ? i : index], turned ? index : i));
	page_put(context, row, "head", turned ? system_values(context, &matrix->systems.items[index])
	                                      : party_values(context, matrix->parties.items[index]));
	page_put(context, row, "cells", cells);
	return row;
}

/* Findings about rights that do not go together: a reviewer of their own rights. */
static struct template_value
segregation(const struct page_context *context)
{
	const struct diag_list *findings = context->pages->findings;
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < findings->items.count && template_count(list) < LISTED_FINDINGS; i++)
		if (findings->items.items[i]->code == CODE_ACC006)
			template_push(context->arena, list, report_diag(context, findings->items.items[i]));
	return list;
}

static void
fill_page(struct page_context *context)
{
	struct matrix matrix = {0};
	struct template_value values = template_map(context->arena), rows = template_list(context->arena);
	learn_assets(context, &matrix);
	add_parties(context, &matrix, KIND_role);
	add_parties(context, &matrix, KIND_person);
	sort_systems(context, &matrix);
	bool turned = matrix.systems.count > COLUMNS_MAX && matrix.parties.count < matrix.systems.count;
	for (size_t i = 0; i < (turned ? matrix.systems.count : matrix.parties.count); i++)
		template_push(context->arena, rows, row_values(context, &matrix, i, turned));
	page_put(context, values, "is_turned", template_bool(turned));
	page_put(context, values, "columns", heads(context, &matrix, !turned));
	page_put(context, values, "rows", rows);
	page_put(context, values, "systems", template_int((int64_t)matrix.systems.count));
	page_put(context, values, "parties", template_int((int64_t)matrix.parties.count));
	page_put(context, values, "segregation", segregation(context));
	page_put(context, context->values, "permission", values);
}

static bool
any_permissions(const struct site *site, int kind)
{
	const record_vec *parties = site_records(site, kind);
	for (size_t i = 0; i < parties->count; i++)
		if (permissions_of(parties->items[i]))
			return true;
	return false;
}

void
permission_pages(struct pages *pages)
{
	if (any_permissions(pages->site, KIND_role) || any_permissions(pages->site, KIND_person))
		pages_add(pages, &(struct page){.path = STR("permission/index.html"), .template = "permission.html", .fill = fill_page,
		                                .title = pages_word(pages, "permission.title"), .section = "permission",
		                                .maker = STR("the matrix of permissions")});
}
