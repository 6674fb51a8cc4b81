#include "check/baseline.h"

#include "check/suspension.h"
#include "check/wording.h"

struct entry {
	const struct tree *tree;
	struct str code_text, subject, path;
	bool used;
};

struct baseline {
	const struct site *site;
	struct diag_list *diags;
	struct arena *arena;
	const struct tree *owner, *reason, *expires; /* for all entries, or NULL */
	struct map entries;                          /* key -> struct entry *, those that hold findings back */
	VEC(struct entry *) in_order;
};

/* ---- reading ---- */

/* The scalar of KEY, or NULL when it is absent or something else. */
static const struct tree *
scalar(const struct tree *map, const char *key)
{
	const struct tree *value = tree_get(map, str_from(key));
	return value && value->type == TREE_SCALAR && !tree_is_absent(value) && str_trim(value->text).size ? value : NULL;
}

static struct str
key_of(struct arena *arena, struct str code, struct str subject, struct str path)
{
	return str_printf(arena, "%.*s\n%.*s\n%.*s", STR_ARG(code), STR_ARG(subject), STR_ARG(path));
}

static struct diag *
report(struct baseline *baseline, enum code code, struct span span, const char *message)
{
	return diag_add(baseline->diags, code, span, STR(""), "%s", message);
}

static void
malformed(struct baseline *baseline, struct span span, const char *message, const char *hint)
{
	diag_hint(baseline->diags, report(baseline, CODE_EXC014, span, message), "%s", hint);
}

/* The three words that name a finding. False with a finding when one is missing or unknown. */
static bool
read_key(struct baseline *baseline, struct entry *entry)
{
	const struct tree *code = scalar(entry->tree, "code"), *subject = scalar(entry->tree, "subject");
	const struct tree *path = scalar(entry->tree, "path");
	if (!code || !subject || !path) {
		malformed(baseline, entry->tree->span, "this entry does not name its finding", "write `code`, `subject` and `path`");
		return false;
	}
	enum code known = code_find(code->text);
	if (known == CODE_COUNT) {
		struct diag *diag = diag_add(baseline->diags, CODE_EXC014, code->span, STR(""), "there is no rule `%.*s`", STR_ARG(code->text));
		diag_hint(baseline->diags, diag, "write the code that the finding shows");
		return false;
	}
	if (code_is_about_exceptions(known)) {
		malformed(baseline, code->span, "findings about exceptions and baselines cannot be kept", "mend what the rule finds");
		return false;
	}
	entry->code_text = str_from(code_text(known)->code);
	entry->subject = subject->text;
	entry->path = path->text;
	return true;
}

static const struct tree *
term(const struct entry *entry, const char *key, const struct tree *for_all)
{
	const struct tree *own = scalar(entry->tree, key);
	return own ? own : for_all;
}

/* True when owner, reason and end are stated; else one finding names what is missing. */
static bool
has_terms(struct baseline *baseline, const struct entry *entry)
{
	str_vec missing = {0};
	if (!term(entry, "owner", baseline->owner))
		vec_push(baseline->arena, &missing, STR("`owner`"));
	if (!term(entry, "reason", baseline->reason))
		vec_push(baseline->arena, &missing, STR("`reason`"));
	if (!term(entry, "expires", baseline->expires))
		vec_push(baseline->arena, &missing, STR("`expires`"));
	if (!missing.count)
		return true;
	struct diag *diag = diag_add(baseline->diags, CODE_EXC011, entry->tree->span, STR(""),
	                             "the entry for %.*s of `%.*s` lacks %.*s, so it holds nothing back", STR_ARG(entry->code_text),
	                             STR_ARG(entry->subject), STR_ARG(list_text(baseline->arena, &missing)));
	diag_hint(baseline->diags, diag, "add them to the entry, or once at the top of the file for all entries");
	return false;
}

/* True while the last day of the entry has not passed. */
static bool
is_in_force(struct baseline *baseline, const struct entry *entry)
{
	const struct tree *expires = term(entry, "expires", baseline->expires);
	struct date day;
	if (date_parse(str_trim(expires->text), &day) != DATE_OK) {
		malformed(baseline, expires->span, "this is no date", "write the day as YYYY-MM-DD");
		return false;
	}
	if (date_compare(baseline->site->today, day) <= 0)
		return true;
	struct diag *diag = diag_add(baseline->diags, CODE_EXC012, expires->span, STR(""), "the entry for %.*s of `%.*s` expired on %.*s",
	                             STR_ARG(entry->code_text), STR_ARG(entry->subject), STR_ARG(expires->text));
	diag_hint(baseline->diags, diag, "mend the finding and take the entry out, or agree on a later day");
	return false;
}

static void
read_entry(struct baseline *baseline, const struct tree *tree)
{
	struct entry *entry = arena_new(baseline->arena, struct entry);
	entry->tree = tree;
	if (tree->type != TREE_MAP) {
		malformed(baseline, tree->span, "an entry is a map", "write `code`, `subject` and `path`");
		return;
	}
	if (!read_key(baseline, entry) || !has_terms(baseline, entry) || !is_in_force(baseline, entry))
		return;
	vec_push(baseline->arena, &baseline->in_order, entry);
	map_put(baseline->arena, &baseline->entries, key_of(baseline->arena, entry->code_text, entry->subject, entry->path), entry);
}

