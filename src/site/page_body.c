/* A document's text: its HTML with the links resolved. */
#include "site/page_values.h"

/* What stands around a mention's text. */
struct around {
	struct str open, close;
};

static void
add_attribute(struct buf *buf, const char *name, struct str value)
{
	if (!value.size)
		return;
	buf_printf(buf, " %s=\"", name);
	buf_add_html(buf, value);
	buf_add_char(buf, '"');
}

static struct around
anchor(const struct page_context *context, struct str href, struct str title, const char *attributes)
{
	struct buf buf = {0};
	buf_add_c(&buf, "<a");
	add_attribute(&buf, "href", href);
	add_attribute(&buf, "title", title);
	buf_add_c(&buf, attributes);
	buf_add_char(&buf, '>');
	return (struct around){buf_take(&buf, context->arena), STR("</a>")};
}

static struct around
broken(const struct mention *mention)
{
	if (mention->type == MENTION_TOKEN)
		return (struct around){0};
	return (struct around){STR("<span class=\"broken\">"), STR("</span>")};
}

/* What the text of a link does not say of its target, for the pointer and for print: an id has the title, a text both. */
static struct str
link_title(const struct page_context *context, const struct mention *mention, const struct link_target *target)
{
	bool is_id = mention->type == MENTION_TOKEN || mention->type == MENTION_REFERENCE;
	struct str id = target->control ? target->control->id : target->record && target->record->has_id ? target->record->id : STR("");
	struct str title = target->control ? target->control->title : target->record ? target->record->title : STR("");
	if (is_id || mention->title.size)
		return is_id ? title : mention->title;
	if (str_equal_ignore_case(mention->text, title))
		title = STR("");
	return id.size && title.size ? str_printf(context->arena, "%.*s %.*s", STR_ARG(id), STR_ARG(title)) : id.size ? id : title;
}

static bool
is_published(const struct page_context *context, const struct link_target *target)
{
	return target->kind != LINK_ASSET || output_find(context->pages->output, target->path);
}

/* True for what stands in the text of DOCUMENT; records stand in the table behind it. */
static bool
text_has(const struct document *document, struct str fragment)
{
	const struct markdown_facts *facts = document ? document->facts : NULL;
	for (size_t i = 0; facts && i < facts->headings.count; i++)
		if (str_equal(facts->headings.items[i].id, fragment))
			return true;
	for (size_t i = 0; facts && i < facts->anchors.count; i++)
		if (str_equal(facts->anchors.items[i], fragment))
			return true;
	return false;
}

static struct str
target_href(const struct page_context *context, const struct link_target *target, struct str fragment)
{
	const struct str *prefix = context->inlined ? map_get(context->inlined, target->path) : NULL;
	if (!prefix || (fragment.size && !text_has(target->document, fragment)))
		return page_href(context, target->path, fragment);
	struct str id = !fragment.size ? *prefix : str_printf(context->arena, "%.*s:%.*s", STR_ARG(*prefix), STR_ARG(fragment));
	return page_href(context, context->page->path, id);
}

static struct around
link_around(const struct page_context *context, const struct mention *mention, const struct link_target *target)
{
	switch (target->kind) {
	case LINK_EXTERNAL:
		return anchor(context, page_url(context->arena, target->path), mention->title, " rel=\"external noopener noreferrer\"");
	case LINK_DOCUMENT:
	case LINK_RECORD:
	case LINK_CONTROL:
	case LINK_ASSET:
		break;
	default: return broken(mention);
	}
	if (!is_published(context, target))
		return broken(mention);
	bool to_itself = str_equal(target->path, context->page->path) && !target->fragment.size;
	if (mention->type == MENTION_TOKEN && to_itself)
		return (struct around){0};
	struct str fragment = target->fragment_found ? target->fragment : STR("");
	return anchor(context, target_href(context, target, fragment), link_title(context, mention, target), "");
}

/* Nothing is loaded from elsewhere: an image there becomes a link to it. */
static struct around
image_around(const struct page_context *context, const struct mention *mention, const struct link_target *target)
{
	struct buf buf = {0};
	if (target->kind == LINK_ASSET && is_published(context, target)) {
		buf_add_c(&buf, "<img");
		add_attribute(&buf, "src", page_href(context, target->path, STR("")));
		buf_add_c(&buf, " alt=\"");
		buf_add_html(&buf, mention->text);
		buf_add_char(&buf, '"');
		add_attribute(&buf, "title", mention->title);
		buf_add_char(&buf, '>');
		return (struct around){.open = buf_take(&buf, context->arena)};
	}
	struct around around = link_around(context, mention, target);
	buf_add_str(&buf, around.open);
	buf_add_html(&buf, mention->text.size ? mention->text : mention->target);
	return (struct around){buf_take(&buf, context->arena), around.close};
}

