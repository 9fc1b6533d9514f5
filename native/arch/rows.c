/*
 * The rows of include/abi/<arch>.tsv, printed by a program that runs: what the compiler put there, and what the libc it
 * runs on calls the errors.
 */
#include "../src/probe.c"

#include <string.h>

int main(void) {
    char row[256];
    for (int i = 0; sockfd_probe(i, row, sizeof row) > 0; i++) {
        puts(row);
    }
#ifdef __GLIBC__
    for (int number = 1; number < 4096; number++) {
        const char *name = strerrorname_np(number);
        if (name != NULL) {
            printf("errno\t%d\t%s\n", number, name);
        }
    }
#endif
    return ferror(stdout) || fflush(stdout) != 0;
}
