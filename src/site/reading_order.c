#include "site/reading_order.h"

#include <stdlib.h>

/* Written ids first, then what is known by its path. */
static int
by_id(const void *a, const void *b)
{
	const struct record *one = *(const struct record *const *)a, *other = *(const struct record *const *)b;
	if (one->has_id != other->has_id)
		return one->has_id ? -1 : 1;
	int order = str_compare_natural(one->id, other->id);
	return order ? order : str_compare(one->subject, other->subject);
}

static void
sort(record_vec *records)
{
	if (records->count)
		qsort(records->items, records->count, sizeof *records->items, by_id);
}

static void
link_up(struct reading_order *order, const record_vec *records, struct arena *arena)
{
	for (size_t i = 0; i < records->count; i++) {
		struct neighbours *neighbours = arena_new(arena, struct neighbours);
		neighbours->previous = i > 0 ? records->items[i - 1] : NULL;
		neighbours->next = i + 1 < records->count ? records->items[i + 1] : NULL;
		map_put(arena, &order->neighbours, records->items[i]->page, neighbours);
	}
}

static record_vec
documents_of(const struct site *site, const struct kind *kind, struct arena *arena)
{
	record_vec documents = {0};
	for (size_t i = 0; i < site->documents.count; i++) {
		const struct document *document = site->documents.items[i];
		if (document->self->kind == kind && document->form != DOCUMENT_RECORD && document->page.size)
			vec_push(arena, &documents, document->self);
	}
	sort(&documents);
	return documents;
}

/* Of records with one id, the first has the page; SoA entries of the catalogue share those of their controls. */
static record_vec
records_of(const struct site *site, const struct kind *kind, struct arena *arena)
{
	record_vec records = {0};
	struct map seen = {0};
	const record_vec *all = &site->by_kind[kind->index];
	for (size_t i = 0; i < all->count; i++) {
		const struct record *record = all->items[i];
		if (!record->page.size || record->control || map_get(&seen, record->page))
			continue;
		map_put(arena, &seen, record->page, record->document);
		vec_push(arena, &records, record);
	}
	sort(&records);
	return records;
}

static bool
is_general(const struct kind *kind)
{
	return kind->index == KIND_page || kind->index == KIND_register;
}

void
reading_order_make(struct reading_order *order, const struct site *site, struct arena *arena)
{
	const struct schema *schema = site->schema;
	for (size_t i = 0; i < 2 * schema->kind_count; i++) {
		const struct kind *kind = schema->kinds[i % schema->kind_count];
		if (kind->form != FORM_DOCUMENT || is_general(kind) != (i >= schema->kind_count))
			continue;
		record_vec documents = documents_of(site, kind, arena);
		for (size_t k = 0; k < documents.count; k++)
			vec_push(arena, &order->documents, documents.items[k]);
		link_up(order, &documents, arena);
	}
	for (size_t i = 0; i < schema->kind_count; i++) {
		if (schema->kinds[i]->form != FORM_RECORD)
			continue;
		record_vec records = records_of(site, schema->kinds[i], arena);
		link_up(order, &records, arena);
	}
}

const struct neighbours *
reading_order_at(const struct reading_order *order, const struct record *record)
{
	static const struct neighbours alone = {0};
	const struct neighbours *found = map_get(&order->neighbours, record->page);
	return found ? found : &alone;
}
