/* send(2) and recv(2) on two connected stream sockets. */
#include <stdlib.h>
#include <sys/socket.h>

#include "bench.h"

JNIEXPORT jlong JNICALL Java_io_sockfd_benchmarks_stream_CStream_sendRecv(
    JNIEnv *env, jclass type, jint out, jint in, jint size, jint times)
{
    static char memory[1 << 17];
    long bytes = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        CHECK(send(out, memory, size, MSG_NOSIGNAL));
        for (long received = 0; received < size;) {
            long n = recv(in, memory + sizeof memory / 2, size - received, 0);
            CHECK(n);
            received += n;
        }
        bytes += size;
    }
    return bytes;
}
