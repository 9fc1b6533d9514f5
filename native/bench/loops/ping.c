/* A round trip: send(2), then recv(2) until all is back. */
#include <sys/socket.h>

#include "bench.h"

LOOP(LatencyRows, CPing, ping)(
    JNIEnv *env, jclass type, jint fd, jint size, jint times)
{
    static char memory[1 << 16];
    long bytes = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        CHECK(send(fd, memory, size, MSG_NOSIGNAL));
        for (long received = 0; received < size;) {
            long n = recv(fd, memory, size - received, 0);
            CHECK(n);
            if (n == 0) {
                return -ECONNRESET;
            }
            received += n;
        }
        bytes += size;
    }
    return bytes;
}
