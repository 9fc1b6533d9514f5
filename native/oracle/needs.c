/*
 * What a row asks of the machine: "needs kernel 5.11, family AF_VSOCK, libc pidfd_open, cap CAP_NET_RAW", or
 * "without cap CAP_NET_RAW".
 */
#include "oracle.h"

#include <sys/utsname.h>

enum { WORD = 64 };

static long number(const char *name) {
    long value = 0;
    if (!constant_find(name, &value)) {
        fprintf(stderr, "oracle: unknown need %s\n", name);
        exit(2);
    }
    return value;
}

static bool capable(const char *name) {
    unsigned long long effective = 0;
    char line[256];
    FILE *status = fopen("/proc/self/status", "re");
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        sscanf(line, "CapEff: %llx", &effective);
    }
    if (status != NULL) {
        fclose(status);
    }
    return (effective >> number(name) & 1) != 0;
}

static bool kernel_at_least(const char *wanted) {
    struct utsname uts;
    int major = 0, minor = 0, wanted_major = 0, wanted_minor = 0;
    uname(&uts);
    sscanf(uts.release, "%d.%d", &major, &minor);
    sscanf(wanted, "%d.%d", &wanted_major, &wanted_minor);
    return major > wanted_major || (major == wanted_major && minor >= wanted_minor);
}

/* IPv6 may be compiled in and switched off: only a bind tells. */
static bool family_works(const char *name) {
    long family = number(name);
    int fd = socket((int)family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return errno != EAFNOSUPPORT;
    }
    struct sockaddr_in6 loopback = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    bool works = family != AF_INET6 || bind(fd, (struct sockaddr *)&loopback, sizeof loopback) == 0;
    close(fd);
    return works;
}

static enum outcome check(const char *kind, const char *what, bool absent, char *reason, size_t size) {
    if (strcmp(kind, "kernel") == 0) {
        snprintf(reason, size, "needs kernel %s", what);
        return kernel_at_least(what) ? PASSED : SKIPPED;
    }
    if (strcmp(kind, "family") == 0) {
        snprintf(reason, size, "%s is not in this kernel", what);
        return family_works(what) ? PASSED : SKIPPED;
    }
    if (strcmp(kind, "cap") == 0) {
        snprintf(reason, size, absent ? "for processes without %s" : "needs %s", what);
        return capable(what) != absent ? PASSED : absent ? NOT_FOR_THIS_PROCESS : SKIPPED;
    }
    if (strcmp(kind, "libc") == 0) {
        return PASSED; /* decided when the function gives ENOSYS */
    }
    fprintf(stderr, "oracle: unknown need %s\n", kind);
    exit(2);
}

/* Calls check for each need until one is not met; a need is a kind and a name, and a comma goes before the next. */
enum outcome needs_check(const char *needs, char *reason, size_t size) {
    char how[WORD], kind[WORD], what[WORD];
    int length = 0;
    if (*needs == '\0') {
        return PASSED;
    }
    if (sscanf(needs, "%63s%n", how, &length) != 1 || (strcmp(how, "needs") != 0 && strcmp(how, "without") != 0)) {
        fprintf(stderr, "oracle: not a need: %s\n", needs);
        exit(2);
    }
    for (needs += length; sscanf(needs, " %63[a-z] %63[A-Za-z0-9_.]%n", kind, what, &length) == 2; needs++) {
        enum outcome outcome = check(kind, what, how[0] == 'w', reason, size);
        needs += length;
        if (outcome != PASSED || *needs != ',') {
            return outcome;
        }
    }
    fprintf(stderr, "oracle: not a need: %s\n", needs);
    exit(2);
}

bool needs_libc(const char *needs, const char *function) {
    char wanted[WORD];
    snprintf(wanted, sizeof wanted, "libc %s", function);
    const char *found = strstr(needs, wanted);
    return found != NULL && (found[strlen(wanted)] == '\0' || found[strlen(wanted)] == ',');
}
