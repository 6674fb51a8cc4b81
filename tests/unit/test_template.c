#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "site/template.h"

/* A set with its arenas, and what the last render gave. */
struct theme {
	struct arena arena, scratch;
	struct template_set set;
	struct diag_list diags;
	struct template_value context;
	struct buf out;
};

static void
theme_open(struct theme *theme)
{
	*theme = (struct theme){0};
	template_set_init(&theme->set, &theme->arena);
	diag_list_init(&theme->diags, &theme->arena);
	theme->context = template_map(&theme->arena);
}

static void
theme_close(struct theme *theme)
{
	buf_release(&theme->out);
	arena_release(&theme->scratch);
	arena_release(&theme->arena);
}

static bool
add(struct theme *theme, const char *name, struct str text)
{
	struct source *source = arena_new(&theme->arena, struct source);
	*source = (struct source){str_printf(&theme->arena, "themes/default/%s", name), text};
	return template_set_add(&theme->set, str_from(name), source, &theme->diags);
}

static bool
render(struct theme *theme)
{
	return template_set_link(&theme->set, &theme->diags) &&
	       template_render(&theme->set, STR("main"), theme->context, &theme->scratch, &theme->out, &theme->diags);
}

/* The finding that TEXT leads to. */
static const struct diag *
refuse(struct theme *theme, struct str text)
{
	assert_false(add(theme, "main", text) && render(theme));
	assert_int_equal(theme->out.size, 0);
	assert_true(theme->diags.items.count > 0);
	return theme->diags.items.items[0];
}

static void
assert_refused(const char *text, enum code code, uint32_t line, uint32_t column, const char *message)
{
	struct theme theme;
	theme_open(&theme);
	template_put(&theme.arena, theme.context, "page", template_map(&theme.arena));
	const struct diag *diag = refuse(&theme, str_from(text));
	assert_string_equal(code_text(diag->code)->code, code_text(code)->code);
	assert_string_equal(diag->message.data, message);
	assert_string_equal(diag->span.source->path.data, "themes/default/main");
	assert_int_equal(diag->span.line, line);
	assert_int_equal(diag->span.column, column);
	theme_close(&theme);
}

static void
assert_renders(const char *text, struct template_value x, const char *expected)
{
	struct theme theme;
	theme_open(&theme);
	template_put(&theme.arena, theme.context, "x", x);
	assert_true(add(&theme, "main", str_from(text)));
	assert_true(render(&theme));
	assert_string_equal(theme.out.data, expected);
	theme_close(&theme);
}

static void
test_escaping_is_by_type(void **state)
{
	(void)state;
	assert_renders("{{ x }}", template_string(STR("<\"&'>")), "&lt;&#34;&amp;&#39;&gt;");
	assert_renders("{{ x }}", template_html(STR("<b>")), "<b>");
	assert_renders("{{ x ~ '<' }}", template_html(STR("<b>")), "<b>&lt;");
	assert_renders("{{ x }}", template_int(-3), "-3");
	assert_renders("{{ x }}", template_number(5), "5.0");
	assert_renders("{{ x }}", template_bool(true), "True");
	assert_renders("{{ x }}", template_none(), "None");
}

