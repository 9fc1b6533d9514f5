/*
 * flags: reads rows, answers each with "number<TAB>answer", in any order. Many processes share the rows, because most of a
 * row's time is waiting. A row that is not understood ends the program.
 */
#include "flags.h"

enum { PROCESSES = 32 };

static const char *const TYPE_NAMES[TYPES] = {
    "TCP", "UDP", "UNIX_STREAM", "UNIX_SEQPACKET", "UNIX_DGRAM", "RAW", "NETLINK", "PACKET"};

#ifndef MSG_PROBE
#define MSG_PROBE 0x10
#endif

static const struct {
    const char *name;
    int value;
} FLAGS[] = {
    {"WAITALL", MSG_WAITALL},   {"PEEK", MSG_PEEK},         {"TRUNC", MSG_TRUNC},
    {"DONTWAIT", MSG_DONTWAIT}, {"OOB", MSG_OOB},           {"ERRQUEUE", MSG_ERRQUEUE},
    {"MORE", MSG_MORE},         {"EOR", MSG_EOR},           {"CONFIRM", MSG_CONFIRM},
    {"PROBE", MSG_PROBE},       {"DONTROUTE", MSG_DONTROUTE}, {"NOSIGNAL", MSG_NOSIGNAL},
    {"FASTOPEN", MSG_FASTOPEN}, {"CMSG_CLOEXEC", MSG_CMSG_CLOEXEC},
};

static _Noreturn void malformed(const char *what, const char *text) {
    fprintf(stderr, "flags: no %s: %s\n", what, text);
    exit(2);
}

static int parse_flags(char *text) {
    int flags = 0;
    char *rest = NULL;
    for (char *name = strtok_r(text, "|", &rest); name != NULL && *name != '-'; name = strtok_r(NULL, "|", &rest)) {
        size_t i = 0;
        while (i < sizeof FLAGS / sizeof FLAGS[0] && strcmp(FLAGS[i].name, name) != 0) {
            i++;
        }
        if (i == sizeof FLAGS / sizeof FLAGS[0]) {
            malformed("flag", name);
        }
        flags |= FLAGS[i].value;
    }
    return flags;
}

static struct row parse(char *line, int number) {
    char *fields[FIELDS];
    char *rest = NULL;
    int count = 0;
    for (char *field = strtok_r(line, " \n", &rest); field != NULL; field = strtok_r(NULL, " \n", &rest)) {
        if (count == FIELDS) {
            malformed("row", line);
        }
        fields[count++] = field;
    }
    if (count != FIELDS) {
        malformed("row", line);
    }
    int type = 0;
    while (type < TYPES && strcmp(TYPE_NAMES[type], fields[1]) != 0) {
        type++;
    }
    if (type == TYPES) {
        malformed("type", fields[1]);
    }
    return (struct row){
        .sends = strcmp(fields[0], "send") == 0,
        .type = (enum type)type,
        .state = fields[2],
        .mode = fields[3],
        .flags = parse_flags(fields[4]),
        .shape = strcmp(fields[5], "message") == 0 ? MESSAGE : strcmp(fields[5], "batch") == 0 ? BATCH : ONE,
        .size = strtoul(fields[6], NULL, 10),
        .milliseconds = strtol(fields[7], NULL, 10),
        .number = number,
    };
}

bool is(const struct row *row, const char *state) {
    return strcmp(row->state, state) == 0;
}

bool is_stream(enum type type) {
    return type == TCP || type == UNIX_STREAM;
}

_Noreturn void impossible(const struct row *row, const char *what) {
    fprintf(stderr, "flags: row %d (%s): %s: %s\n", row->number, row->state, what, strerror(errno));
    exit(2);
}

static void work(char **lines, int count, int first) {
    for (int i = first; i < count; i += PROCESSES) {
        char text[ANSWER] = "";
        char out[ANSWER + WORD];
        struct row row = parse(lines[i], i);
        answer(&row, text);
        int length = snprintf(out, sizeof out, "%d\t%s\n", i, text);
        if (write(STDOUT_FILENO, out, (size_t)length) != length) { /* less than PIPE_BUF: lines do not mix */
            impossible(&row, "write");
        }
    }
}

int main(void) {
    char **lines = NULL;
    int count = 0;
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        lines = realloc(lines, (size_t)(count + 1) * sizeof *lines);
        lines[count++] = line;
        line = NULL;
        size = 0;
    }
    signal(SIGPIPE, SIG_IGN); /* as the JVM has it */
    for (int i = 0; i < PROCESSES; i++) {
        pid_t child = fork();
        if (child < 0) {
            perror("fork");
            return 2;
        } else if (child == 0) {
            work(lines, count, i);
            return 0;
        }
    }
    int bad = 0;
    int status;
    while (wait(&status) > 0) {
        bad |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return bad ? 2 : 0;
}
