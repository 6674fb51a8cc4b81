/* The page of a catalogue's control: everything that meets at it. */
#include "site/control_values.h"
#include "site/coverage_page.h"

#include <stddef.h>

/* What refers to a control of a catalogue beside the primary one. */
struct foreign_control {
	VEC(struct backlink) backlinks;
};

/* ---- what the standards say ---- */

static void
add_attribute(const struct page_context *context, struct template_value attributes, const char *name, const struct str_list *values)
{
	struct template_value entry = template_map(context->arena), names = template_list(context->arena);
	if (!values->count)
		return;
	for (size_t i = 0; i < values->count; i++)
		template_push(context->arena, names, template_string(values->items[i]));
	page_put(context, entry, "name", page_text(name));
	page_put(context, entry, "names", names);
	template_push(context->arena, attributes, entry);
}

static struct template_value
attributes(const struct page_context *context, const struct control *control)
{
	struct template_value list = template_list(context->arena);
	add_attribute(context, list, "control_type", &control->control_type);
	add_attribute(context, list, "properties", &control->properties);
	add_attribute(context, list, "cybersecurity_concepts", &control->cybersecurity_concepts);
	add_attribute(context, list, "operational_capabilities", &control->operational_capabilities);
	add_attribute(context, list, "security_domains", &control->security_domains);
	return list;
}

/* Items of a framework that are related to a control, each a link to its place on the framework's page. */
static struct template_value
framework_refs(const struct page_context *context, struct str path, struct mapping_list mappings)
{
	struct template_value refs = template_list(context->arena);
	for (size_t i = 0; i < mappings.count; i++) {
		const struct framework_ref *item = mappings.items[i].ref;
		struct template_value ref = template_map(context->arena);
		page_put(context, ref, "id", template_string(item->id));
		page_put(context, ref, "title", template_string(item->title));
		page_put(context, ref, "is_official", template_bool(mappings.items[i].official));
		page_put(context, ref, "href", template_string(path.size ? page_href(context, path, coverage_anchor(context->arena, item)) : path));
		template_push(context->arena, refs, ref);
	}
	return refs;
}

static struct template_value
frameworks(const struct page_context *context, const struct control *control)
{
	struct template_value list = template_list(context->arena);
	size_t count;
	const struct framework *all = framework_all(&count);
	for (size_t i = 0; i < count; i++) {
		struct mapping_list mappings = framework_of_control(&all[i], control);
		if (!mappings.count)
			continue;
		struct str path = coverage_path(context->arena, &all[i]);
		struct template_value entry = template_map(context->arena);
		path = output_find(context->pages->output, path) ? path : STR("");
		page_put(context, entry, "name", template_string(all[i].name));
		page_put(context, entry, "href", template_string(path.size ? page_href(context, path, STR("")) : path));
		page_put(context, entry, "refs", framework_refs(context, path, mappings));
		template_push(context->arena, list, entry);
	}
	return list;
}

static struct template_value
other_edition(const struct page_context *context, const struct control_list *controls)
{
	struct template_value links = template_list(context->arena);
	for (size_t i = 0; i < controls->count; i++)
		template_push(context->arena, links, page_control_link(context, controls->items[i]));
	return links;
}

/* The control STEP places behind, or before, in its catalogue. */
static struct template_value
neighbour(const struct page_context *context, const struct control *control, ptrdiff_t step)
{
	const struct catalogue *catalogue = control->catalogue;
	ptrdiff_t index = control - catalogue->controls + step;
	return index < 0 || (size_t)index >= catalogue->control_count ? template_none()
	                                                              : page_control_link(context, &catalogue->controls[index]);
}

static void
fill_standard(struct page_context *context, struct template_value values, const struct control *control)
{
	const struct theme *theme = control_top_theme(control);
	page_put(context, values, "id", template_string(control->id));
	page_put(context, values, "title", template_string(control->title));
	page_put(context, values, "title_27002", template_string(control->title_27002));
	page_put(context, values, "standard", template_string(control->catalogue->standard));
	page_put(context, values, "theme", template_string(theme ? theme->title : STR("")));
	page_put(context, values, "theme_id", template_string(theme ? theme->id : STR("")));
	page_put(context, values, "attributes", attributes(context, control));
	page_put(context, values, "frameworks", frameworks(context, control));
	page_put(context, values, "replaces", other_edition(context, &control->replaces));
	page_put(context, values, "replaced_by", other_edition(context, &control->replaced_by));
	page_put(context, values, "previous", neighbour(context, control, -1));
	page_put(context, values, "next", neighbour(context, control, 1));
}

static void
fill_foreign(struct page_context *context, struct template_value values, const struct control *control)
{
	struct str key = str_printf(context->arena, "%.*s:%.*s", STR_ARG(control->catalogue->name), STR_ARG(control->id));
	const struct foreign_control *foreign = map_get(&context->pages->foreign, key);
	page_put(context, values, "backlinks",
	         page_backlinks(context, foreign ? foreign->backlinks.items : NULL, foreign ? foreign->backlinks.count : 0));
}

static struct str
auditor_path(struct arena *arena, const struct control *control)
{
	return str_printf(arena, "control/%.*s.audit.html", STR_ARG(control->id));
}

