/*
 * Runs one row: step { ";" step }, where a step is
 *   [try|until] function value ... [-> name | => name]     a call; => owns the descriptor it returned
 *   value [-> name | => name]                               a value
 *   @name                                                   the steps of a def of the table
 * The value of the last step is the row's result. A call before it that fails ends the row, unless it says "try".
 */
#include "oracle.h"

struct run {
    const struct table *table;
    const struct row *row;
    struct scope scope;
    long owned[OWNED_MAX];
    int owned_count;
    long last;
    bool missing_function;
    char failed_step[NAME_MAX_LENGTH + 3];
};

static void own(struct run *run, long descriptor) {
    if (run->owned_count == OWNED_MAX) {
        malformed(&run->scope, "too many descriptors", "");
    }
    run->owned[run->owned_count++] = descriptor;
}

static void disown(struct run *run, long descriptor) {
    for (int i = 0; i < run->owned_count; i++) {
        if (run->owned[i] == descriptor) {
            run->owned[i] = run->owned[--run->owned_count];
            return;
        }
    }
}

static long milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool at_end(const char *text) {
    return *text == '\0' || *text == ';' || strncmp(text, "->", 2) == 0 || strncmp(text, "=>", 2) == 0;
}

static void invoke(struct run *run, const struct call *call, bool until, const char **text) {
    long arguments[CALL_ARGUMENTS_MAX] = {0};
    int count = 0;
    const char *where = *text;
    for (*text = skip_space(*text); !at_end(*text); *text = skip_space(*text)) {
        if (count == call->arity) {
            malformed(&run->scope, "too many arguments", where);
        }
        arguments[count++] = parse_value(&run->scope, text).number;
    }
    if (count < call->arity && strcmp(call->name, "syscall") != 0) {
        malformed(&run->scope, "too few arguments", where);
    }
    long start = milliseconds();
    do {
        run->last = call->invoke(arguments);
    } while (until && run->last >= 0);
    run->scope.elapsed = milliseconds() - start;
    if (strcmp(call->name, "close") == 0 && run->last == 0) {
        disown(run, arguments[0]);
    }
    if (run->last == -ENOSYS && needs_libc(run->row->needs, call->name)) {
        run->missing_function = true;
    }
}

static void bind_result(struct run *run, const char **text, struct value value) {
    char name[NAME_MAX_LENGTH + 1];
    const char *where = *text;
    bool descriptor = **text == '=';
    if (**text == '\0' || **text == ';') {
        return;
    }
    *text = skip_space(*text + 2);
    if (parse_name(text, name) == 0) {
        malformed(&run->scope, "expected a name", where);
    }
    scope_set(&run->scope, name, value);
    if (descriptor && value.number >= 0) {
        own(run, value.number);
    }
}

/* The name at the start of a step: letters, and the [] of the heap forms. */
static int step_name(const char **text, char *name) {
    int length = parse_name(text, name);
    if (length > 0 && strncmp(*text, "[]", 2) == 0) {
        strcat(name, "[]");
        *text += 2;
    }
    return length;
}

static void program(struct run *run, const char *text);

/* One step; false when the row cannot go on. */
static bool step(struct run *run, const char **text) {
    char name[NAME_MAX_LENGTH + 3] = "";
    bool forgiven = false;
    bool until = false;
    if (**text == '@') {
        (*text)++;
        const char *def = parse_name(text, name) > 0 ? table_def(run->table, name) : NULL;
        if (def == NULL) {
            malformed(&run->scope, "no such def", *text);
        }
        program(run, def);
        *text = skip_space(*text);
        return run->failed_step[0] == '\0';
    }
    const char *start = *text;
    int length = step_name(text, name);
    if (strcmp(name, "try") == 0 || strcmp(name, "until") == 0) {
        forgiven = true;
        until = strcmp(name, "until") == 0;
        *text = skip_space(*text);
        start = *text;
        length = step_name(text, name);
    }
    const struct call *call = length > 0 ? call_find(name) : NULL;
    struct value value;
    if (call != NULL) {
        invoke(run, call, until, text);
        value = (struct value){run->last, 0};
    } else {
        *text = start;
        value = parse_value(&run->scope, text);
        run->last = value.number;
        forgiven = true;
    }
    *text = skip_space(*text);
    if (!at_end(*text)) {
        malformed(&run->scope, "expected ; or ->", *text);
    }
    bind_result(run, text, value);
    *text = skip_space(*text);
    if (run->last < 0 && !forgiven && **text == ';') {
        snprintf(run->failed_step, sizeof run->failed_step, "%s", name);
        return false;
    }
    return !run->missing_function;
}

static void program(struct run *run, const char *text) {
    text = skip_space(text);
    while (*text != '\0' && step(run, &text)) {
        text = skip_space(text);
        if (*text == ';') {
            text = skip_space(text + 1);
        } else if (*text != '\0') {
            malformed(&run->scope, "expected ;", text);
        }
    }
}

/* Alternatives: value { " / " value }, where a value may be > or >= a value, or "fd". The one that holds is shown. */
static bool matches(struct run *run, char *shown, size_t size) {
    const char *text = run->row->expected;
    while (*text != '\0') {
        const char *start = text;
        bool holds;
        if (strncmp(text, "fd", 2) == 0 && (text[2] == '\0' || text[2] == ' ')) {
            text += 2;
            holds = run->last >= 0;
        } else if (strncmp(text, ">=", 2) == 0) {
            text += 2;
            holds = run->last >= parse_value(&run->scope, &text).number;
        } else if (*text == '>') {
            text++;
            holds = run->last > parse_value(&run->scope, &text).number;
        } else {
            holds = run->last == parse_value(&run->scope, &text).number;
        }
        if (holds) {
            snprintf(shown, size, "%.*s", (int)(text - start), start);
            return true;
        }
        text = skip_space(text);
        if (*text == '/') {
            text = skip_space(text + 1);
        } else if (*text != '\0') {
            malformed(&run->scope, "expected /", text);
        }
    }
    const char *name = run->last < 0 && run->last > -4096 ? errno_name((int)-run->last) : NULL;
    if (name != NULL) {
        snprintf(shown, size, "-%s", name);
    } else {
        snprintf(shown, size, "%ld", run->last);
    }
    return false;
}

enum outcome machine_run(const struct table *table, const struct row *row, char *shown, size_t size) {
    struct run run = {.table = table, .row = row, .scope.row = row->name};
    enum outcome outcome = needs_check(row->needs, shown, size);
    if (outcome != PASSED) {
        return outcome;
    }
    program(&run, row->program);
    if (run.missing_function) {
        snprintf(shown, size, "not in this libc");
        outcome = SKIPPED;
    } else if (run.failed_step[0] != '\0') {
        const char *name = errno_name((int)-run.last);
        snprintf(shown, size, "%s: -%s", run.failed_step, name == NULL ? "?" : name);
        outcome = FAILED;
    } else if (!matches(&run, shown, size)) {
        outcome = FAILED;
    }
    while (run.owned_count > 0) {
        close((int)run.owned[--run.owned_count]);
    }
    scope_release(&run.scope);
    return outcome;
}