static void
read_entries(struct baseline *baseline, const struct tree *tree)
{
	const struct tree *entries = tree->type == TREE_MAP ? tree_get(tree, STR("entries")) : NULL;
	if (tree->type != TREE_MAP || !entries || (entries->type != TREE_LIST && !tree_is_absent(entries))) {
		malformed(baseline, entries ? entries->span : tree->span, "a baseline is a map with `entries`, a list",
		          "`ismark check --write-baseline FILE` writes one");
		return;
	}
	baseline->owner = scalar(tree, "owner");
	baseline->reason = scalar(tree, "reason");
	baseline->expires = scalar(tree, "expires");
	for (size_t i = 0; entries->type == TREE_LIST && i < entries->items.count; i++)
		read_entry(baseline, entries->items.items[i]);
}

/* ---- holding back ---- */

static struct str
path_of(const struct diag *diag)
{
	return diag->span.source ? diag->span.source->path : STR("");
}

static void
suspend(struct baseline *baseline, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct diag *diag = baseline->diags->items.items[i];
		if (code_is_about_exceptions(diag->code))
			continue;
		struct str code = str_from(code_text(diag->code)->code);
		struct entry *entry = map_get(&baseline->entries, key_of(baseline->arena, code, diag->subject, path_of(diag)));
		if (!entry)
			continue;
		entry->used = true;
		if (!diag->suppressed_by)
			diag->suppressed_by = "baseline";
	}
}

static void
report_unused(struct baseline *baseline)
{
	for (size_t i = 0; i < baseline->in_order.count; i++) {
		const struct entry *entry = baseline->in_order.items[i];
		if (entry->used)
			continue;
		struct diag *diag = diag_add(baseline->diags, CODE_EXC013, entry->tree->span, STR(""),
		                             "there is no finding %.*s of `%.*s` in %.*s any more", STR_ARG(entry->code_text),
		                             STR_ARG(entry->subject), STR_ARG(entry->path));
		diag_hint(baseline->diags, diag, "take the entry out");
	}
}

void
baseline_apply(const struct site *site, const struct tree *tree, bool broken, struct diag_list *diags)
{
	struct baseline baseline = {.site = site, .diags = diags, .arena = diags->arena};
	size_t count = diags->items.count;
	if (tree)
		read_entries(&baseline, tree);
	suspend(&baseline, count);
	if (!broken)
		report_unused(&baseline);
	check_apply_severities(site->config, diags);
	diag_list_sort(diags);
}

/* ---- writing ---- */

/* In double quotes, so that no text can mean anything else to a YAML reader. */
static void
add_quoted(struct buf *out, struct str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];
		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", c);
		else if (c < ' ' || c == 0x7f)
			buf_printf(out, "\\x%02x", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '"');
}

static void
add_pair(struct buf *out, const char *key, struct str text)
{
	buf_printf(out, "%s: ", key);
	add_quoted(out, text);
}

static void
add_entry(struct buf *out, const struct diag *diag)
{
	buf_printf(out, "  - {code: %s, ", code_text(diag->code)->code);
	add_pair(out, "subject", diag->subject);
	buf_add_c(out, ", ");
	add_pair(out, "path", path_of(diag));
	buf_add_c(out, "}\n");
}

static void
add_terms(struct buf *out, const struct baseline_terms *terms)
{
	add_pair(out, "owner", terms->owner);
	buf_add_char(out, '\n');
	add_pair(out, "reason", terms->reason);
	buf_add_c(out, "\nexpires: ");
	if (date_is_set(terms->expires))
		buf_add_date(out, terms->expires);
	else
		add_quoted(out, STR(""));
	buf_add_char(out, '\n');
}

struct str
baseline_text(const struct diag_list *diags, enum severity gate, const struct baseline_terms *terms, struct arena *arena)
{
	struct buf out = {0};
	struct map seen = {0};
	size_t count = 0;
	buf_add_c(&out, "# Findings that do not fail the gate until the day on which they expire. Owner, reason and\n"
	                "# expiry stand here for all entries; an entry may state its own.\n");
	add_terms(&out, terms);
	size_t start = out.size;
	buf_add_c(&out, "entries:\n");
	for (size_t i = 0; i < diags->items.count; i++) {
		struct diag *diag = diags->items.items[i];
		struct str code = str_from(code_text(diag->code)->code);
		if (diag->severity < gate || diag->suppressed_by || code_is_about_exceptions(diag->code) || !diag->span.source ||
		    map_put(arena, &seen, key_of(arena, code, diag->subject, path_of(diag)), diag))
			continue;
		add_entry(&out, diag);
		count++;
	}
	if (!count) {
		out.size = start;
		buf_add_c(&out, "entries: []\n");
	}
	return buf_take(&out, arena);
}
