/* socket(2), connect(2), accept4(2), close(2) twice. */
#define _GNU_SOURCE
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

LOOP(ConnectionRows, CCycle, cycle)(
    JNIEnv *env, jclass type, jint domain, jintArray listeners, jlong names, jint stride, jint length, jint times)
{
    jint fds[256];
    int count = (*env)->GetArrayLength(env, listeners);

    (void) type;
    (*env)->GetIntArrayRegion(env, listeners, 0, count, fds);
    for (int i = 0; i < times; i++) {
        int which = i & (count - 1);
        int client = socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CHECK(client);
        CHECK(connect(client, (struct sockaddr *) (names + (long) which * stride), length));
        int server = accept4(fds[which], NULL, NULL, SOCK_CLOEXEC);
        CHECK(server);
        CHECK(close(client));
        CHECK(close(server));
    }
    return times;
}
