/* Reading a packet(7) socket: recvfrom(2), recvmmsg(2), and a ring of TPACKET_V3. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "bench.h"

/* As in Frames.java. */
#define SIZE 64
#define NUMBER 14
#define MOST 64

static uint32_t number(const void *frame)
{
    uint32_t value;

    memcpy(&value, (const char *) frame + NUMBER, sizeof value);
    return ntohl(value);
}

LOOP(PacketRows, CReader, recvfrom)(
    JNIEnv *env, jclass type, jint fd, jint count)
{
    struct sockaddr_ll from;
    char frame[SIZE];
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < count; i++) {
        socklen_t length = sizeof from;
        long n = recvfrom(fd, frame, sizeof frame, MSG_DONTWAIT, (struct sockaddr *) &from, &length);
        CHECK(n);
        sum += n + number(frame);
    }
    return sum;
}

LOOP(PacketRows, CReader, recvmmsg)(
    JNIEnv *env, jclass type, jint fd, jint batch, jint count)
{
    struct sockaddr_ll from[MOST];
    char frames[MOST][SIZE];
    struct iovec iov[MOST];
    struct mmsghdr messages[MOST] = {0};
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < batch; i++) {
        iov[i] = (struct iovec) {frames[i], SIZE};
        messages[i].msg_hdr.msg_iov = &iov[i];
        messages[i].msg_hdr.msg_iovlen = 1;
        messages[i].msg_hdr.msg_name = &from[i];
    }
    while (count > 0) {
        for (int i = 0; i < batch; i++) {
            messages[i].msg_hdr.msg_namelen = sizeof from[i];
        }
        int n = recvmmsg(fd, messages, batch, MSG_DONTWAIT, 0);
        CHECK(n);
        for (int i = 0; i < n; i++) {
            sum += messages[i].msg_len + number(frames[i]);
        }
        count -= n;
    }
    return sum;
}

LOOP(RingRows, CRing, ring)(
    JNIEnv *env, jclass type, jlong memory, jint block_size, jint blocks, jlong next, jint count)
{
    int *index = (int *) next;
    long sum = 0;

    (void) env;
    (void) type;
    while (count > 0) {
        char *block = (char *) memory + (size_t) *index * block_size;
        struct tpacket_hdr_v1 *head = &((struct tpacket_block_desc *) block)->hdr.bh1;
        if (!(__atomic_load_n(&head->block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) {
            return -EAGAIN;
        }
        char *frame = block + head->offset_to_first_pkt;
        int packets = head->num_pkts;
        for (int i = 0; i < packets; i++) {
            struct tpacket3_hdr *packet = (struct tpacket3_hdr *) frame;
            sum += packet->tp_snaplen + number(frame + packet->tp_mac);
            frame += packet->tp_next_offset;
        }
        __atomic_store_n(&head->block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
        *index = (*index + 1) % blocks;
        count -= packets;
    }
    return sum;
}