static struct around
mention_around(const struct page_context *context, const struct document *document, const struct mention *mention)
{
	struct link_target target = site_resolve(context->pages->site, document, mention, context->arena);
	if (mention->type == MENTION_IMAGE)
		return image_around(context, mention, &target);
	return link_around(context, mention, &target);
}

static bool
tag_is(struct str rest, const char *start)
{
	struct str name = str_from(start);
	char next = rest.size > name.size ? rest.data[name.size] : '\0';
	return str_starts_with(rest, name) && (next == '>' || next == ' ');
}

struct body {
	const struct page_context *context;
	const struct document *document;
	struct buf html;
	size_t tables; /* that were opened: the next one is this of the facts */
};

/* Tables of Markdown have no caption: one is called as the heading that it stands under. */
static void
add_table_name(struct body *body)
{
	const struct markdown_facts *facts = body->document->facts;
	struct str heading = body->tables < facts->tables.count ? facts->tables.items[body->tables].heading : STR("");
	body->tables++;
	buf_add_c(&body->html, " tabindex=\"0\"");
	add_attribute(&body->html, "aria-label", heading.size ? heading : body->document->self->title);
}

/* What a tag of the Markdown writer needs for readers who do not see the page, or have no pointer: heads of tables head their
 * columns, a wide table or a long line of code is scrolled by keys, a ticked box says what it is. */
static void
add_attributes(struct body *body, struct str rest)
{
	const struct page_context *context = body->context;
	if (tag_is(rest, "<th"))
		buf_add_c(&body->html, " scope=\"col\"");
	else if (tag_is(rest, "<table"))
		add_table_name(body);
	else if (tag_is(rest, "<pre"))
		buf_add_c(&body->html, " tabindex=\"0\"");
	else if (tag_is(rest, "<input"))
		add_attribute(&body->html, "aria-label", page_word(context, str_starts_with(rest, STR("<input type=\"checkbox\" checked"))
		                                                             ? "document.task_done"
		                                                             : "document.task_open").as.text);
}

static void
add_literal(struct body *body, struct str text)
{
	size_t done = 0, at;
	while ((at = str_find_char(text, '<', done)) != STR_NONE) {
		size_t end = at + 1;
		while (end < text.size && text.data[end] >= 'a' && text.data[end] <= 'z')
			end++;
		buf_add_str(&body->html, str_slice(text, done, end));
		add_attributes(body, str_from_index(text, at));
		done = end;
	}
	buf_add_str(&body->html, str_from_index(text, done));
}

static struct str
whole_body(const struct page_context *context, const struct document *document)
{
	const struct markdown_facts *facts = document->facts;
	struct around *around = arena_array(context->arena, struct around, facts->mentions.count);
	struct body body = {.context = context, .document = document};
	for (size_t i = 0; i < facts->html.count; i++) {
		const struct html_part *part = &facts->html.items[i];
		if (part->type == HTML_MENTION_OPEN)
			around[part->mention] = mention_around(context, document, &facts->mentions.items[part->mention]);
		if (part->type == HTML_LITERAL && !context->pages->site->config->raw_html)
			add_literal(&body, part->html);
		else if (part->type == HTML_LITERAL)
			buf_add_str(&body.html, part->html);
		else
			buf_add_str(&body.html, part->type == HTML_MENTION_OPEN ? around[part->mention].open : around[part->mention].close);
	}
	return buf_take(&body.html, context->arena);
}

struct str
page_body(const struct page_context *context, const struct document *document, struct str *heading)
{
	*heading = STR("");
	if (!document->facts)
		return STR("");
	struct str html = whole_body(context, document);
	size_t end = str_starts_with(html, STR("<h1")) ? str_find(html, STR("</h1>"), 0) : STR_NONE;
	if (end == STR_NONE)
		return html;
	*heading = str_slice(html, 0, end + 5);
	return str_from_index(html, end + 5);
}

struct template_value
page_contents(const struct page_context *context, const struct document *document)
{
	struct template_value contents = template_list(context->arena);
	const struct markdown_facts *facts = document->facts;
	for (size_t i = 0; facts && i < facts->headings.count; i++) {
		const struct heading *heading = &facts->headings.items[i];
		if (!heading->id.size || heading->level > 3 || (i == 0 && heading->level == 1))
			continue;
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "level", template_int(heading->level));
		page_put(context, entry, "href", template_string(page_href(context, context->page->path, heading->id)));
		page_put(context, entry, "text", template_string(heading->text));
		template_push(context->arena, contents, entry);
	}
	return contents;
}
