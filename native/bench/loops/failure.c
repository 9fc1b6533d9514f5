/* Calls that fail, the error number read. Each loop counts the failures that it waits for. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

enum { SIZE = 64 };

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in) {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

LOOP(WouldBlockRows, CWouldBlock, wouldBlock)(JNIEnv *env, jclass type, jint fd, jint times)
{
    char memory[SIZE];
    long failures = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        failures += recv(fd, memory, sizeof memory, 0) < 0 && errno == EAGAIN;
    }
    return failures;
}

LOOP(RefusedRows, CRefused, connectRefused)(JNIEnv *env, jclass type, jint port, jint times)
{
    struct sockaddr_in address = loopback(port);
    long failures = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CHECK(fd);
        failures += connect(fd, (struct sockaddr *) &address, sizeof address) < 0 && errno == ECONNREFUSED;
        close(fd);
    }
    return failures;
}

LOOP(RefusedRows, CRefused, sendRefused)(JNIEnv *env, jclass type, jint fd, jint times)
{
    char memory[SIZE] = {0};
    long failures = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        CHECK(send(fd, memory, sizeof memory, MSG_NOSIGNAL));
        failures += recv(fd, memory, sizeof memory, 0) < 0 && errno == ECONNREFUSED;
    }
    return failures;
}

LOOP(BrokenRows, CBroken, broken)(JNIEnv *env, jclass type, jint fd, jint times)
{
    char memory[SIZE] = {0};
    long failures = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        failures += send(fd, memory, sizeof memory, MSG_NOSIGNAL) < 0 && errno == EPIPE;
    }
    return failures;
}
