/* send(2) and recv(2) on two connected stream sockets. */
#include <stdlib.h>
#include <sys/socket.h>

#include "bench.h"

LOOP(StreamRows, CStream, sendRecv)(
    JNIEnv *env, jclass type, jint out, jint in, jlong memory, jint size, jint times)
{
    char *sent = (char *) memory;
    long bytes = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        CHECK(send(out, sent, size, MSG_NOSIGNAL));
        for (long received = 0; received < size;) {
            long n = recv(in, sent + size + received, size - received, 0);
            CHECK(n);
            received += n;
        }
        bytes += size;
    }
    return bytes;
}
