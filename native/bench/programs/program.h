/* What the programs share: they serve one measurement and never outlive it. */
#pragma once

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static inline long orDie(long result, const char *call)
{
    if (result < 0) {
        perror(call);
        exit(1);
    }
    return result;
}

static inline void endWithParent(void)
{
    orDie(prctl(PR_SET_PDEATHSIG, SIGKILL), "prctl");
}

static inline int isUnix(const char *family)
{
    return strcmp(family, "unix") == 0;
}

/* An address on loopback, or a path; gives its length. */
static inline socklen_t address(const char *family, const char *text, struct sockaddr_storage *storage)
{
    memset(storage, 0, sizeof *storage);
    if (isUnix(family)) {
        struct sockaddr_un *un = (struct sockaddr_un *) storage;
        un->sun_family = AF_UNIX;
        if (strlen(text) >= sizeof un->sun_path) {
            fprintf(stderr, "%s: longer than a socket's path can be\n", text);
            exit(1);
        }
        strcpy(un->sun_path, text);
        return sizeof *un;
    }
    struct sockaddr_in *in = (struct sockaddr_in *) storage;
    in->sin_family = AF_INET;
    in->sin_port = htons((in_port_t) atoi(text));
    in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return sizeof *in;
}

/* Binds a socket, and tells on stdout where: a port, or the path. */
static inline int bound(const char *family, int type, const char *text)
{
    struct sockaddr_storage storage;
    socklen_t length = address(family, text, &storage);
    int fd = (int) orDie(socket(storage.ss_family, type | SOCK_CLOEXEC, 0), "socket");
    orDie(bind(fd, (struct sockaddr *) &storage, length), "bind");
    if (type == SOCK_STREAM) {
        orDie(listen(fd, 4096), "listen");
    }
    if (isUnix(family)) {
        printf("%s\n", text);
    } else {
        orDie(getsockname(fd, (struct sockaddr *) &storage, &length), "getsockname");
        printf("%d\n", ntohs(((struct sockaddr_in *) &storage)->sin_port));
    }
    fflush(stdout);
    return fd;
}

static inline long nanos(clockid_t clock)
{
    struct timespec now;
    orDie(clock_gettime(clock, &now), "clock_gettime");
    return now.tv_sec * 1000000000L + now.tv_nsec;
}
