#include "catalogue/catalogue.h"

#include "catalogue/data.inc"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

const struct catalogue *
catalogue_all(size_t *count)
{
	*count = COUNT_OF(catalogues);
	return catalogues;
}

const struct catalogue *
catalogue_find(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(catalogues); i++)
		if (str_equal_ignore_case(catalogues[i].name, name))
			return &catalogues[i];
	return NULL;
}

/* Binary search in a table of SIZE-byte rows that start with their id, in natural order; NULL when there is none. */
static const void *
find_row(const void *table, size_t count, size_t size, struct str id)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const void *row = (const char *)table + middle * size;
		int order = str_compare_natural(id, *(const struct str *)row);
		if (!order)
			return row;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct control *
catalogue_control(const struct catalogue *catalogue, struct str id)
{
	return find_row(catalogue->controls, catalogue->control_count, sizeof *catalogue->controls, id);
}

const struct theme *
catalogue_theme(const struct catalogue *catalogue, struct str id)
{
	const struct theme *theme = find_row(catalogue->themes, catalogue->theme_count, sizeof *catalogue->themes, id);
	for (size_t i = 0; !theme && i < catalogue->theme_count; i++)
		if (catalogue->themes[i].name.size && str_equal_ignore_case(catalogue->themes[i].name, id))
			theme = &catalogue->themes[i];
	return theme;
}

const struct theme *
control_top_theme(const struct control *control)
{
	const struct theme *theme = control->theme;
	while (theme && theme->parent)
		theme = theme->parent;
	return theme;
}

const struct clause *
clause_all(size_t *count)
{
	*count = COUNT_OF(clauses);
	return clauses;
}

const struct clause *
clause_find(struct str id)
{
	return find_row(clauses, COUNT_OF(clauses), sizeof *clauses, id);
}

const struct clause *
clause_top(const struct clause *clause)
{
	while (clause->parent)
		clause = clause->parent;
	return clause;
}

const struct documented_information *
documented_information_all(size_t *count)
{
	*count = COUNT_OF(documented_information);
	return documented_information;
}

const char *
pdca_name(enum pdca pdca)
{
	static const char *const names[PDCA_COUNT] = {"plan", "do", "check", "act"};
	return names[pdca];
}

const struct framework *
framework_all(size_t *count)
{
	*count = COUNT_OF(frameworks);
	return frameworks;
}

const struct framework *
framework_find(struct str name)
{
	for (size_t i = 0; i < COUNT_OF(frameworks); i++)
		if (str_equal_ignore_case(frameworks[i].name, name))
			return &frameworks[i];
	return NULL;
}

/* Where a pair's control or clause stands in its table: pairs are sorted by it. */
static size_t
mapping_position(const struct mapping *mapping)
{
	return mapping->control ? (size_t)(mapping->control - mapping->control->catalogue->controls)
	                        : (size_t)(mapping->clause - clauses);
}

/* The run of pairs at POSITION. */
static struct mapping_list
mapping_run(struct mapping_list all, size_t position)
{
	size_t low = 0, high = all.count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (mapping_position(&all.items[middle]) < position)
			low = middle + 1;
		else
			high = middle;
	}
	size_t end = low;
	while (end < all.count && mapping_position(&all.items[end]) == position)
		end++;
	return (struct mapping_list){all.items + low, end - low};
}

struct mapping_list
framework_of_control(const struct framework *framework, const struct control *control)
{
	if (!framework->controls.count || control->catalogue != framework->controls.items[0].control->catalogue)
		return (struct mapping_list){0};
	return mapping_run(framework->controls, (size_t)(control - control->catalogue->controls));
}

struct mapping_list
framework_of_clause(const struct framework *framework, const struct clause *clause)
{
	return mapping_run(framework->clauses, (size_t)(clause - clauses));
}

const struct family_document *
family_all(size_t *count)
{
	*count = COUNT_OF(family);
	return family;
}

const struct review_input *
review_input_all(size_t *count)
{
	*count = COUNT_OF(review_inputs);
	return review_inputs;
}

/* INPUT itself, or the one of its parts, that NAME names. */
static const struct review_input *
review_input_within(const struct review_input *input, struct str name)
{
	if (str_equal_ignore_case(input->name, name) ||
	    str_equal_ignore_case((struct str){&input->item, 1}, name))
		return input;
	for (size_t i = 0; i < input->part_count; i++) {
		const char item[2] = {input->item, input->parts[i].item};
		if (str_equal_ignore_case(input->parts[i].name, name) ||
		    str_equal_ignore_case((struct str){item, 2}, name))
			return &input->parts[i];
	}
	return NULL;
}

const struct review_input *
review_input_find(struct str name)
{
	const struct review_input *found = NULL;
	for (size_t i = 0; i < COUNT_OF(review_inputs) && !found; i++)
		found = review_input_within(&review_inputs[i], name);
	return found;
}

const struct review_output *
review_output_all(size_t *count)
{
	*count = COUNT_OF(review_outputs);
	return review_outputs;
}

const struct treatment_option *
treatment_all(size_t *count)
{
	*count = COUNT_OF(treatments);
	return treatments;
}

static bool
treatment_answers_to(const struct treatment_option *option, struct str word)
{
	bool found = str_equal_ignore_case(option->id, word);
	for (size_t i = 0; i < option->synonyms.count && !found; i++)
		found = str_equal_ignore_case(option->synonyms.items[i], word);
	return found;
}

const struct treatment_option *
treatment_find(struct str word)
{
	for (size_t i = 0; i < COUNT_OF(treatments); i++)
		if (treatment_answers_to(&treatments[i], word))
			return &treatments[i];
	return NULL;
}
