#include <stdio.h>

#include "cmd/commands.h"

bool
print_buffer(struct buf *out)
{
	bool written = !out->size || fwrite(out->data, 1, out->size, stdout) == out->size;
	written = fflush(stdout) == 0 && written;
	if (!written)
		fprintf(stderr, "ismark: cannot write to standard output\n");
	buf_release(out);
	return written;
}
