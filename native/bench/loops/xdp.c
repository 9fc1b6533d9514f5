/* AF_XDP, and what it is compared with for sending: sendmmsg(2) of a packet socket. The rings are this file's own. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

#ifndef AF_XDP
#define AF_XDP 44
#endif
#ifndef SOL_XDP
#define SOL_XDP 283
#endif

/* As in XdpRows.java. */
#define SIZE 64
#define NUMBER 14
#define CHUNKS 4096
#define CHUNK 2048
#define RING 2048
#define BATCH 64

struct ring {
    char *memory;
    size_t length;
    uint32_t *producer, *consumer, *flags;
    void *entries;
    uint32_t next; /* of the index that is ours */
};

struct xsk {
    int fd;
    char *chunks;
    struct ring in, fill, out, completion;
    uint64_t spare[CHUNKS]; /* addresses of chunks to be sent */
    int spares;
};

static uint32_t number(const char *frame)
{
    uint32_t value;

    memcpy(&value, frame + NUMBER, sizeof value);
    return ntohl(value);
}

static void number_it(char *frame, uint32_t value)
{
    value = htonl(value);
    memcpy(frame + NUMBER, &value, sizeof value);
}

static int map(int fd, struct ring *ring, off_t page, const struct xdp_ring_offset *at, size_t entry)
{
    ring->length = at->desc + RING * entry;
    ring->memory = mmap(NULL, ring->length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, page);
    if (ring->memory == MAP_FAILED) {
        ring->memory = NULL;
        return -1;
    }
    ring->producer = (uint32_t *) (ring->memory + at->producer);
    ring->consumer = (uint32_t *) (ring->memory + at->consumer);
    ring->flags = (uint32_t *) (ring->memory + at->flags);
    ring->entries = ring->memory + at->desc;
    return 0;
}

static int sized(int fd, int option)
{
    int entries = RING;

    return setsockopt(fd, SOL_XDP, option, &entries, sizeof entries);
}

static void give_up(struct xsk *xsk)
{
    struct ring *rings[] = {&xsk->in, &xsk->fill, &xsk->out, &xsk->completion};

    for (int i = 0; i < 4; i++) {
        if (rings[i]->memory) {
            munmap(rings[i]->memory, rings[i]->length);
        }
    }
    if (xsk->fd >= 0) {
        close(xsk->fd);
    }
    if (xsk->chunks) {
        munmap(xsk->chunks, CHUNKS * CHUNK);
    }
    free(xsk);
}