static void
test_mistakes_have_their_place(void **state)
{
	(void)state;
	assert_refused("a\n  {{ nope }}", CODE_THM002, 2, 6, "`nope` is undefined");
	assert_refused("äö {{ page.titel }}", CODE_THM002, 1, 12, "a map has no attribute `titel`");
	assert_refused("\r\n\r\n{{ nope }}", CODE_THM002, 3, 4, "`nope` is undefined");
	assert_refused("{{ 'a' | uper }}", CODE_THM003, 1, 10, "there is no filter `uper`, did you mean `upper`");
	assert_refused("{{ 1 is od }}", CODE_THM003, 1, 9, "there is no test `od`, did you mean `odd`");
	assert_refused("{{ 'a' + 1 }}", CODE_THM005, 1, 4, "a string `+` an integer has no meaning");
	assert_refused("{{ page.items }}", CODE_THM005, 1, 9,
	               "`items` is a method of every map; call it, or write `[\"items\"]`");
	assert_refused("{% if page %}\n{{ 1 }}", CODE_THM001, 1, 4, "`if` is not closed with `{% endif %}`");
	assert_refused("{% for a in page %}{% else %}", CODE_THM001, 1, 4, "`for` is not closed with `{% endfor %}`");
	assert_refused("{{ 1", CODE_THM001, 1, 1, "tag is not closed with `}}`");
	assert_refused("x {# y", CODE_THM001, 1, 3, "comment is not closed with `#}`");
	assert_refused("{{ (1 }}", CODE_THM001, 1, 7, "unexpected `}`");
	assert_refused("{{ 1 2 }}", CODE_THM001, 1, 6, "expected `}}`, found `2`");
	assert_refused("{% endif %}", CODE_THM001, 1, 4, "there is no statement `endif` here");
	assert_refused("{{ page is defined is none }}", CODE_THM001, 1, 20, "expected a value, found `is`");
}

static void
test_hints_name_what_is_near(void **state)
{
	(void)state;
	struct theme theme;
	theme_open(&theme);
	struct template_value page = template_map(&theme.arena);
	template_put(&theme.arena, page, "title", template_int(1));
	template_put(&theme.arena, theme.context, "page", page);
	assert_string_equal(refuse(&theme, STR("{{ page.titel }}"))->hint.data, "did you mean `title`?");
	theme.diags.items.count = 0;
	assert_string_equal(refuse(&theme, STR("{{ pgae.title }}"))->hint.data, "did you mean `page`?");
	theme_close(&theme);
}

static void
test_mistakes_in_other_templates_lead_back(void **state)
{
	(void)state;
	struct theme theme;
	theme_open(&theme);
	assert_true(add(&theme, "macros", STR("{% macro f(a) %}\n{{ a.b }}{% endmacro %}")));
	assert_true(add(&theme, "part", STR("{% import 'macros' as m %}\n  {{ m.f({}) }}")));
	const struct diag *diag = refuse(&theme, STR("\n\n{% include 'part' %}"));
	assert_string_equal(diag->span.source->path.data, "themes/default/macros");
	assert_int_equal(diag->span.line, 2);
	assert_int_equal(diag->related.count, 2);
	assert_string_equal(diag->related.items[0].message.data, "called from here");
	assert_string_equal(diag->related.items[0].span.source->path.data, "themes/default/part");
	assert_int_equal(diag->related.items[0].span.column, 6);
	assert_string_equal(diag->related.items[1].message.data, "included from here");
	assert_int_equal(diag->related.items[1].span.line, 3);
	theme_close(&theme);
}

static void
test_links_are_checked_before_rendering(void **state)
{
	(void)state;
	struct theme theme;
	theme_open(&theme);
	assert_true(add(&theme, "header.html", STR("")));
	assert_true(add(&theme, "main", STR("{% if false %}{% include 'heder.html' %}{% endif %}")));
	assert_true(add(&theme, "a", STR("{% extends 'b' %}")));
	assert_true(add(&theme, "b", STR("{% extends 'a' %}")));
	assert_false(template_set_link(&theme.set, &theme.diags));
	const struct diag *diag = theme.diags.items.items[0];
	assert_int_equal(diag->code, CODE_THM003);
	assert_int_equal(diag->span.column, 26);
	assert_string_equal(diag->hint.data, "did you mean `header.html`?");
	assert_int_equal(theme.diags.items.items[1]->code, CODE_THM004);
	assert_true(template_set_has(&theme.set, STR("a")));
	assert_false(template_render(&theme.set, STR("none"), theme.context, &theme.scratch, &theme.out, &theme.diags));
	theme_close(&theme);
}

