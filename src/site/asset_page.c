/* The register of assets, as a page and as plain text (assets.txt). */
#include "base/utf8.h"
#include "site/page_terms.h"
#include "site/page_values.h"

static const char text_path[] = "assets.txt";

/* ---- the page ---- */

/* Risks that name the asset, live ones first. */
static record_vec
risks_on(const struct page_context *context, const struct record *asset)
{
	record_vec risks = {0};
	for (int live = 1; live >= 0; live--)
		for (size_t i = 0; i < asset->backlinks.count; i++) {
			const struct record *from = asset->backlinks.items[i].from;
			if (from->kind->index == KIND_risk && from->risk->live == live && record_refers_to(from, FIELD_risk_assets, asset)
			    && (!risks.count || risks.items[risks.count - 1] != from))
				vec_push(context->arena, &risks, from);
		}
	return risks;
}

static void
put_field(const struct page_context *context, struct template_value row, const struct record *asset, int field)
{
	const struct value *value = record_written(asset, field);
	page_put(context, row, asset->kind->fields[field]->name, value ? page_value(context, value) : template_none());
}

static struct template_value
worth_values(const struct page_context *context, const struct record *asset)
{
	static const int fields[] = {FIELD_asset_value_confidentiality, FIELD_asset_value_integrity, FIELD_asset_value_availability};
	const struct record *worth = record_part(asset, FIELD_asset_value);
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < 3; i++)
		template_push(context->arena, list, template_string(worth ? record_text(worth, fields[i]) : STR("")));
	return list;
}

static struct template_value
asset_row(const struct page_context *context, const struct record *asset)
{
	static const int fields[] = {FIELD_asset_type, FIELD_asset_owner, FIELD_asset_custodian, FIELD_asset_location,
	                             FIELD_asset_classification, FIELD_asset_status};
	struct template_value row = page_record_link(context, asset);
	record_vec risks = risks_on(context, asset);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		put_field(context, row, asset, fields[i]);
	page_put(context, row, "worth", worth_values(context, asset));
	page_put(context, row, "risks", page_record_links(context, &risks));
	return row;
}

static void
fill_page(struct page_context *context)
{
	const struct kind *kind = context->page->subject;
	record_vec assets = page_sorted(context, site_records(context->pages->site, KIND_asset));
	struct template_value values = template_map(context->arena), rows = template_list(context->arena);
	for (size_t i = 0; i < assets.count; i++)
		template_push(context->arena, rows, asset_row(context, assets.items[i]));
	bool has_text = output_find(context->pages->output, str_from(text_path)) != NULL;
	page_breadcrumb(context, page_word(context, "menu.registers").as.text, STR("register/index.html"));
	page_put(context, values, "help", template_string(page_kind_help(context, kind)));
	page_put(context, values, "clause", page_text(kind->clause));
	page_put(context, values, "count", template_int((int64_t)assets.count));
	page_put(context, values, "table", page_table(context, kind, &assets, NULL));
	page_put(context, values, "rows", rows);
	page_put(context, values, "text", template_string(has_text ? page_href(context, str_from(text_path), STR("")) : STR("")));
	page_put(context, context->values, "assets", values);
}

/* ---- plain text ---- */

enum { WIDTH_MAX = 48 }; /* of a column */

enum column { COLUMN_ID, COLUMN_TYPE, COLUMN_NAME, COLUMN_OWNER, COLUMN_CUSTODIAN, COLUMN_LOCATION, COLUMN_CLASSIFICATION, COLUMN_WORTH,
              COLUMN_STATUS, COLUMN_RISKS, COLUMN_COUNT };

static const char *const headings[COLUMN_COUNT] = {"ID",       "TYPE",           "NAME",  "OWNER",  "CUSTODIAN",
                                                   "LOCATION", "CLASSIFICATION", "C/I/A", "STATUS", "RISKS"};

struct line {
	struct str cells[COLUMN_COUNT];
};

/* One line of words with single blanks between them; "-" for nothing. */
static struct str
plain(const struct page_context *context, struct str text)
{
	struct buf buf = {0};
	bool blank = false;
	for (size_t i = 0; i < text.size;) {
		int32_t c = utf8_next(text, &i);
		bool space = c < 0x20 || c == 0x7F || utf8_is_space(c);
		if (!space && blank && buf.size)
			buf_add_char(&buf, ' ');
		if (!space)
			buf_add_utf8(&buf, c);
		blank = space;
	}
	if (!buf.size)
		buf_add_char(&buf, '-');
	return buf_take(&buf, context->arena);
}