static int set_up(struct xsk *xsk, int ifindex)
{
    struct xdp_mmap_offsets at;
    socklen_t length = sizeof at;
    struct sockaddr_xdp where = {
        .sxdp_family = AF_XDP, .sxdp_flags = XDP_COPY | XDP_USE_NEED_WAKEUP, .sxdp_ifindex = ifindex};

    xsk->fd = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
    void *chunks = mmap(NULL, CHUNKS * CHUNK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (xsk->fd < 0 || chunks == MAP_FAILED) {
        return -1;
    }
    madvise(chunks, CHUNKS * CHUNK, MADV_HUGEPAGE); /* as Umem does; the registration makes all of it present */
    xsk->chunks = chunks;
    struct xdp_umem_reg umem = {.addr = (uintptr_t) chunks, .len = CHUNKS * CHUNK, .chunk_size = CHUNK};
    if (setsockopt(xsk->fd, SOL_XDP, XDP_UMEM_REG, &umem, sizeof umem) || sized(xsk->fd, XDP_UMEM_FILL_RING)
        || sized(xsk->fd, XDP_UMEM_COMPLETION_RING) || sized(xsk->fd, XDP_RX_RING) || sized(xsk->fd, XDP_TX_RING)
        || getsockopt(xsk->fd, SOL_XDP, XDP_MMAP_OFFSETS, &at, &length)
        || map(xsk->fd, &xsk->in, XDP_PGOFF_RX_RING, &at.rx, sizeof(struct xdp_desc))
        || map(xsk->fd, &xsk->out, XDP_PGOFF_TX_RING, &at.tx, sizeof(struct xdp_desc))
        || map(xsk->fd, &xsk->fill, XDP_UMEM_PGOFF_FILL_RING, &at.fr, sizeof(uint64_t))
        || map(xsk->fd, &xsk->completion, XDP_UMEM_PGOFF_COMPLETION_RING, &at.cr, sizeof(uint64_t))) {
        return -1;
    }
    uint64_t *fill = xsk->fill.entries;
    for (int i = 0; i < RING; i++) {
        fill[xsk->fill.next++ % RING] = (uint64_t) i * CHUNK;
    }
    __atomic_store_n(xsk->fill.producer, xsk->fill.next, __ATOMIC_RELEASE);
    for (uint64_t i = RING; i < CHUNKS; i++) {
        xsk->spare[xsk->spares++] = i * CHUNK;
    }
    return bind(xsk->fd, (struct sockaddr *) &where, sizeof where);
}

LOOP(XdpRows, CXsk, open)(
    JNIEnv *env, jclass type, jint ifindex)
{
    struct xsk *xsk = calloc(1, sizeof *xsk);

    (void) env;
    (void) type;
    if (!xsk) {
        return -ENOMEM;
    }
    if (set_up(xsk, ifindex)) {
        int failure = errno;
        give_up(xsk);
        return -failure;
    }
    return (jlong) xsk;
}

LOOP(XdpRows, CXsk, fd)(
    JNIEnv *env, jclass type, jlong xsk)
{
    (void) env;
    (void) type;
    return ((struct xsk *) xsk)->fd;
}

LOOP(XdpRows, CXsk, close)(
    JNIEnv *env, jclass type, jlong xsk)
{
    (void) env;
    (void) type;
    give_up((struct xsk *) xsk);
    return 0;
}

LOOP(XdpRows, CXsk, available)(
    JNIEnv *env, jclass type, jlong xsk)
{
    const struct ring *in = &((struct xsk *) xsk)->in;

    (void) env;
    (void) type;
    return __atomic_load_n(in->producer, __ATOMIC_ACQUIRE) - in->next;
}

LOOP(XdpRows, CXsk, read)(
    JNIEnv *env, jclass type, jlong address, jint count)
{
    struct xsk *xsk = (struct xsk *) address;
    const struct xdp_desc *in = xsk->in.entries;
    uint64_t *fill = xsk->fill.entries;
    uint32_t from = xsk->in.next, to = xsk->fill.next;
    long sum = 0;

    (void) env;
    (void) type;
    while (count > 0) {
        int there = __atomic_load_n(xsk->in.producer, __ATOMIC_ACQUIRE) - from;
        int n = there < BATCH ? there : BATCH;
        if (n == 0) {
            return -EAGAIN;
        }
        for (int i = 0; i < n; i++) {
            const struct xdp_desc *frame = &in[from++ % RING];
            sum += frame->len + number(xsk->chunks + frame->addr);
            fill[to++ % RING] = frame->addr & -(uint64_t) CHUNK;
        }
        __atomic_store_n(xsk->in.consumer, from, __ATOMIC_RELEASE);
        __atomic_store_n(xsk->fill.producer, to, __ATOMIC_RELEASE);
        if (__atomic_load_n(xsk->fill.flags, __ATOMIC_RELAXED) & XDP_RING_NEED_WAKEUP) {
            recvfrom(xsk->fd, NULL, 0, MSG_DONTWAIT, NULL, NULL);
        }
        count -= n;
    }
    xsk->in.next = from;
    xsk->fill.next = to;
    return sum;
}

static void reap(struct xsk *xsk)
{
    const uint64_t *done = xsk->completion.entries;
    uint32_t there = __atomic_load_n(xsk->completion.producer, __ATOMIC_ACQUIRE);

    while (xsk->completion.next != there) {
        xsk->spare[xsk->spares++] = done[xsk->completion.next++ % RING];
    }
    __atomic_store_n(xsk->completion.consumer, there, __ATOMIC_RELEASE);
}

/* The kernel sends some at a time, and says EAGAIN when there are more. */
static int kick(struct xsk *xsk)
{
    return sendto(xsk->fd, NULL, 0, MSG_DONTWAIT, NULL, 0) < 0 && errno != EAGAIN && errno != EBUSY
        && errno != ENOBUFS;
}

/* Not all is sent when it returns, but all is the kernel's to send. */
LOOP(XdpRows, CXsk, send)(
    JNIEnv *env, jclass type, jlong address, jlong head, jint count)
{
    struct xsk *xsk = (struct xsk *) address;
    struct xdp_desc *out = xsk->out.entries;

    (void) env;
    (void) type;
    for (reap(xsk); xsk->spares < count; reap(xsk)) {
        if (kick(xsk)) {
            return -errno;
        }
    }
    for (int i = 0; i < count; i++) {
        uint64_t chunk = xsk->spare[--xsk->spares];
        memcpy(xsk->chunks + chunk, (const char *) head, SIZE);
        number_it(xsk->chunks + chunk, i);
        out[xsk->out.next++ % RING] = (struct xdp_desc) {.addr = chunk, .len = SIZE};
    }
    __atomic_store_n(xsk->out.producer, xsk->out.next, __ATOMIC_RELEASE);
    while (__atomic_load_n(xsk->out.consumer, __ATOMIC_ACQUIRE) != xsk->out.next) {
        if (kick(xsk)) {
            return -errno;
        }
        reap(xsk);
    }
    return (jlong) count * SIZE;
}

LOOP(XdpRows, CSendmmsg, sendmmsg)(
    JNIEnv *env, jclass type, jint fd, jlong head, jint count)
{
    char frames[BATCH][SIZE];
    struct iovec iov[BATCH];
    struct mmsghdr messages[BATCH] = {0};
    long sum = 0;

    (void) env;
    (void) type;
    for (int i = 0; i < BATCH; i++) {
        iov[i] = (struct iovec) {frames[i], SIZE};
        messages[i].msg_hdr.msg_iov = &iov[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    for (int sent = 0; sent < count; sent += BATCH) {
        for (int i = 0; i < BATCH; i++) {
            memcpy(frames[i], (const char *) head, SIZE);
            number_it(frames[i], sent + i);
        }
        for (int left = BATCH; left > 0;) {
            int n = sendmmsg(fd, messages + BATCH - left, left, 0);
            CHECK(n);
            left -= n;
            sum += (long) n * SIZE;
        }
    }
    return sum;
}
