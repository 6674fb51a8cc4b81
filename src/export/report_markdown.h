/* The audit-readiness report as Markdown of GitHub's flavour, short enough for a comment on a pull request: verdict,
 * checklists, what stands out, what is due; long lists are folded and cut. */
#ifndef ISMARK_EXPORT_REPORT_MARKDOWN_H
#define ISMARK_EXPORT_REPORT_MARKDOWN_H

#include "check/report.h"

void
report_markdown(struct buf *out, const struct report *report);

#endif
