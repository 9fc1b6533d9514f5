/*
 * The ABI of the machine this was compiled for, row by row as in include/abi/<arch>.tsv, so that the tables of the Java
 * side can be checked where there is no compiler.
 */
#include "system.h"

#include "probe.h"

#include <stdio.h>

struct constant {
    const char *name;
    long long value;
};

/* field is null in the row of the struct itself; there the numbers are size and alignment, else offset and size. */
struct layout {
    const char *tag;
    const char *field;
    int first;
    int second;
};

static const struct constant constants[] = {
#define C(name) {#name, (long long)(name)},
#include "constants.def"
#undef C
};

static const struct layout layouts[] = {
#define S(tag, ...) {#tag, NULL, (int)sizeof(struct tag), (int)_Alignof(struct tag)},
#define F(tag, field, ...) {#tag, #field, (int)offsetof(struct tag, field), (int)sizeof(((struct tag *)0)->field)},
#define B(...)
#include "structs.def"
#undef S
#undef F
#undef B
};

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

int sockfd_probe(int row, char *buf, int len) {
    if (row < 0 || row >= COUNT(constants) + COUNT(layouts)) {
        return -1;
    }
    if (row < COUNT(constants)) {
        return snprintf(buf, (size_t)len, "const\t%s\t%lld", constants[row].name, constants[row].value);
    }
    const struct layout *l = &layouts[row - COUNT(constants)];
    if (l->field == NULL) {
        return snprintf(buf, (size_t)len, "struct\t%s\t%d\t%d", l->tag, l->first, l->second);
    }
    return snprintf(buf, (size_t)len, "field\t%s\t%s\t%d\t%d", l->tag, l->field, l->first, l->second);
}