static void
assert_limit(const char *text)
{
	struct theme theme;
	theme_open(&theme);
	add(&theme, "again", STR("{% include 'again' %}"));
	const struct diag *diag = refuse(&theme, str_from(text));
	assert_string_equal(code_text(diag->code)->code, "THM004");
	theme_close(&theme);
}

static void
test_limits(void **state)
{
	(void)state;
	assert_limit("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
	assert_limit("{% macro f() %}{% for i in [1] %}{% if true %}{{ [f()] }}{% endif %}{% endfor %}{% endmacro %}{{ f() }}");
	assert_limit("{% include 'again' %}");
	assert_limit("{% block a %}{{ self.a() }}{% endblock %}");
	assert_limit("{{ range(1000000000)|length }}");
	assert_limit("{{ 'x' * 1000000000 }}");
	assert_limit("{{ [0] * 1000000000 }}");
	assert_limit("{{ 9223372036854775807 + 1 }}");
	assert_limit("{{ 2 ** 64 }}");
	assert_limit("{{ 99999999999999999999 }}");
	assert_limit("{% set n = namespace(s='xxxxxxxxxxxxxxxx') %}{% for i in range(40) %}{% set n.s = n.s ~ n.s %}{% endfor %}");
	assert_limit("{% set n = namespace(x=[]) %}{% for i in range(99) %}{% set n.x = [n.x] %}{% endfor %}{{ n.x }}");
	assert_limit("{% set n = namespace(x=[]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x == n.x }}");
	assert_limit("{% set n = namespace(x=[]) %}{% for i in range(60) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x|tojson }}");
	assert_limit("{% for a in range(1000000) %}{% for b in range(1000000) %}{% endfor %}{% endfor %}");
	assert_limit("{% set x %}{% for a in range(100000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endset %}"
	             "{% for a in range(1000) %}{{ x }}{% endfor %}");
}

/* PART over and over, with something before and behind. */
static void
assert_no_crash(const char *before, const char *part, size_t times, const char *behind)
{
	struct theme theme;
	theme_open(&theme);
	struct buf text = {0};
	buf_add_c(&text, before);
	for (size_t i = 0; i < times; i++)
		buf_add_c(&text, part);
	buf_add_c(&text, behind);
	if (add(&theme, "main", buf_str(&text)))
		render(&theme);
	buf_release(&text);
	theme_close(&theme);
}

static void
test_hostile_templates(void **state)
{
	(void)state;
	static const char *const parts[] = {"(", "[", "{", "-", "not ", "a.", "a[", "a(", "a|e|", "1+", "a if ", "a if b else ",
	                                    "a~", "a<", "x is ", "1,", "'a'", "{'a':", "x or ", "2**", ")", "\\", "\"", "1."};
	static const char *const tags[] = {"{{", "{%", "{#", "{% if x %}", "{% for a in b %}", "{% block a %}", "{%-", "}}",
	                                   "{% raw %}", "{% macro f() %}", "{% set a %}", "{% filter e %}", "{% call a() %}"};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		assert_no_crash("{{ ", parts[i], 100000, "");
		assert_no_crash("{{ ", parts[i], 100000, " }}");
		assert_no_crash("{% if ", parts[i], 100000, "x %}");
	}
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		assert_no_crash("{{ nope }}", tags[i], 100000, "");
	assert_no_crash("{{ a", ".a", 100000, " }}");
	assert_no_crash("{{ a", "|e", 100000, " }}");
	assert_no_crash("{{ 1", " if 1", 100000, " }}");
	assert_no_crash("{{ 1", " + 1", 100000, " }}");
	assert_no_crash("{{ a ", " is none", 100000, " }}");
}

