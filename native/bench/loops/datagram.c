/* UDP on loopback: single datagrams, sendmmsg(2) and recvmmsg(2), UDP_SEGMENT and UDP_GRO of udp(7). */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/udp.h>
#include <string.h>
#include <sys/socket.h>

#include "bench.h"

#define MOST 64
#define CONTROL CMSG_SPACE(sizeof(int))

static char out_memory[2048], in_memory[2048];

LOOP(DatagramRows, CDatagram, sendRecv)(
    JNIEnv *env, jclass type, jint out, jint in, jint size, jint times)
{
    long bytes = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < times; i++) {
        CHECK(send(out, out_memory, size, MSG_NOSIGNAL));
        long received = recv(in, in_memory, size, 0);
        CHECK(received);
        bytes += received;
    }
    return bytes;
}

LOOP(DatagramRows, CDatagram, sendtoRecvfrom)(
    JNIEnv *env, jclass type, jint out, jint in, jint size, jint times)
{
    struct sockaddr_in to, from;
    socklen_t length = sizeof to;
    long bytes = 0;

    (void) env;
    (void) type;
    CHECK(getsockname(in, (struct sockaddr *) &to, &length));
    for (int i = 0; i < times; i++) {
        CHECK(sendto(out, out_memory, size, MSG_NOSIGNAL, (struct sockaddr *) &to, sizeof to));
        length = sizeof from;
        long received = recvfrom(in, in_memory, size, 0, (struct sockaddr *) &from, &length);
        CHECK(received);
        bytes += received;
    }
    return bytes;
}

/* A struct mmsghdr[] and what it points to. */
struct vector {
    struct mmsghdr messages[MOST];
    struct iovec iov[MOST];
    struct sockaddr_in address;
    socklen_t address_length;
    _Alignas(struct cmsghdr) char control[MOST][CONTROL];
};

static void prepare(struct vector *v, char *memory, int count, int size)
{
    memset(v, 0, sizeof *v);
    for (int i = 0; i < count; i++) {
        v->iov[i] = (struct iovec) {memory + i * size, size};
        v->messages[i].msg_hdr.msg_iov = &v->iov[i];
        v->messages[i].msg_hdr.msg_iovlen = 1;
    }
}

static void with_address(struct vector *v, int count)
{
    v->address_length = sizeof v->address;
    for (int i = 0; i < count; i++) {
        v->messages[i].msg_hdr.msg_name = &v->address;
        v->messages[i].msg_hdr.msg_namelen = sizeof v->address;
    }
}

static void with_segment(struct vector *v, int size)
{
    struct msghdr *message = &v->messages[0].msg_hdr;

    message->msg_control = v->control[0];
    message->msg_controllen = CMSG_SPACE(sizeof(uint16_t));
    struct cmsghdr *head = CMSG_FIRSTHDR(message);
    head->cmsg_level = SOL_UDP;
    head->cmsg_type = UDP_SEGMENT;
    head->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    *(uint16_t *) CMSG_DATA(head) = size;
}

/* The kernel has put in what it used. */
static void before_receive(struct vector *v, int count)
{
    for (int i = 0; i < count; i++) {
        v->messages[i].msg_hdr.msg_namelen = v->address_length;
        v->messages[i].msg_hdr.msg_control = v->control[i];
        v->messages[i].msg_hdr.msg_controllen = CONTROL;
    }
}

static int segment(struct msghdr *message)
{
    struct cmsghdr *head = CMSG_FIRSTHDR(message);

    return head && head->cmsg_level == SOL_UDP && head->cmsg_type == UDP_GRO ? *(int *) CMSG_DATA(head) : -1;
}

static long receive_segments(int in, struct vector *v, int count)
{
    long bytes = 0;

    for (int left = count; left > 0;) {
        before_receive(v, 1);
        long received = recvmsg(in, &v->messages[0].msg_hdr, 0);
        CHECK(received);
        int size = segment(&v->messages[0].msg_hdr);
        left -= size < 0 ? 1 : received / size;
        bytes += received;
    }
    return bytes;
}

static long receive_batch(int in, struct vector *v, int count)
{
    long bytes = 0;

    before_receive(v, count);
    int received = recvmmsg(in, v->messages, count, 0, 0);
    CHECK(received);
    for (int i = 0; i < received; i++) {
        bytes += v->messages[i].msg_len;
    }
    return bytes;
}

LOOP(BatchRows, CMessages, move)(
    JNIEnv *env, jclass type, jint out, jint in, jlong from, jlong into, jint count, jint size, jboolean connected,
    jboolean gso, jboolean option, jboolean gro, jint times)
{
    static struct vector sent, received;
    long bytes = 0;

    (void) env;
    (void) type;
    prepare(&sent, (char *) from, gso ? 1 : count, gso ? count * size : size);
    prepare(&received, (char *) into, gro ? 1 : count, gro ? count * size : size);
    if (!connected) {
        with_address(&sent, gso ? 1 : count);
        with_address(&received, gro ? 1 : count);
        CHECK(getsockname(in, (struct sockaddr *) &sent.address, &sent.address_length));
    }
    if (gso && !option) {
        with_segment(&sent, size);
    }
    for (int i = 0; i < times; i++) {
        CHECK(option ? send(out, (char *) from, count * size, MSG_NOSIGNAL)
              : gso  ? sendmsg(out, &sent.messages[0].msg_hdr, MSG_NOSIGNAL)
                     : sendmmsg(out, sent.messages, count, MSG_NOSIGNAL));
        long n = gro ? receive_segments(in, &received, count) : receive_batch(in, &received, count);
        if (n < 0) {
            return n;
        }
        bytes += n;
    }
    return bytes;
}
