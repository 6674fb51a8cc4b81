/* SOA: hand-kept tables of totals beside the entries, compared with what the entries say. A table is one of
 * totals when at least two of its rows or columns are named after states (`Implemented`, `Excluded` …) and the
 * other side is named after themes or totals. Every other table is left alone. */
#include "check/soa_rules.h"

enum measure_type { MEASURE_NONE, MEASURE_ALL, MEASURE_APPLICABLE, MEASURE_EXCLUDED, MEASURE_STATUS };

/* What a row or column counts: the entries of THEME (NULL: any) that TYPE selects. */
struct measure {
	enum measure_type type;
	int status; /* of MEASURE_STATUS */
	const struct theme *theme;
};

struct measure_word {
	const char *text;
	enum measure_type type;
	int status;
};

static const struct measure_word words[] = {
	{"total", MEASURE_ALL, 0},
	{"totals", MEASURE_ALL, 0},
	{"total controls", MEASURE_ALL, 0},
	{"controls", MEASURE_ALL, 0},
	{"all", MEASURE_ALL, 0},
	{"all controls", MEASURE_ALL, 0},
	{"number of controls", MEASURE_ALL, 0},
	{"number", MEASURE_ALL, 0},
	{"count", MEASURE_ALL, 0},
	{"sum", MEASURE_ALL, 0},
	{"applicable", MEASURE_APPLICABLE, 0},
	{"applicable controls", MEASURE_APPLICABLE, 0},
	{"total applicable", MEASURE_APPLICABLE, 0},
	{"applied", MEASURE_APPLICABLE, 0},
	{"included", MEASURE_APPLICABLE, 0},
	{"not applicable", MEASURE_EXCLUDED, 0},
	{"not applicable controls", MEASURE_EXCLUDED, 0},
	{"not applied", MEASURE_EXCLUDED, 0},
	{"excluded", MEASURE_EXCLUDED, 0},
	{"excluded controls", MEASURE_EXCLUDED, 0},
	{"n a", MEASURE_EXCLUDED, 0},
	{"implemented", MEASURE_STATUS, CHOICE_soa_status_implemented},
	{"fully implemented", MEASURE_STATUS, CHOICE_soa_status_implemented},
	{"partial", MEASURE_STATUS, CHOICE_soa_status_partial},
	{"partially implemented", MEASURE_STATUS, CHOICE_soa_status_partial},
	{"in progress", MEASURE_STATUS, CHOICE_soa_status_partial},
	{"planned", MEASURE_STATUS, CHOICE_soa_status_planned},
	{"not started", MEASURE_STATUS, CHOICE_soa_status_not_started},
	{"not implemented", MEASURE_STATUS, CHOICE_soa_status_not_started},
};

/* ---- what a row or column is named after ---- */

/* True when FOLDED holds the words of ID: "a 5" in "organizational a 5 x". */
static bool
holds_id(struct arena *arena, struct str folded, struct str id)
{
	struct str padded = str_printf(arena, " %.*s ", STR_ARG(folded));
	return str_contains(padded, str_printf(arena, " %.*s ", STR_ARG(soa_fold(arena, id))));
}

/* By id, by title, or by the first letters of the short name, which two spellings of English share. */
static const struct theme *
theme_named(const struct check *check, struct str folded)
{
	enum { SHARED = 6 };
	const struct catalogue *catalogue = check->site->catalogue;
	for (size_t i = 0; i < catalogue->theme_count; i++) {
		const struct theme *theme = &catalogue->themes[i];
		bool by_name = theme->name.size >= SHARED
		               && str_starts_with(folded, str_slice(theme->name, 0, SHARED));
		if (by_name || holds_id(check->arena, folded, theme->id)
		    || str_equal(folded, soa_fold(check->arena, theme->title)))
			return theme;
	}
	return NULL;
}

static struct measure
measure_named(const struct check *check, struct str text)
{
	struct str folded = soa_fold(check->arena, text);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal(folded, str_from(words[i].text)))
			return (struct measure){words[i].type, words[i].status, NULL};
	return (struct measure){MEASURE_NONE, 0, folded.size ? theme_named(check, folded) : NULL};
}

static bool
counts_state(const struct measure *measure)
{
	return measure->type > MEASURE_ALL;
}

static bool
is_recognised(const struct measure *measure)
{
	return measure->type != MEASURE_NONE || measure->theme;
}

/* What the cell where ROW and COLUMN meet counts; false when that is not said. */
static bool
measure_join(const struct measure *row, const struct measure *column, struct measure *cell)
{
	if (!is_recognised(row) || !is_recognised(column) || (counts_state(row) && counts_state(column)))
		return false;
	*cell = counts_state(row) ? *row : *column;
	cell->theme = row->theme ? row->theme : column->theme;
	return cell->type != MEASURE_NONE;
}