/* The pages that belong together: the control's, the auditor's, its row in the Statement of Applicability. */
static void
put_pages(struct page_context *context, struct template_value values, const struct control *control)
{
	struct str auditor = auditor_path(context->arena, control), own = str_printf(context->arena, "control/%.*s.html", STR_ARG(control->id));
	bool is_auditors = str_equal(context->page->path, auditor);
	if (is_auditors)
		page_breadcrumb(context, str_printf(context->arena, "%.*s %.*s", STR_ARG(control->id), STR_ARG(control->title)), own);
	page_put(context, values, "own_href", template_string(page_href(context, own, STR(""))));
	page_put(context, values, "auditor_href", template_string(page_href(context, auditor, STR(""))));
	page_put(context, values, "soa_href", template_string(page_href(context, STR("soa/index.html"), control->id)));
	page_put(context, values, "matrix_href",
	         template_string(output_find(context->pages->output, STR("matrix/index.html")) ? page_href(context, STR("matrix/index.html"), STR("")) : STR("")));
}

static void
fill_page(struct page_context *context)
{
	const struct control *control = context->page->subject;
	const struct control_state *state = site_control(context->pages->site, control);
	struct template_value values = template_map(context->arena);
	page_breadcrumb(context, page_word(context, "menu.control").as.text, STR("control/index.html"));
	fill_standard(context, values, control);
	page_put(context, values, "is_primary", template_bool(state != NULL));
	if (state) {
		put_pages(context, values, control);
		control_put_state(context, values, state);
	} else {
		fill_foreign(context, values, control);
	}
	page_put(context, context->values, "control", values);
}

/* ---- controls of other catalogues ---- */

static void
note_foreign(struct pages *pages, const struct record *root, const struct value *value)
{
	bool is_reference = value->field->type == FIELD_CONTROL || value->field->type == FIELD_REF;
	if (!is_reference || value->state != VALUE_OK || value->reference.type != REFERENCE_CONTROL)
		return;
	const struct control *control = value->reference.control;
	struct str key = str_printf(pages->arena, "%.*s:%.*s", STR_ARG(control->catalogue->name), STR_ARG(control->id));
	struct foreign_control *foreign = map_get(&pages->foreign, key);
	if (!foreign) {
		foreign = arena_new(pages->arena, struct foreign_control);
		map_put(pages->arena, &pages->foreign, key, foreign);
	}
	vec_push(pages->arena, &foreign->backlinks, ((struct backlink){root, value->field, value->span}));
}

static void
note_record(struct pages *pages, const struct record *record)
{
	for (size_t f = 0; f < record->kind->field_count; f++) {
		const struct value *value = record_value(record, (int)f);
		for (size_t i = 0; i < value_count(value); i++)
			note_foreign(pages, record, value_item(value, i));
	}
}

static void
find_foreign(struct pages *pages)
{
	const struct site *site = pages->site;
	for (size_t d = 0; site->config->catalogues.count > 1 && d < site->documents.count; d++) {
		const struct document *document = site->documents.items[d];
		note_record(pages, document->self);
		for (size_t i = 0; i < document->records.count; i++)
			note_record(pages, document->records.items[i]);
	}
}

static void
add_auditors_page(struct pages *pages, const struct control *control)
{
	struct str title = str_printf(pages->arena, "%.*s %.*s", STR_ARG(control->id), STR_ARG(pages_word(pages, "control.audit_title")));
	pages_add(pages, &(struct page){
	                         .path = auditor_path(pages->arena, control),
	                         .template = "control-audit.html",
	                         .fill = fill_page,
	                         .subject = control,
	                         .title = title,
	                         .section = "control",
	                         .maker = str_printf(pages->arena, "the auditor's view of %.*s", STR_ARG(control->id)),
	                 });
}

static void
add_page(struct pages *pages, const struct catalogue *catalogue, const struct control *control)
{
	bool primary = catalogue == pages->site->catalogue;
	struct str path = primary ? str_printf(pages->arena, "control/%.*s.html", STR_ARG(control->id))
	                          : str_printf(pages->arena, "control/%.*s/%.*s.html", STR_ARG(catalogue->name),
	                                       STR_ARG(control->id));
	pages_add(pages, &(struct page){
	                         .path = path,
	                         .template = "control.html",
	                         .fill = fill_page,
	                         .subject = control,
	                         .title = str_printf(pages->arena, "%.*s %.*s", STR_ARG(control->id), STR_ARG(control->title)),
	                         .section = "control",
	                         .maker = str_printf(pages->arena, "%.*s %.*s", STR_ARG(catalogue->standard), STR_ARG(control->id)),
	                 });
	if (primary)
		add_auditors_page(pages, control);
}

void
control_pages(struct pages *pages)
{
	find_foreign(pages);
	control_sort_diags(pages);
	for (size_t c = 0; c < pages->site->config->catalogues.count; c++) {
		const struct catalogue *catalogue = pages->site->config->catalogues.items[c];
		for (size_t i = 0; i < catalogue->control_count; i++)
			add_page(pages, catalogue, &catalogue->controls[i]);
	}
}
