/*
 * uring echo|http: what server.c does, on io_uring. Multishot accept and receive, the kernel's choice of buffer, and sends that
 * are submitted by the call that waits.
 */
#include "program.h"

#include <linux/io_uring.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#ifndef IORING_SETUP_NO_SQARRAY /* Linux 6.6 */
#define IORING_SETUP_NO_SQARRAY (1U << 16)
#endif

enum { SUBMISSIONS = 1024, COMPLETIONS = 4096, BUFFERS = 1024, SIZE = 2048, CONNECTIONS = 1 << 16, NONE = -1 };
enum operation { ACCEPT, RECEIVE, SEND };

static const char RESPONSE[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n";

/* By descriptor. A stream has one send at a time; the buffers to echo are a list, the first of them under way. */
static struct connection {
    unsigned lastFour;
    int sending, owed, first, last;
} connections[CONNECTIONS];

static int ring, http;
static unsigned *sqHead, *sqTail, *cqHead, *cqTail, sqMask, cqMask, tail;
static struct io_uring_sqe *sqes;
static struct io_uring_cqe *cqes;
static struct io_uring_buf_ring *buffers;
static unsigned short given;
static char (*memory)[SIZE];
static int next[BUFFERS], lengths[BUFFERS];

static long enter(unsigned least)
{
    unsigned count = tail - *sqHead;
    __atomic_store_n(sqTail, tail, __ATOMIC_RELEASE);
    return syscall(SYS_io_uring_enter, 0, count, least,
                   IORING_ENTER_GETEVENTS | IORING_ENTER_REGISTERED_RING, NULL, 0);
}

static struct io_uring_sqe *submission(enum operation operation, int fd)
{
    if (tail - __atomic_load_n(sqHead, __ATOMIC_ACQUIRE) > sqMask) {
        orDie(enter(0), "io_uring_enter");
    }
    struct io_uring_sqe *sqe = &sqes[tail++ & sqMask];
    *sqe = (struct io_uring_sqe) {.fd = fd, .user_data = (uint64_t) operation << 32 | (unsigned) fd};
    return sqe;
}

static void accepting(int listener)
{
    struct io_uring_sqe *sqe = submission(ACCEPT, listener);
    sqe->opcode = IORING_OP_ACCEPT;
    sqe->ioprio = IORING_ACCEPT_MULTISHOT;
    sqe->accept_flags = SOCK_CLOEXEC | SOCK_NONBLOCK;
}

static void receiving(int fd)
{
    struct io_uring_sqe *sqe = submission(RECEIVE, fd);
    sqe->opcode = IORING_OP_RECV;
    sqe->ioprio = IORING_RECV_MULTISHOT;
    sqe->flags = IOSQE_BUFFER_SELECT;
}

static void sending(int fd, const char *from, long length)
{
    struct io_uring_sqe *sqe = submission(SEND, fd);
    sqe->opcode = IORING_OP_SEND;
    sqe->addr = (uintptr_t) from;
    sqe->len = length;
    sqe->msg_flags = MSG_NOSIGNAL | MSG_WAITALL;
    connections[fd].sending = 1;
}

static void give(int buffer)
{
    struct io_uring_buf *place = &buffers->bufs[given++ & (BUFFERS - 1)];
    place->addr = (uintptr_t) memory[buffer];
    place->len = SIZE;
    place->bid = buffer;
}

static void answer(int fd)
{
    struct connection *c = &connections[fd];
    if (c->sending) {
        return;
    } else if (http && c->owed > 0) {
        c->owed--;
        sending(fd, RESPONSE, sizeof RESPONSE - 1);
    } else if (!http && c->first != NONE) {
        sending(fd, memory[c->first], lengths[c->first]);
    }
}

static void received(int fd, int buffer, int length)
{
    struct connection *c = &connections[fd];
    if (http) {
        for (int i = 0; i < length; i++) {
            c->lastFour = c->lastFour << 8 | (unsigned char) memory[buffer][i];
            c->owed += c->lastFour == 0x0d0a0d0a;
        }
        give(buffer);
    } else {
        lengths[buffer] = length;
        next[buffer] = NONE;
        if (c->first == NONE) {
            c->first = buffer;
        } else {
            next[c->last] = buffer;
        }
        c->last = buffer;
    }
    answer(fd);
}

static void sent(int fd)
{
    struct connection *c = &connections[fd];
    c->sending = 0;
    if (!http) {
        int done = c->first;
        c->first = next[done];
        give(done);
    }
    answer(fd);
}

static void complete(const struct io_uring_cqe *cqe)
{
    int fd = (int) cqe->user_data;
    int again = !(cqe->flags & IORING_CQE_F_MORE);
    switch (cqe->user_data >> 32) {
    case ACCEPT:
        orDie(cqe->res, "accept");
        orDie(setsockopt(cqe->res, IPPROTO_TCP, TCP_NODELAY, &(int) {1}, sizeof(int)), "setsockopt");
        connections[cqe->res] = (struct connection) {.first = NONE};
        receiving(cqe->res);
        if (again) {
            accepting(fd);
        }
        break;
    case RECEIVE:
        if (cqe->res > 0) {
            received(fd, (int) (cqe->flags >> IORING_CQE_BUFFER_SHIFT), cqe->res);
        } else if (cqe->res != -ENOBUFS) {
            close(fd); /* the receive has ended, and the load is over: nothing is under way */
            break;
        }
        if (again) {
            receiving(fd);
        }
        break;
    default:
        sent(fd);
    }
}

static void open(void)
{
    struct io_uring_params p = {
        .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_NO_SQARRAY
                 | IORING_SETUP_SUBMIT_ALL | IORING_SETUP_CQSIZE,
        .cq_entries = COMPLETIONS
    };
    ring = (int) orDie(syscall(SYS_io_uring_setup, SUBMISSIONS, &p), "io_uring_setup");
    size_t size = p.cq_off.cqes + p.cq_entries * sizeof *cqes;
    char *rings = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQ_RING);
    sqes = mmap(NULL, p.sq_entries * sizeof *sqes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring,
                IORING_OFF_SQES);
    orDie(rings == MAP_FAILED || sqes == MAP_FAILED ? -1 : 0, "mmap");
    sqHead = (unsigned *) (rings + p.sq_off.head);
    sqTail = (unsigned *) (rings + p.sq_off.tail);
    cqHead = (unsigned *) (rings + p.cq_off.head);
    cqTail = (unsigned *) (rings + p.cq_off.tail);
    cqes = (struct io_uring_cqe *) (rings + p.cq_off.cqes);
    sqMask = p.sq_entries - 1;
    cqMask = p.cq_entries - 1;

    struct io_uring_rsrc_update number = {.offset = -1U, .data = (uint64_t) ring};
    orDie(syscall(SYS_io_uring_register, ring, IORING_REGISTER_RING_FDS, &number, 1), "IORING_REGISTER_RING_FDS");

    buffers = mmap(NULL, BUFFERS * sizeof(struct io_uring_buf), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                   -1, 0);
    memory = mmap(NULL, BUFFERS * SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    orDie(buffers == MAP_FAILED || memory == MAP_FAILED ? -1 : 0, "mmap");
    struct io_uring_buf_reg group = {.ring_addr = (uintptr_t) buffers, .ring_entries = BUFFERS};
    orDie(syscall(SYS_io_uring_register, ring, IORING_REGISTER_PBUF_RING, &group, 1), "IORING_REGISTER_PBUF_RING");
    for (int i = 0; i < BUFFERS; i++) {
        give(i);
    }
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "uring echo|http\n");
        return 1;
    }
    endWithParent();
    http = strcmp(arguments[1], "http") == 0;
    open();
    accepting(bound("tcp", SOCK_STREAM, "0"));
    while (1) {
        __atomic_store_n(&buffers->tail, given, __ATOMIC_RELEASE);
        if (enter(1) < 0 && errno != EINTR && errno != EBUSY) {
            orDie(-1, "io_uring_enter");
        }
        unsigned head = *cqHead;
        unsigned end = __atomic_load_n(cqTail, __ATOMIC_ACQUIRE);
        for (; head != end; head++) {
            complete(&cqes[head & cqMask]);
        }
        __atomic_store_n(cqHead, head, __ATOMIC_RELEASE);
    }
}