/* Parties by title, other values as written; several are joined by commas. */
static struct str
field_text(const struct page_context *context, const struct record *asset, int field)
{
	const struct value *value = record_value(asset, field);
	struct buf buf = {0};
	for (size_t i = 0; i < value_count(value); i++) {
		const struct value *item = value_item(value, i);
		if (item->state != VALUE_OK)
			continue;
		buf_add_c(&buf, buf.size ? ", " : "");
		bool is_record = item->field->type == FIELD_REF && item->reference.record;
		if (item->field->type == FIELD_CHOICE)
			buf_add_c(&buf, item->field->choices->choices[item->choice].text);
		else
			buf_add_str(&buf, is_record ? item->reference.record->title : item->text);
	}
	return plain(context, buf_take(&buf, context->arena));
}

static struct str
worth_text(const struct page_context *context, const struct record *asset)
{
	const struct record *worth = record_part(asset, FIELD_asset_value);
	if (!worth)
		return STR("-");
	struct str c = plain(context, record_text(worth, FIELD_asset_value_confidentiality));
	struct str i = plain(context, record_text(worth, FIELD_asset_value_integrity));
	struct str a = plain(context, record_text(worth, FIELD_asset_value_availability));
	return str_printf(context->arena, "%.*s/%.*s/%.*s", STR_ARG(c), STR_ARG(i), STR_ARG(a));
}

static struct str
risks_text(const struct page_context *context, const struct record *asset)
{
	record_vec risks = risks_on(context, asset);
	struct buf buf = {0};
	for (size_t i = 0; i < risks.count; i++) {
		buf_add_c(&buf, i ? ", " : "");
		buf_add_str(&buf, risks.items[i]->subject);
	}
	return plain(context, buf_take(&buf, context->arena));
}

static void
fill_line(const struct page_context *context, const struct record *asset, struct line *line)
{
	line->cells[COLUMN_ID] = plain(context, asset->id);
	line->cells[COLUMN_TYPE] = field_text(context, asset, FIELD_asset_type);
	line->cells[COLUMN_NAME] = plain(context, asset->title);
	line->cells[COLUMN_OWNER] = field_text(context, asset, FIELD_asset_owner);
	line->cells[COLUMN_CUSTODIAN] = field_text(context, asset, FIELD_asset_custodian);
	line->cells[COLUMN_LOCATION] = field_text(context, asset, FIELD_asset_location);
	line->cells[COLUMN_CLASSIFICATION] = field_text(context, asset, FIELD_asset_classification);
	line->cells[COLUMN_WORTH] = worth_text(context, asset);
	line->cells[COLUMN_STATUS] = field_text(context, asset, FIELD_asset_status);
	line->cells[COLUMN_RISKS] = risks_text(context, asset);
}

static size_t
width_of(struct str text)
{
	size_t width = 0;
	for (size_t i = 0; i < text.size;)
		width += (size_t)utf8_width(utf8_next(text, &i));
	return width;
}

/* At least two blanks stand between cells, none at the end of a line; what is wider than its column moves the rest of its line. */
static void
add_line(struct buf *out, const struct line *line, const size_t *widths)
{
	for (int column = 0; column < COLUMN_COUNT; column++) {
		buf_add_str(out, line->cells[column]);
		size_t width = width_of(line->cells[column]);
		size_t blanks = (width < widths[column] ? widths[column] - width : 0) + 2;
		for (size_t i = 0; column + 1 < COLUMN_COUNT && i < blanks; i++)
			buf_add_char(out, ' ');
	}
	buf_add_char(out, '\n');
}

static void
fill_text(struct page_context *context)
{
	record_vec assets = page_sorted(context, site_records(context->pages->site, KIND_asset));
	struct line *lines = arena_array(context->arena, struct line, assets.count + 1);
	size_t widths[COLUMN_COUNT] = {0};
	for (int column = 0; column < COLUMN_COUNT; column++)
		lines[0].cells[column] = str_from(headings[column]);
	for (size_t i = 0; i < assets.count; i++)
		fill_line(context, assets.items[i], &lines[i + 1]);
	for (size_t i = 0; i <= assets.count; i++)
		for (int column = 0; column < COLUMN_COUNT; column++) {
			size_t width = width_of(lines[i].cells[column]);
			if (width > widths[column])
				widths[column] = width < WIDTH_MAX ? width : WIDTH_MAX;
		}
	for (size_t i = 0; i <= assets.count; i++)
		add_line(&context->bytes, &lines[i], widths);
}

void
asset_pages(struct pages *pages)
{
	const struct kind *kind = pages->site->schema->kinds[KIND_asset];
	const record_vec *assets = site_records(pages->site, KIND_asset);
	if (!assets->count)
		return;
	pages_add(pages, &(struct page){.path = STR("asset/index.html"), .template = "assets.html", .fill = fill_page, .subject = kind,
	                                .document = pages_document_of(assets), .title = pages_kind_other(pages, kind), .section = "asset",
	                                .maker = STR("the register of assets")});
	pages_add_default(pages, &(struct page){.path = str_from(text_path), .fill = fill_text, .title = STR(""),
	                                        .maker = STR("the list of assets")});
}