static void
test_every_cut_of_a_template_is_read(void **state)
{
	(void)state;
	const char *text = "{%- extends 'a' -%}{% from \"m\" import f as g, h with context %}{% set a.b = {'x': [1.5e3, (1,)]}[0:] %}"
	                   "{% block t scoped %}{{ super()|default(x=1, *2) }}{% endblock t %}{# c #}{% raw %}{{{% endraw %}"
	                   "{% macro m(a, b=1) %}{% call(x) m(a, b=2) %}{% endcall %}{% endmacro %}{% for a, b in c if d is not e %}";
	for (size_t size = 0; size <= strlen(text); size++) {
		struct theme theme;
		theme_open(&theme);
		char *copy = malloc(size ? size : 1); /* exactly as long, so that a sanitizer sees a step too far */
		memcpy(copy, text, size);
		add(&theme, "main", (struct str){copy, size});
		free(copy);
		theme_close(&theme);
	}
}

enum { PAGES = 200, ROWS = 50 };

struct site {
	struct theme theme;
	struct buf pages[PAGES];
};

static void
render_page(void *context, size_t worker, size_t index)
{
	(void)worker;
	struct site *site = context;
	struct arena scratch = {0}, findings = {0};
	struct diag_list diags;
	diag_list_init(&diags, &findings);
	struct template_value page = template_map(&scratch);
	template_put(&scratch, page, "number", template_int((int64_t)(index % 7)));
	template_put(&scratch, page, "rows", template_get(site->theme.context, STR("rows")));
	template_render(&site->theme.set, STR("main"), page, &scratch, &site->pages[index], &diags);
	arena_release(&findings);
	arena_release(&scratch);
}

static void
open_site(struct site *site)
{
	*site = (struct site){0};
	theme_open(&site->theme);
	struct arena *arena = &site->theme.arena;
	struct template_value rows = template_list(arena);
	for (int i = 0; i < ROWS; i++) {
		struct template_value row = template_map(arena);
		template_put(arena, row, "id", template_string(str_printf(arena, "R-%03d", (i * 37) % ROWS)));
		template_put(arena, row, "score", template_int(i % 25));
		template_push(arena, rows, row);
	}
	template_put(arena, site->theme.context, "rows", rows);
	assert_true(add(&site->theme, "base", STR("<h1>{% block title %}{% endblock %}</h1>{% block body %}{% endblock %}")));
	assert_true(add(&site->theme, "main",
	                STR("{% extends 'base' %}{% macro cell(x) %}<td>{{ x }}</td>{% endmacro %}"
	                    "{% block title %}{{ number }}{% endblock %}"
	                    "{% block body %}{% for s, g in rows|groupby('score') %}{% for r in g|sort(attribute='id') %}"
	                    "{{ cell(r.id) }}{{ loop.index }}{% endfor %}{% endfor %}{{ rows|map(attribute='id')|join(',') }}"
	                    "{% endblock %}")));
	assert_true(template_set_link(&site->theme.set, &site->theme.diags));
}

static void
test_threads_render_the_same(void **state)
{
	(void)state;
	static struct site site;
	open_site(&site);
	struct buf alone[PAGES];
	for (size_t i = 0; i < PAGES; i++)
		render_page(&site, 0, i);
	memcpy(alone, site.pages, sizeof alone);
	memset(site.pages, 0, sizeof site.pages);
	parallel_for(8, PAGES, render_page, &site);
	for (size_t i = 0; i < PAGES; i++) {
		assert_true(alone[i].size > 1000);
		assert_true(str_equal(buf_str(&alone[i]), buf_str(&site.pages[i])));
		assert_int_equal(alone[i].data[4], '0' + (int)(i % 7));
		buf_release(&alone[i]);
		buf_release(&site.pages[i]);
	}
	theme_close(&site.theme);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escaping_is_by_type),
		cmocka_unit_test(test_mistakes_have_their_place),
		cmocka_unit_test(test_hints_name_what_is_near),
		cmocka_unit_test(test_mistakes_in_other_templates_lead_back),
		cmocka_unit_test(test_links_are_checked_before_rendering),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_hostile_templates),
		cmocka_unit_test(test_every_cut_of_a_template_is_read),
		cmocka_unit_test(test_threads_render_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
