/* sendmsg(2) and recvmsg(2) of many buffers on two connected stream sockets. */
#include <sys/socket.h>
#include <sys/uio.h>

#include "bench.h"

enum { MOST = 64, MEMORY = 1 << 14 };

static void lay_out(struct iovec *pieces, char *memory, int count, int size)
{
    for (int i = 0; i < count; i++) {
        pieces[i] = (struct iovec) {.iov_base = memory + i * size, .iov_len = size};
    }
}

LOOP(GatherRows, CGather, sendRecv)(
    JNIEnv *env, jclass type, jint out, jint in, jint count, jint size, jint times)
{
    static char memory[2][MEMORY];
    struct iovec to[MOST], from[MOST];
    struct msghdr sent = {.msg_iov = to, .msg_iovlen = count};
    struct msghdr received = {.msg_iov = from, .msg_iovlen = count};
    long bytes = 0;

    (void) env;
    (void) type;
    if (count > MOST || count * size > MEMORY) {
        return -EMSGSIZE;
    }
    lay_out(to, memory[0], count, size);
    lay_out(from, memory[1], count, size);
    for (int i = 0; i < times; i++) {
        CHECK(sendmsg(out, &sent, MSG_NOSIGNAL));
        long n = recvmsg(in, &received, 0);
        CHECK(n);
        bytes += n;
    }
    return bytes;
}
