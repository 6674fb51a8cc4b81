#include "check/monitoring.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "catalogue/control_ref.h"
#include "text/json.h"

/* A file of results being read. */
struct reading {
	struct arena *arena;
	const struct site *site;
	const struct record *evidence;
	struct diag_list *diags; /* NULL: nobody wants to know */
	struct monitoring *monitoring;
};

static const char *const result_names[CHECK_RESULT_COUNT] = {"passed", "failed", "skipped"};

const char *
check_result_name(enum check_result result)
{
	return result_names[result];
}

/* ---- what is wrong ---- */

static void
report(const struct reading *reading, enum code code, struct span span, struct str message, struct str hint)
{
	if (!reading->diags)
		return;
	const struct record *evidence = reading->evidence;
	struct diag *diag = diag_add(reading->diags, code, span, evidence->subject, "%.*s", STR_ARG(message));
	diag_hint(reading->diags, diag, "%.*s", STR_ARG(hint));
	diag_relate(reading->diags, diag, record_field_span(evidence, FIELD_evidence_file), "the evidence that it belongs to");
}

static void
malformed(const struct reading *reading, struct span span, const char *what, const char *hint)
{
	reading->monitoring->is_broken = true;
	report(reading, CODE_EVD015, span, str_from(what), str_from(hint));
}

/* ---- values ---- */

/* The text of KEY, a string or number; empty when it is absent, or something else, which is a finding. */
static struct str
text_of(const struct reading *reading, const struct tree *map, const char *key)
{
	const struct tree *value = tree_get(map, str_from(key));
	if (!value || tree_is_absent(value))
		return STR("");
	if (value->type == TREE_SCALAR)
		return str_trim(value->text);
	report(reading, CODE_EVD015, value->span, str_printf(reading->arena, "`%s` holds a list or an object", key),
	       STR("write one text or number"));
	return STR("");
}

/* The span of KEY, else of MAP's first character. */
static struct span
span_of(const struct tree *map, const char *key)
{
	const struct tree *value = tree_get(map, str_from(key));
	if (value)
		return value->span;
	struct span span = map->span;
	span.end_line = span.line;
	span.end_column = span.column + 1;
	return span;
}

static void
check_keys(const struct reading *reading, const struct tree *map, const struct str *known, size_t count)
{
	for (size_t i = 0; i < map->pairs.count; i++) {
		const struct tree_pair *pair = &map->pairs.items[i];
		size_t k = 0;
		while (k < count && !str_equal(pair->key, known[k]))
			k++;
		if (k < count || str_starts_with(pair->key, STR("x-")))
			continue;
		struct str nearest = str_nearest(pair->key, known, count);
		struct str hint = nearest.size ? str_printf(reading->arena, "did you mean `%.*s`?", STR_ARG(nearest))
		                               : STR("remove it, or start its name with `x-`");
		report(reading, CODE_EVD019, pair->key_span,
		       str_printf(reading->arena, "monitoring results have no key `%.*s`", STR_ARG(pair->key)), hint);
	}
}

/* ---- checks ---- */

static void
add_controls(const struct reading *reading, struct monitored_check *check, const struct tree *value)
{
	const struct config *config = reading->site->config;
	struct control_scope scope = {config->catalogue, config->catalogues.items + 1, config->catalogues.count - 1};
	control_refs refs = control_refs_parse(reading->arena, &scope, value->text, CONTROL_REF_BARE);
	for (size_t i = 0; i < refs.count; i++) {
		const struct control_ref *ref = &refs.items[i];
		for (size_t k = 0; ref->kind == CONTROL_REF_CONTROL && k < ref->count; k++)
			vec_push(reading->arena, &check->controls, &ref->control[k]);
		if (ref->kind != CONTROL_REF_CONTROL)
			report(reading, CODE_EVD015, value->span,
			       str_printf(reading->arena, "there is no control `%.*s`", STR_ARG(ref->id.size ? ref->id : value->text)),
			       STR("write ids of the catalogue, such as `A.8.16`"));
	}
}

