/* Publishing, all or nothing. The new tree is staged beside OUT, in a folder `.NAME.ismark-PID`, where files whose
 * bytes did not change are hard links to those of the old site, so that they keep their inode and their time; then the
 * two trees change places at once. Where the file system cannot do that, the old tree steps aside for the new one
 * (two renames); where OUT is a mount point, each file is replaced at once, one after another.
 * OUT carries the marker file `.ismark`; a folder without it is refused, unless it is empty or holds only
 * `.gitignore`, which is kept. */
#ifndef ISMARK_SITE_PUBLISH_H
#define ISMARK_SITE_PUBLISH_H

#include "site/output.h"

#define PUBLISH_MARKER ".ismark"

/* Puts OUTPUT at the path OUT. False, with a finding that names the operation and the file (PUB002, PUB003),
 * when it could not; the old site is then as it was. */
bool
publish(const struct output *output, const char *out, struct diag_list *diags);

#endif
