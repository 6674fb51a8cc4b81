#include <stdio.h>

#include "cmd/commands.h"

int
print_result(struct buf *out, int exit_code)
{
	bool written = !out->size || fwrite(out->data, 1, out->size, stdout) == out->size;
	written = fflush(stdout) == 0 && written;
	if (!written)
		fprintf(stderr, "ismark: cannot write to standard output\n");
	buf_release(out);
	return written ? exit_code : EXIT_ENVIRONMENT;
}
