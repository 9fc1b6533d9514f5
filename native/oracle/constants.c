/* The names of include/constants.def that the table uses (see build), with the values that this system's headers give them. */
#include "oracle.h"

#define C(name) {#name, (long)(name)},

static const struct {
    const char *name;
    long value;
} constants[] = {
#include "used.def"
};

enum { COUNT = sizeof constants / sizeof *constants };

bool constant_find(const char *name, long *value) {
    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(constants[i].name, name) == 0) {
            *value = constants[i].value;
            return true;
        }
    }
    return false;
}

/* The first in the alphabet where two names share a number; NULL when there is none. */
const char *errno_name(int number) {
    const char *found = NULL;
    for (size_t i = 0; i < COUNT; i++) {
        const char *name = constants[i].name;
        bool errno_like = name[0] == 'E' && strchr(name, '_') == NULL && strncmp(name, "EPOLL", 5) != 0;
        if (errno_like && constants[i].value == number && (found == NULL || strcmp(name, found) < 0)) {
            found = name;
        }
    }
    return found;
}
