#include "unit.h"

#include "site/colour.h"

static void
reads(const char *text, const char *expected)
{
	struct arena arena = {0};
	struct colour colour;
	bool good = colour_read(str_from(text), &colour);
	assert_true(good == (expected != NULL));
	if (good)
		assert_true(str_equal(colour_text(&arena, colour), str_from(expected)));
	arena_release(&arena);
}

static void
colours_are_read(void **state)
{
	(void)state;
	reads("#fff", "#ffffff");
	reads("#AbC", "#aabbcc");
	reads("#005f73", "#005f73");
	reads("", NULL);
	reads("#", NULL);
	reads("#ffff", NULL);
	reads("#fffff", NULL);
	reads("#gggggg", NULL);
	reads("ffffff", NULL);
	reads("#fffffff", NULL);
	reads("#00;}}}", NULL);
	reads("#-10000", NULL);
}

static struct colour
colour(const char *text)
{
	struct colour result = {0};
	assert_true(colour_read(str_from(text), &result));
	return result;
}

/* Known ratios of WCAG's formula. */
static void
contrast_is_wcag(void **state)
{
	(void)state;
	assert_float_equal(colour_contrast(colour("#000"), colour("#fff")), 21, 0.001);
	assert_float_equal(colour_contrast(colour("#fff"), colour("#000")), 21, 0.001);
	assert_float_equal(colour_contrast(colour("#767676"), colour("#fff")), 4.54, 0.01);
	assert_float_equal(colour_contrast(colour("#777777"), colour("#fff")), 4.48, 0.01);
	assert_float_equal(colour_contrast(colour("#0000ff"), colour("#fff")), 8.59, 0.01);
	assert_float_equal(colour_contrast(colour("#808080"), colour("#808080")), 1, 0.001);
}

static void
nearest_passes(void **state)
{
	(void)state;
	static const char *const colours[] = {"#ffcc00", "#ffffff", "#777777", "#00ff00", "#123456", "#ff0000"};
	static const char *const grounds[][2] = {{"#ffffff", "#f5f7f9"}, {"#12171c", "#1a2128"}};
	struct arena arena = {0};
	for (size_t g = 0; g < 2; g++) {
		colour_vec on = {0};
		vec_push(&arena, &on, colour(grounds[g][0]));
		vec_push(&arena, &on, colour(grounds[g][1]));
		for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
			struct colour nearest, given = colour(colours[i]);
			assert_true(colour_nearest(given, &on, COLOUR_CONTRAST_TEXT, &nearest));
			assert_true(colour_least_contrast(nearest, &on) >= COLOUR_CONTRAST_TEXT);
			if (colour_least_contrast(given, &on) >= COLOUR_CONTRAST_TEXT)
				assert_memory_equal(&nearest, &given, sizeof given);
		}
	}
	arena_release(&arena);
}

/* No colour has 4.5:1 on black and on white and on the grey between. */
static void
nearest_may_not_be(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct colour nearest;
	colour_vec on = {0};
	vec_push(&arena, &on, colour("#000"));
	vec_push(&arena, &on, colour("#777"));
	vec_push(&arena, &on, colour("#fff"));
	assert_false(colour_nearest(colour("#f00"), &on, COLOUR_CONTRAST_TEXT, &nearest));
	arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_read),
		cmocka_unit_test(contrast_is_wcag),
		cmocka_unit_test(nearest_passes),
		cmocka_unit_test(nearest_may_not_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
