/* getsockopt(2), setsockopt(2), getsockname(2) and getpeername(2). */
#include <sys/socket.h>

#include "bench.h"

/* Counts those that are not 0. */
LOOP(OptionRows, COption, get)(JNIEnv *env, jclass type, jint fd, jint times)
{
    long count = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        int value = 0;
        socklen_t length = sizeof value;
        CHECK(getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &value, &length));
        count += value > 0;
    }
    return count;
}

LOOP(OptionRows, COption, set)(JNIEnv *env, jclass type, jint fd, jint value, jint times)
{
    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        CHECK(setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &value, sizeof value));
    }
    return times;
}

/* Counts those with a family. */
LOOP(OptionRows, COption, name)(JNIEnv *env, jclass type, jint fd, jint times)
{
    long count = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        struct sockaddr_storage address;
        socklen_t length = sizeof address;
        CHECK(getsockname(fd, (struct sockaddr *) &address, &length));
        count += address.ss_family != AF_UNSPEC;
    }
    return count;
}

/* Counts those with a family. */
LOOP(OptionRows, COption, peer)(JNIEnv *env, jclass type, jint fd, jint times)
{
    long count = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        struct sockaddr_storage address;
        socklen_t length = sizeof address;
        CHECK(getpeername(fd, (struct sockaddr *) &address, &length));
        count += address.ss_family != AF_UNSPEC;
    }
    return count;
}
