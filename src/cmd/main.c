#include <stdio.h>

int
main(void)
{
	puts("ismark");
	return 0;
}