static void
read_controls(const struct reading *reading, struct monitored_check *check, const struct tree *map)
{
	const struct tree *controls = tree_get(map, STR("controls"));
	if (!controls || tree_is_absent(controls))
		return;
	if (controls->type == TREE_SCALAR) {
		add_controls(reading, check, controls);
		return;
	}
	for (size_t i = 0; controls->type == TREE_LIST && i < controls->items.count; i++)
		if (controls->items.items[i]->type == TREE_SCALAR)
			add_controls(reading, check, controls->items.items[i]);
}

static bool
read_result(const struct reading *reading, struct monitored_check *check, const struct tree *map)
{
	struct str status = text_of(reading, map, "status");
	check->span = span_of(map, "status");
	for (int i = 0; i < CHECK_RESULT_COUNT; i++) {
		if (str_equal(status, str_from(result_names[i]))) {
			check->result = (enum check_result)i;
			return true;
		}
	}
	struct str what = STR("this check has no `status`");
	if (status.size)
		what = str_printf(reading->arena, "`%.*s` is no status of a check", STR_ARG(status));
	malformed(reading, check->span, str_c(reading->arena, what), "write `passed`, `failed` or `skipped`");
	return false;
}

/* The instant that KEY holds, with its TEXT; unset when there is none, or none that exists, which is a finding. */
static struct datetime
instant_of(const struct reading *reading, const struct tree *map, const char *key, struct str *text)
{
	struct datetime instant = {0};
	*text = text_of(reading, map, key);
	if (!text->size || datetime_parse(*text, &instant) == DATE_OK)
		return instant;
	*text = STR("");
	malformed(reading, span_of(map, key), str_c(reading->arena, str_printf(reading->arena, "`%s` is no instant that exists", key)),
	          "write it with its offset: `2026-06-22T06:05:00Z`");
	return (struct datetime){0};
}

static void
read_check(const struct reading *reading, const struct tree *map)
{
	static const struct str known[] = {{"id", 2}, {"name", 4}, {"status", 6}, {"at", 2}, {"value", 5}, {"unit", 4}, {"limit", 5},
	                                   {"details", 7}, {"controls", 8}};
	struct monitored_check check = {.span = map->span};
	if (map->type != TREE_MAP) {
		malformed(reading, map->span, "a check is an object, and this is none", "write `{\"name\": …, \"status\": …}`");
		return;
	}
	check_keys(reading, map, known, sizeof known / sizeof *known);
	check.id = text_of(reading, map, "id");
	check.name = text_of(reading, map, "name");
	if (!check.name.size)
		check.name = check.id;
	if (!check.name.size && !tree_get(map, STR("name")))
		malformed(reading, span_of(map, "name"), "this check has no `name`", "say what was checked");
	instant_of(reading, map, "at", &check.at);
	check.value = text_of(reading, map, "value");
	check.unit = text_of(reading, map, "unit");
	check.limit = text_of(reading, map, "limit");
	check.details = text_of(reading, map, "details");
	read_controls(reading, &check, map);
	if (!read_result(reading, &check, map))
		return;
	reading->monitoring->counts[check.result]++;
	vec_push(reading->arena, &reading->monitoring->checks, check);
}

/* ---- the file ---- */

static void
read_period(const struct reading *reading, const struct tree *map)
{
	const struct tree *period = tree_get(map, STR("period"));
	if (!period || tree_is_absent(period))
		return;
	if (period->type != TREE_MAP) {
		malformed(reading, period->span, "`period` is an object, and this is none", "write `{\"from\": …, \"to\": …}`");
		return;
	}
	reading->monitoring->from = text_of(reading, period, "from");
	reading->monitoring->to = text_of(reading, period, "to");
}

