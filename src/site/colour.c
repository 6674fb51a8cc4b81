#include "site/colour.h"

#include <math.h>

static int
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool
colour_read(struct str text, struct colour *colour)
{
	uint8_t parts[3];
	bool is_short = text.size == 4;
	if ((!is_short && text.size != 7) || text.data[0] != '#')
		return false;
	for (size_t i = 0; i < 3; i++) {
		int high = digit_of(text.data[is_short ? 1 + i : 1 + 2 * i]);
		int low = digit_of(text.data[is_short ? 1 + i : 2 + 2 * i]);
		if (high < 0 || low < 0)
			return false;
		parts[i] = (uint8_t)(high * 16 + low);
	}
	*colour = (struct colour){parts[0], parts[1], parts[2]};
	return true;
}

struct str
colour_text(struct arena *arena, struct colour colour)
{
	return str_printf(arena, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
}

static double
light_of(uint8_t part)
{
	double value = part / 255.0;
	return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double
luminance(struct colour colour)
{
	return 0.2126 * light_of(colour.red) + 0.7152 * light_of(colour.green) + 0.0722 * light_of(colour.blue);
}

double
colour_contrast(struct colour one, struct colour other)
{
	double a = luminance(one), b = luminance(other);
	return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

double
colour_least_contrast(struct colour colour, const colour_vec *grounds)
{
	double least = 21;
	for (size_t i = 0; i < grounds->count; i++)
		least = fmin(least, colour_contrast(colour, grounds->items[i]));
	return least;
}

/* PART moved by STEP of 255 towards END. */
static uint8_t
moved(uint8_t part, uint8_t end, int step)
{
	return (uint8_t)(part + (end - part) * step / 255);
}

bool
colour_nearest(struct colour colour, const colour_vec *grounds, double ratio, struct colour *nearest)
{
	static const uint8_t ends[] = {0, 255};
	for (int step = 0; step <= 255; step++)
		for (size_t i = 0; i < 2; i++) {
			struct colour candidate = {moved(colour.red, ends[i], step), moved(colour.green, ends[i], step),
			                           moved(colour.blue, ends[i], step)};
			if (colour_least_contrast(candidate, grounds) >= ratio) {
				*nearest = candidate;
				return true;
			}
		}
	return false;
}
