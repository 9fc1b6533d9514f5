/* An echo request of raw(7) ICMP and its reply. */
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

#include "bench.h"

#define IP_HEADER 20

LOOP(IcmpRows, CEcho, echo)(
    JNIEnv *env, jclass type, jint fd, jlong request, jint size, jint times)
{
    char reply[256];
    long replies = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        CHECK(send(fd, (const void *) request, size, MSG_NOSIGNAL));
        long received = recv(fd, reply, IP_HEADER + size, 0);
        CHECK(received);
        if (received == IP_HEADER + size && reply[IP_HEADER] == ICMP_ECHOREPLY) {
            replies++;
        }
    }
    return replies;
}
