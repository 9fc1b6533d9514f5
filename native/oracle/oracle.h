/*
 * The C side of the raw contract suite: executes the table of rows with nothing between it and libc, so that the Java
 * backends are compared with what C itself gets. The language is described at the top of the table,
 * java/cli/src/main/resources/io/sockfd/cli/contract/table.txt.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include "system.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 63, VARIABLES_MAX = 64, OWNED_MAX = 64, ARGUMENTS_MAX = 16, CALL_ARGUMENTS_MAX = 7 };

/* A value: every operand is a 64-bit integer; one that is the address of a row's memory also knows the size. */
struct value {
    long number;
    size_t size;
};

struct row {
    const char *name;
    const char *program;
    const char *expected;
    const char *needs; /* "" when there are none */
};

struct table {
    struct row *rows;
    size_t count;
    struct row *defs; /* name and program only */
    size_t def_count;
};

/* table.c */
void table_read(struct table *table, FILE *in);
const char *table_def(const struct table *table, const char *name);

/* machine.c: one row from its first step to the release of what it opened */
enum outcome { PASSED, FAILED, SKIPPED, NOT_FOR_THIS_PROCESS };
enum outcome machine_run(const struct table *table, const struct row *row, char *shown, size_t size);

/* operands.c: the expressions of the language */
struct scope {
    struct {
        char name[NAME_MAX_LENGTH + 1];
        struct value value;
    } variables[VARIABLES_MAX];
    int variable_count;
    void *memory[4 * VARIABLES_MAX];
    int memory_count;
    long elapsed; /* milliseconds that the last call took */
    const char *row;
};
void scope_release(struct scope *scope);
void scope_set(struct scope *scope, const char *name, struct value value);
struct value scope_allocate(struct scope *scope, size_t size);
const char *skip_space(const char *text);
int parse_name(const char **text, char *name);
struct value parse_value(struct scope *scope, const char **text);
_Noreturn void malformed(const struct scope *scope, const char *what, const char *where);

/* builders.c: the structs and the reads; false when there is no builder of that name */
struct argument {
    struct value value;
    const char *text; /* of a "string", else NULL */
};
bool build(struct scope *scope, const char *name, const struct argument *arguments, int count, struct value *result);

/* constants.c */
bool constant_find(const char *name, long *value);
const char *errno_name(int number);

/* calls.c: value or -errno */
struct call {
    const char *name;
    int arity;
    long (*invoke)(const long *arguments);
};
const struct call *call_find(const char *name);

/* needs.c: PASSED when the row can run here; else SKIPPED with the reason, or NOT_FOR_THIS_PROCESS */
enum outcome needs_check(const char *needs, char *reason, size_t size);
bool needs_libc(const char *needs, const char *function);

#endif
