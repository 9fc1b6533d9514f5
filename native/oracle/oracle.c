/*
 * oracle [-v] [table]: runs every row of the table and prints "row<TAB>result". Results that are not what the table
 * expects go to stderr too, and so do rows that leave descriptors open; both make the exit status 1.
 */
#include "oracle.h"

enum { ROW_SECONDS = 5, SHOWN = 128, DESCRIPTORS = 1024 };

static const char *running = "";

/* A row that blocks would hang the build: name it and go. */
static void too_long(int number) {
    static const char text[] = ": this row blocks\n";
    ssize_t ignored = write(STDERR_FILENO, running, strlen(running));
    ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
    (void)number;
    _exit(3);
}

static int open_descriptors(void) {
    int count = 0;
    for (int fd = 0; fd < DESCRIPTORS; fd++) {
        count += fcntl(fd, F_GETFD) >= 0;
    }
    return count;
}

int main(int argc, char **argv) {
    struct table table;
    size_t failures = 0;
    FILE *in = argc > 1 ? fopen(argv[1], "re") : stdin;
    if (in == NULL) {
        perror(argv[1]);
        return 2;
    }
    table_read(&table, in);
    if (argc > 1) {
        fclose(in);
    }
    signal(SIGALRM, too_long);
    signal(SIGPIPE, SIG_IGN);        /* as the JVM has it */
    setvbuf(stdout, NULL, _IOLBF, 0); /* a row that kills the process comes after the last one shown */
    int before = open_descriptors();
    for (size_t i = 0; i < table.count; i++) {
        char shown[SHOWN] = "";
        const struct row *row = &table.rows[i];
        running = row->name;
        alarm(ROW_SECONDS);
        enum outcome outcome = machine_run(&table, row, shown, sizeof shown);
        alarm(0);
        printf("%s\t%s%s\n", row->name, outcome >= SKIPPED ? "skipped: " : "", shown);
        if (outcome == FAILED) {
            fprintf(stderr, "%s: expected %s, got %s\n", row->name, row->expected, shown);
            failures++;
        }
        int now = open_descriptors();
        if (now > before) {
            fprintf(stderr, "%s: leaves %d descriptors open\n", row->name, now - before);
            failures++;
        }
        before = now;
    }
    fprintf(stderr, "oracle: %zu rows, %zu not as expected\n", table.count, failures);
    return failures == 0 ? 0 : 1;
}