/* ---- counting ---- */

static bool
is_of_theme(const struct record *entry, const struct theme *theme)
{
	const struct theme *own = entry->control ? entry->control->theme : NULL;
	while (own && own != theme)
		own = own->parent;
	return own == theme;
}

static bool
is_counted(const struct record *entry, const struct measure *measure)
{
	if (measure->theme && !is_of_theme(entry, measure->theme))
		return false;
	switch (measure->type) {
	case MEASURE_ALL: return true;
	case MEASURE_APPLICABLE: return soa_is_applicable(entry) == 1;
	case MEASURE_EXCLUDED: return soa_is_applicable(entry) == 0;
	case MEASURE_STATUS:
		return soa_is_applicable(entry) == 1 && record_choice(entry, FIELD_soa_status) == measure->status;
	case MEASURE_NONE: break;
	}
	return false;
}

static int64_t
count_entries(const struct document *document, const struct measure *measure)
{
	int64_t count = 0;
	for (size_t i = 0; i < document->records.count; i++)
		count += is_counted(document->records.items[i], measure);
	return count;
}

/* "72", "72 (77 %)"; not "77 %". */
static bool
cell_number(struct str text, int64_t *number)
{
	size_t digits = 0;
	while (digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9')
		digits++;
	struct str rest = str_trim(str_from_index(text, digits));
	return digits > 0 && digits < 7 && (rest.size == 0 || rest.data[0] == '(')
	       && str_to_int(str_slice(text, 0, digits), number);
}

static void
check_cell(const struct check *check, const struct document *document, const struct cell *cell,
           const struct measure *measure)
{
	int64_t stated, counted = count_entries(document, measure);
	bool incomplete = document->records.count < check->site->catalogue->control_count;
	if (!cell_number(cell->text, &stated) || stated == counted || (measure->type == MEASURE_ALL && incomplete))
		return; /* what is missing is SOA001's */
	struct diag *diag = diag_add(check->diags, CODE_SOA024, cell->span, document->self->subject,
	                             "the table says %lld, but the entries come to %lld", (long long)stated,
	                             (long long)counted);
	diag_hint(check->diags, diag, "correct the number, or leave the table out: the SoA's page counts the entries");
	diag_relate(check->diags, diag, document->entries, "the entries");
}

/* ---- tables ---- */

struct axis {
	struct measure *measures;
	size_t count, states;
};

static void
axis_set(struct axis *axis, size_t index, struct measure measure)
{
	axis->measures[index] = measure;
	axis->states += counts_state(&measure);
}

static void
check_table(const struct check *check, const struct document *document, const struct table *table)
{
	struct axis rows = {arena_array(check->arena, struct measure, table->rows.count), table->rows.count, 0};
	struct axis columns = {arena_array(check->arena, struct measure, table->header.cells.count),
	                       table->header.cells.count, 0};
	for (size_t i = 0; i < rows.count; i++)
		axis_set(&rows, i, measure_named(check, table->rows.items[i].cells.items[0].text));
	for (size_t i = 1; i < columns.count; i++)
		axis_set(&columns, i, measure_named(check, table->header.cells.items[i].text));
	if (rows.states < 2 && columns.states < 2)
		return;
	for (size_t i = 0; i < rows.count; i++) {
		for (size_t j = 1; j < columns.count && j < table->rows.items[i].cells.count; j++) {
			struct measure measure;
			if (measure_join(&rows.measures[i], &columns.measures[j], &measure))
				check_cell(check, document, &table->rows.items[i].cells.items[j], &measure);
		}
	}
}

/* How many small tables of a document are looked at: each costs a walk over the entries. */
enum { TABLES = 50 };

/* A table of totals is small: longer or wider ones are registers. */
static bool
may_be_totals(const struct table *table)
{
	return table->header.cells.count >= 2 && table->header.cells.count <= 12 && table->rows.count <= 24
	       && table->rows.count > 0;
}

void
soa_totals(const struct check *check, const struct record *none)
{
	(void)none;
	for (size_t i = 0; i < check->site->documents.count; i++) {
		const struct document *document = check->site->documents.items[i];
		if (!document_is_soa(document) || !document->facts || document->broken || document->records.count == 0)
			continue;
		size_t checked = 0;
		for (size_t j = 0; j < document->facts->tables.count && checked < TABLES; j++) {
			if (!may_be_totals(&document->facts->tables.items[j]))
				continue;
			check_table(check, document, &document->facts->tables.items[j]);
			checked++;
		}
	}
}
