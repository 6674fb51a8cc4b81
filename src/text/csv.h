/* CSV as spreadsheets save it (RFC 4180 with `,`, `;` or tab). Written here because no packaged
 * reader gives the place of a field. */
#ifndef ISMARK_TEXT_CSV_H
#define ISMARK_TEXT_CSV_H

#include "text/table.h"

enum { CSV_COLUMNS_MAX = 500, CSV_ROWS_MAX = 200000, CSV_CELLS_MAX = 2000000 };

/* Reads SOURCE; the first row that is not blank is the header. A row with another number of fields, a quote that
 * is not closed or closed too early, and a file beyond the limits are findings (FM family); short rows are filled
 * with empty cells, long ones cut. NULL when there is no header. */
struct table *
csv_read(struct arena *arena, const struct source *source, struct diag_list *diags);

#endif
