/* The same bytes to many TCP connections: by send(2), and by an io_uring in one call. */
#define _GNU_SOURCE
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"

#ifndef IORING_SETUP_NO_SQARRAY /* Linux 6.6 */
#define IORING_SETUP_NO_SQARRAY (1U << 16)
#endif

enum { ENTRIES = 256, SIZE = 64 };

struct ring {
    int fd;
    unsigned *sqTail, *cqHead, *cqTail, sqMask, cqMask;
    struct io_uring_sqe *sqes;
    struct io_uring_cqe *cqes;
    void *memory;
    size_t size;
};

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static long drain(const jint *readers, int count)
{
    char bytes[SIZE];
    long sum = 0;
    for (int i = 0; i < count; i++) {
        long n = recv(readers[i], bytes, sizeof bytes, 0);
        CHECK(n);
        sum += n;
    }
    return sum;
}

static long sendAll(struct ring *ring, const jint *writers, int count, const void *bytes)
{
    if (ring == NULL) {
        for (int i = 0; i < count; i++) {
            CHECK(send(writers[i], bytes, SIZE, MSG_NOSIGNAL));
        }
        return 0;
    }
    unsigned tail = *ring->sqTail;
    for (int i = 0; i < count; i++) {
        ring->sqes[tail++ & ring->sqMask] = (struct io_uring_sqe) {
            .opcode = IORING_OP_SEND, .fd = writers[i], .addr = (uintptr_t) bytes, .len = SIZE,
            .msg_flags = MSG_NOSIGNAL | MSG_WAITALL
        };
    }
    __atomic_store_n(ring->sqTail, tail, __ATOMIC_RELEASE);
    CHECK(syscall(SYS_io_uring_enter, ring->fd, count, count, IORING_ENTER_GETEVENTS, NULL, 0));
    unsigned head = *ring->cqHead;
    for (; head != __atomic_load_n(ring->cqTail, __ATOMIC_ACQUIRE); head++) {
        if (ring->cqes[head & ring->cqMask].res != SIZE) {
            return -EIO;
        }
    }
    __atomic_store_n(ring->cqHead, head, __ATOMIC_RELEASE);
    return 0;
}

LOOP(FanOutRows, CSends, open)(JNIEnv *env, jclass type)
{
    struct io_uring_params p = {
        .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_NO_SQARRAY
                 | IORING_SETUP_SUBMIT_ALL
    };
    (void) env;
    (void) type;
    int fd = (int) syscall(SYS_io_uring_setup, ENTRIES, &p);
    CHECK(fd);
    struct ring *ring = calloc(1, sizeof *ring);
    ring->fd = fd;
    ring->size = p.cq_off.cqes + p.cq_entries * sizeof *ring->cqes;
    char *rings = mmap(NULL, ring->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, IORING_OFF_SQ_RING);
    ring->sqes = mmap(NULL, p.sq_entries * sizeof *ring->sqes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd,
                      IORING_OFF_SQES);
    if (rings == MAP_FAILED || ring->sqes == MAP_FAILED) {
        return -errno;
    }
    ring->memory = rings;
    ring->sqTail = (unsigned *) (rings + p.sq_off.tail);
    ring->cqHead = (unsigned *) (rings + p.cq_off.head);
    ring->cqTail = (unsigned *) (rings + p.cq_off.tail);
    ring->cqes = (struct io_uring_cqe *) (rings + p.cq_off.cqes);
    ring->sqMask = p.sq_entries - 1;
    ring->cqMask = p.cq_entries - 1;
    return (jlong) (intptr_t) ring;
}

LOOP(FanOutRows, CSends, close)(JNIEnv *env, jclass type, jlong at)
{
    struct ring *ring = (struct ring *) (intptr_t) at;
    (void) env;
    (void) type;
    munmap(ring->sqes, (ring->sqMask + 1) * sizeof *ring->sqes);
    munmap(ring->memory, ring->size);
    close(ring->fd);
    free(ring);
    return 0;
}

/* Gives how long the sends took; 0 for the ring is send(2). */
LOOP(FanOutRows, CSends, fanOut)(
    JNIEnv *env, jclass type, jlong ring, jintArray writers, jintArray readers, jlong bytes, jint times)
{
    int count = (*env)->GetArrayLength(env, writers);
    jint *to = (*env)->GetIntArrayElements(env, writers, NULL);
    jint *from = (*env)->GetIntArrayElements(env, readers, NULL);
    long spent = 0;

    (void) type;
    for (int i = 0; i < times && spent >= 0; i++) {
        long start = now();
        long result = sendAll((struct ring *) (intptr_t) ring, to, count, (const void *) (intptr_t) bytes);
        spent += now() - start;
        result = result < 0 ? result : drain(from, count);
        spent = result < 0 ? result : spent;
    }
    (*env)->ReleaseIntArrayElements(env, writers, to, JNI_ABORT);
    (*env)->ReleaseIntArrayElements(env, readers, from, JNI_ABORT);
    return spent;
}
