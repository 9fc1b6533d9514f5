/* Reads the table: one row per line, lines that begin with a space go on, # begins a comment line. */
#include "oracle.h"

static _Noreturn void fatal(const char *what, const char *where) {
    fprintf(stderr, "oracle: %s: %s\n", what, where);
    exit(2);
}

static void *grow(void *old, size_t count, size_t size) {
    void *grown = realloc(old, (count + 1) * size);
    if (grown == NULL) {
        fatal("out of memory", "table");
    }
    return grown;
}

/* Cuts the next column off at " | " and strips it. */
static char *column(char **rest) {
    char *text = *rest + strspn(*rest, " ");
    char *end = strstr(text, " | ");
    if (end == NULL) {
        *rest = text + strlen(text);
        end = *rest;
    } else {
        *rest = end + 3;
    }
    while (end > text && end[-1] == ' ') {
        end--;
    }
    *end = '\0';
    return text;
}

static void add(struct table *table, char *line) {
    bool def = strncmp(line, "def ", 4) == 0;
    char *rest = def ? line + 4 : line;
    struct row row;
    row.name = column(&rest);
    row.program = column(&rest);
    row.expected = column(&rest);
    row.needs = column(&rest);
    if (*row.program == '\0' || (!def && *row.expected == '\0') || *rest != '\0') {
        fatal("not a row", row.name);
    }
    if (def) {
        table->defs = grow(table->defs, table->def_count, sizeof row);
        table->defs[table->def_count++] = row;
    } else {
        table->rows = grow(table->rows, table->count, sizeof row);
        table->rows[table->count++] = row;
    }
}

void table_read(struct table *table, FILE *in) {
    char *line = NULL;
    size_t room = 0;
    char *pending = NULL; /* the row so far; its pieces live as long as the table */
    memset(table, 0, sizeof *table);
    for (;;) {
        ssize_t length = getline(&line, &room, in);
        if (length > 0 && line[length - 1] == '\n') {
            line[--length] = '\0';
        }
        bool more = length > 0 && line[0] == ' ';
        if (more && pending != NULL) {
            size_t before = strlen(pending);
            pending = grow(pending, before + (size_t)length, 1);
            memcpy(pending + before, line, (size_t)length + 1);
            continue;
        }
        if (pending != NULL) {
            add(table, pending);
            pending = NULL;
        }
        if (length < 0) {
            break;
        }
        if (length > 0 && line[0] != '#') {
            pending = strdup(line);
        }
    }
    free(line);
}

const char *table_def(const struct table *table, const char *name) {
    for (size_t i = 0; i < table->def_count; i++) {
        if (strcmp(table->defs[i].name, name) == 0) {
            return table->defs[i].program;
        }
    }
    return NULL;
}
