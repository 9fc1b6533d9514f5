/*
 * Expressions: value { "|" value }, where a value is
 *   12  0x1f  -1  NAME  "text"  #memory  builder(value, ...)  name=value
 */
#include "oracle.h"

_Noreturn void malformed(const struct scope *scope, const char *what, const char *where) {
    fprintf(stderr, "oracle: %s: %s at \"%.40s\"\n", scope->row, what, where);
    exit(2);
}

void scope_release(struct scope *scope) {
    while (scope->memory_count > 0) {
        free(scope->memory[--scope->memory_count]);
    }
}

struct value scope_allocate(struct scope *scope, size_t size) {
    if (scope->memory_count == (int)(sizeof scope->memory / sizeof *scope->memory)) {
        malformed(scope, "too much memory", "");
    }
    void *memory = calloc(1, size + 1);
    if (memory == NULL) {
        malformed(scope, "out of memory", "");
    }
    scope->memory[scope->memory_count++] = memory;
    return (struct value){(long)memory, size};
}

static struct value *find(struct scope *scope, const char *name) {
    for (int i = 0; i < scope->variable_count; i++) {
        if (strcmp(scope->variables[i].name, name) == 0) {
            return &scope->variables[i].value;
        }
    }
    return NULL;
}

void scope_set(struct scope *scope, const char *name, struct value value) {
    struct value *old = find(scope, name);
    if (old != NULL) {
        *old = value;
        return;
    }
    if (scope->variable_count == VARIABLES_MAX) {
        malformed(scope, "too many variables", name);
    }
    snprintf(scope->variables[scope->variable_count].name, NAME_MAX_LENGTH + 1, "%s", name);
    scope->variables[scope->variable_count++].value = value;
}

const char *skip_space(const char *text) {
    return text + strspn(text, " ");
}

int parse_name(const char **text, char *name) {
    const char *at = *text;
    int length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '_') {
        length++;
    }
    if (length == 0 || isdigit((unsigned char)at[0]) || length > NAME_MAX_LENGTH) {
        return 0;
    }
    memcpy(name, at, (size_t)length);
    name[length] = '\0';
    *text += length;
    return length;
}

static struct value text_value(struct scope *scope, const char **text) {
    const char *start = *text + 1;
    const char *end = strchr(start, '"');
    if (end == NULL) {
        malformed(scope, "no closing quote", *text);
    }
    struct value value = scope_allocate(scope, (size_t)(end - start) + 1);
    memcpy((char *)value.number, start, (size_t)(end - start));
    *text = end + 1;
    return value;
}

static struct value named(struct scope *scope, const char *name, const char *where) {
    struct value *variable = find(scope, name);
    struct value value = {0, 0};
    if (variable != NULL) {
        return *variable;
    }
    if (strcmp(name, "bad") == 0) {
        value.number = 1; /* an address where nothing can be */
    } else if (strcmp(name, "pid") == 0) {
        value.number = getpid();
    } else if (strcmp(name, "elapsed") == 0) {
        value.number = scope->elapsed;
    } else if (strcmp(name, "null") != 0 && !constant_find(name, &value.number)) {
        malformed(scope, "unknown name", where);
    }
    return value;
}

static struct value builder(struct scope *scope, const char *name, const char **text) {
    struct argument arguments[ARGUMENTS_MAX];
    int count = 0;
    const char *where = *text;
    *text = skip_space(*text + 1);
    while (**text != ')') {
        if (count == ARGUMENTS_MAX) {
            malformed(scope, "too many arguments", where);
        }
        bool literal = **text == '"';
        arguments[count].value = parse_value(scope, text);
        arguments[count].text = literal ? (const char *)arguments[count].value.number : NULL;
        count++;
        *text = skip_space(*text);
        if (**text == ',') {
            *text = skip_space(*text + 1);
        } else if (**text != ')') {
            malformed(scope, "expected , or )", *text);
        }
    }
    (*text)++;
    struct value value;
    if (!build(scope, name, arguments, count, &value)) {
        malformed(scope, "no such builder, or wrong arguments", name);
    }
    return value;
}

static struct value primary(struct scope *scope, const char **text) {
    char name[NAME_MAX_LENGTH + 1];
    const char *where = *text;
    if (**text == '"') {
        return text_value(scope, text);
    }
    if (**text == '-') {
        (*text)++;
        struct value value = primary(scope, text);
        return (struct value){-value.number, 0};
    }
    if (**text == '#') {
        (*text)++;
        if (parse_name(text, name) == 0 || find(scope, name) == NULL) {
            malformed(scope, "no such memory", where);
        }
        return (struct value){(long)find(scope, name)->size, 0};
    }
    if (isdigit((unsigned char)**text)) {
        char *end;
        struct value value = {(long)strtoul(*text, &end, 0), 0};
        *text = end;
        return value;
    }
    if (parse_name(text, name) == 0) {
        malformed(scope, "expected a value", where);
    }
    if (**text == '(') {
        return builder(scope, name, text);
    }
    if (**text == '=') {
        (*text)++;
        struct value value = primary(scope, text);
        scope_set(scope, name, value);
        return value;
    }
    return named(scope, name, where);
}

struct value parse_value(struct scope *scope, const char **text) {
    struct value value = primary(scope, text);
    while (**text == '|') {
        (*text)++;
        value = (struct value){value.number | primary(scope, text).number, 0};
    }
    return value;
}