static void
read_results(const struct reading *reading, const struct tree *map)
{
	static const struct str known[] = {{"kind", 4}, {"collected_at", 12}, {"collector", 9}, {"period", 6}, {"checks", 6}};
	struct monitoring *monitoring = reading->monitoring;
	check_keys(reading, map, known, sizeof known / sizeof *known);
	struct str collected;
	monitoring->collected_at = instant_of(reading, map, "collected_at", &collected);
	monitoring->collected_span = span_of(map, "collected_at");
	if (!tree_get(map, STR("collected_at")))
		malformed(reading, monitoring->collected_span, "the results do not say when they were collected",
		          "add `\"collected_at\": \"2026-06-22T06:05:00Z\"`");
	monitoring->collector = text_of(reading, map, "collector");
	read_period(reading, map);
	const struct tree *checks = tree_get(map, STR("checks"));
	if (!checks || checks->type != TREE_LIST)
		malformed(reading, span_of(map, "checks"), "the results have no list of `checks`", "add `\"checks\": [ … ]`");
	for (size_t i = 0; checks && checks->type == TREE_LIST && i < checks->items.count; i++)
		read_check(reading, checks->items.items[i]);
}

struct str
evidence_attachment(struct arena *arena, const struct site *site, const struct record *evidence)
{
	struct str file = record_text(evidence, FIELD_evidence_file);
	if (!file.size || file.data[0] == '/')
		return STR("");
	struct str path = path_normalise(arena, path_join(arena, path_folder(evidence->document->path), file));
	return !path_leaves_root(path) && map_get(&site->asset_paths, path) ? path : STR("");
}

/* The text of the attachment without byte order mark, repaired where it is not UTF-8, which *INVALID says. */
static const struct source *
source_of(struct arena *arena, struct str path, struct str bytes, size_t *invalid)
{
	struct source *source = arena_new(arena, struct source);
	if (str_starts_with(bytes, STR("\xef\xbb\xbf")))
		bytes = str_from_index(bytes, 3);
	*invalid = utf8_first_invalid(bytes);
	*source = (struct source){path, *invalid == STR_NONE ? bytes : utf8_repair(arena, bytes)};
	return source;
}

static const struct tree *
read_json(const struct reading *reading, struct str path)
{
	struct str bytes;
	size_t invalid = STR_NONE;
	struct json_error error;
	const char *name = str_c(reading->arena, path_join(reading->arena, reading->site->root, path));
	struct span at = record_field_span(reading->evidence, FIELD_evidence_file);
	if (!file_read(reading->arena, name, JSON_SIZE_MAX, &bytes)) {
		if (errno == EFBIG)
			report(reading, CODE_EVD014, at, STR("the attachment is larger than 16 MiB, so its results were not read"),
			       STR("write the results of a shorter time, or what they add up to"));
		return NULL; /* absent or unreadable: EVD008 */
	}
	const struct source *source = source_of(reading->arena, path, bytes, &invalid);
	reading->monitoring->source = source;
	const struct tree *tree = invalid == STR_NONE ? json_read(reading->arena, source, &error) : NULL;
	if (invalid != STR_NONE)
		error = (struct json_error){span_of_bytes(source, invalid, invalid + 3), str_printf(reading->arena, "byte %zu is not UTF-8", invalid)};
	if (!tree)
		report(reading, CODE_EVD014, error.span,
		       str_printf(reading->arena, "the attachment of `%.*s` is not JSON: %.*s", STR_ARG(reading->evidence->id), STR_ARG(error.message)),
		       STR("have the script write it anew, and do not edit results by hand"));
	return tree;
}

static bool
is_monitoring(const struct tree *tree)
{
	const struct tree *kind = tree && tree->type == TREE_MAP ? tree_get(tree, STR("kind")) : NULL;
	return kind && kind->type == TREE_SCALAR && str_equal(kind->text, STR("monitoring"));
}

const struct monitoring *
monitoring_read(struct arena *arena, const struct site *site, const struct record *evidence, struct diag_list *diags)
{
	struct str path = evidence_attachment(arena, site, evidence);
	if (!str_equal_ignore_case(path_extension(path), STR(".json")))
		return NULL;
	struct reading reading = {arena, site, evidence, diags, arena_new(arena, struct monitoring)};
	const struct tree *tree = read_json(&reading, path);
	if (!is_monitoring(tree))
		return NULL;
	read_results(&reading, tree);
	return reading.monitoring;
}
