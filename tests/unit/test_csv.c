/* CSV: separators, quotes, line breaks in fields, places, misfits. */
#include "unit.h"

#include <string.h>

#include "text/csv.h"

static struct arena arena;
static struct diag_list diags;

static int
set_up(void **state)
{
	(void)state;
	diag_list_init(&diags, &arena);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static const struct table *
read(const char *text)
{
	struct source *source = arena_new(&arena, struct source);
	*source = (struct source){STR("test.csv"), str_from(text)};
	return csv_read(&arena, source, &diags);
}

static void
assert_cell(const struct row *row, size_t column, const char *wanted)
{
	struct str text = row->cells.items[column].text;
	assert_int_equal(text.size, strlen(wanted));
	assert_memory_equal(text.data, wanted, text.size);
}

static void
test_quotes_hold_separators_and_breaks(void **state)
{
	(void)state;
	const struct table *table = read("id,title\r\nR-1,\"Theft, \"\"loss\"\"\r\nand fire\"\r\nR-2,Flood\r\n");
	assert_int_equal(table->rows.count, 2);
	assert_cell(&table->rows.items[0], 1, "Theft, \"loss\"\r\nand fire");
	assert_cell(&table->rows.items[1], 0, "R-2");
	assert_int_equal(table->rows.items[1].cells.items[0].span.line, 4);
	assert_int_equal(diags.items.count, 0);
}

static void
test_the_header_tells_the_separator(void **state)
{
	(void)state;
	assert_cell(&read("id;title, long;owner\nR-1;a, b;X\n")->rows.items[0], 1, "a, b");
	assert_cell(&read("id\ttitle\nR-1\tx, y; z\n")->rows.items[0], 1, "x, y; z");
	assert_cell(&read("only\nvalue\n")->rows.items[0], 0, "value");
}

static void
test_places_count_code_points(void **state)
{
	(void)state;
	const struct table *table = read("id,titel\nR-1,\xC3\xBC" "ber\nR-\xC3\xA9,x\n");
	assert_int_equal(table->rows.items[0].cells.items[1].span.column, 5);
	assert_int_equal(table->rows.items[0].cells.items[1].span.end_column, 9);
	assert_int_equal(table->rows.items[1].cells.items[1].span.column, 5);
}

static void
test_misfit_rows_are_filled_and_reported(void **state)
{
	(void)state;
	const struct table *table = read("a,b,c\n1,2\n1,2,3,4\n\n1,2,3\n");
	assert_int_equal(table->rows.count, 3);
	assert_true(table->rows.items[0].misfit && table->rows.items[1].misfit && !table->rows.items[2].misfit);
	assert_int_equal(table->rows.items[0].cells.count, 3);
	assert_int_equal(table->rows.items[1].cells.count, 3);
	assert_int_equal(diags.items.count, 2);
	assert_int_equal(diags.items.items[0]->code, CODE_FM006);
	assert_int_equal(diags.items.items[0]->span.line, 2);
	assert_int_equal(diags.items.items[1]->span.line, 3);
}

static void
test_an_open_quote_is_one_finding(void **state)
{
	(void)state;
	read("a,b\n1,\"open\n2,3\n4,5\n");
	assert_int_equal(diags.items.count, 1);
	assert_int_equal(diags.items.items[0]->code, CODE_FM001);
	assert_int_equal(diags.items.items[0]->span.line, 2);
	assert_int_equal(diags.items.items[0]->span.column, 3);
}

static void
test_text_behind_a_quote_is_one_finding(void **state)
{
	(void)state;
	const struct table *table = read("a,b,c\n1,\"x,\"y, \"z\"\n2,\"x\" ,\"y\"\n");
	assert_int_equal(diags.items.count, 1);
	assert_int_equal(diags.items.items[0]->code, CODE_FM001);
	assert_int_equal(diags.items.items[0]->span.line, 2);
	assert_int_equal(diags.items.items[0]->span.column, 7);
	assert_true(table->rows.items[0].misfit);
	assert_false(table->rows.items[1].misfit);
	assert_cell(&table->rows.items[1], 1, "x");
	assert_false(table->broken);
}

static const struct table *
read_repeated(const char *head, const char *unit, size_t count, const char *tail)
{
	struct buf text = {0};
	buf_add_c(&text, head);
	for (size_t i = 0; i < count; i++)
		buf_add_c(&text, unit);
	buf_add_c(&text, tail);
	buf_add_char(&text, '\0');
	const struct table *table = read(buf_take(&text, &arena).data);
	return table;
}

static void
test_too_many_columns_are_cut_and_reported(void **state)
{
	(void)state;
	const struct table *table = read_repeated("id", ",c", 700, "\n");
	assert_int_equal(table->header.cells.count, CSV_COLUMNS_MAX);
	assert_true(table->broken);
	assert_int_equal(diags.items.count, 1);
	assert_int_equal(diags.items.items[0]->code, CODE_FM005);
}

static void
test_cells_are_counted_with_those_that_rows_lack(void **state)
{
	(void)state;
	const struct table *table = read_repeated("id,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t\n", "1,,,,,,,,,,,,,,,,,,,\n", 100001, "");
	assert_int_equal(table->rows.count, CSV_CELLS_MAX / 20);
	assert_true(table->broken);
	assert_int_equal(diags.items.count, 1);
	assert_int_equal(diags.items.items[0]->code, CODE_FM005);
	assert_int_equal(diags.items.items[0]->span.line, CSV_CELLS_MAX / 20 + 2);
}

static void
test_without_a_header_there_is_no_table(void **state)
{
	(void)state;
	assert_null(read(""));
	assert_null(read("\n,,\n\n"));
	assert_int_equal(read("a,b")->rows.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_quotes_hold_separators_and_breaks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_the_header_tells_the_separator, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_places_count_code_points, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_misfit_rows_are_filled_and_reported, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_an_open_quote_is_one_finding, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_text_behind_a_quote_is_one_finding, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_too_many_columns_are_cut_and_reported, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_cells_are_counted_with_those_that_rows_lack, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_without_a_header_there_is_no_table, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
