/* Every function of the table by name. */
#include "oracle.h"

int epoll_pwait2(int, struct epoll_event *, int, const struct timespec *, const sigset_t *) __attribute__((weak));
int pidfd_open(pid_t, unsigned int) __attribute__((weak));
int pidfd_getfd(int, int, unsigned int) __attribute__((weak));

/* What the heap forms of send and recv of the Java interface promise. */
enum { HEAP_MAX = 16384 };

#define NUMBER(i) ((int)a[i])
#define POINTER(i) ((void *)a[i])

static long result(long returned) {
    return returned == -1 ? -errno : returned;
}

static long zero_is_error(long returned) {
    return returned == 0 ? -errno : returned;
}

static int nothing(void (*function)(struct addrinfo *), struct addrinfo *argument) {
    function(argument);
    return 0;
}

static size_t heap_length(long length) {
    return length > HEAP_MAX ? HEAP_MAX : (size_t)length;
}

#define CALLS(X) \
    X(socket, 3, result(socket(NUMBER(0), NUMBER(1), NUMBER(2)))) \
    X(socketpair, 4, result(socketpair(NUMBER(0), NUMBER(1), NUMBER(2), POINTER(3)))) \
    X(bind, 3, result(bind(NUMBER(0), POINTER(1), NUMBER(2)))) \
    X(listen, 2, result(listen(NUMBER(0), NUMBER(1)))) \
    X(accept, 3, result(accept(NUMBER(0), POINTER(1), POINTER(2)))) \
    X(accept4, 4, result(accept4(NUMBER(0), POINTER(1), POINTER(2), NUMBER(3)))) \
    X(connect, 3, result(connect(NUMBER(0), POINTER(1), NUMBER(2)))) \
    X(getsockname, 3, result(getsockname(NUMBER(0), POINTER(1), POINTER(2)))) \
    X(getpeername, 3, result(getpeername(NUMBER(0), POINTER(1), POINTER(2)))) \
    X(getsockopt, 5, result(getsockopt(NUMBER(0), NUMBER(1), NUMBER(2), POINTER(3), POINTER(4)))) \
    X(setsockopt, 5, result(setsockopt(NUMBER(0), NUMBER(1), NUMBER(2), POINTER(3), NUMBER(4)))) \
    X(shutdown, 2, result(shutdown(NUMBER(0), NUMBER(1)))) \
    X(send, 4, result(send(NUMBER(0), POINTER(1), a[2], NUMBER(3)))) \
    X(sendto, 6, result(sendto(NUMBER(0), POINTER(1), a[2], NUMBER(3), POINTER(4), NUMBER(5)))) \
    X(sendmsg, 3, result(sendmsg(NUMBER(0), POINTER(1), NUMBER(2)))) \
    X(sendmmsg, 4, result(sendmmsg(NUMBER(0), POINTER(1), NUMBER(2), NUMBER(3)))) \
    X(recv, 4, result(recv(NUMBER(0), POINTER(1), a[2], NUMBER(3)))) \
    X(recvfrom, 6, result(recvfrom(NUMBER(0), POINTER(1), a[2], NUMBER(3), POINTER(4), POINTER(5)))) \
    X(recvmsg, 3, result(recvmsg(NUMBER(0), POINTER(1), NUMBER(2)))) \
    X(recvmmsg, 5, result(recvmmsg(NUMBER(0), POINTER(1), NUMBER(2), NUMBER(3), POINTER(4)))) \
    X(read, 3, result(read(NUMBER(0), POINTER(1), a[2]))) \
    X(write, 3, result(write(NUMBER(0), POINTER(1), a[2]))) \
    X(readv, 3, result(readv(NUMBER(0), POINTER(1), NUMBER(2)))) \
    X(writev, 3, result(writev(NUMBER(0), POINTER(1), NUMBER(2)))) \
    X(close, 1, result(close(NUMBER(0)))) \
    X(dup, 1, result(dup(NUMBER(0)))) \
    X(dup3, 3, result(dup3(NUMBER(0), NUMBER(1), NUMBER(2)))) \
    X(fcntl, 3, result(fcntl(NUMBER(0), NUMBER(1), a[2]))) \
    X(ioctl, 3, result(ioctl(NUMBER(0), a[1], a[2]))) \
    X(pipe2, 2, result(pipe2(POINTER(0), NUMBER(1)))) \
    X(poll, 3, result(poll(POINTER(0), a[1], NUMBER(2)))) \
    X(ppoll, 4, result(ppoll(POINTER(0), a[1], POINTER(2), POINTER(3)))) \
    X(epoll_create1, 1, result(epoll_create1(NUMBER(0)))) \
    X(epoll_ctl, 4, result(epoll_ctl(NUMBER(0), NUMBER(1), NUMBER(2), POINTER(3)))) \
    X(epoll_wait, 4, result(epoll_wait(NUMBER(0), POINTER(1), NUMBER(2), NUMBER(3)))) \
    X(epoll_pwait, 5, result(epoll_pwait(NUMBER(0), POINTER(1), NUMBER(2), NUMBER(3), POINTER(4)))) \
    X(eventfd, 2, result(eventfd(NUMBER(0), NUMBER(1)))) \
    X(timerfd_create, 2, result(timerfd_create(NUMBER(0), NUMBER(1)))) \
    X(timerfd_settime, 4, result(timerfd_settime(NUMBER(0), NUMBER(1), POINTER(2), POINTER(3)))) \
    X(timerfd_gettime, 2, result(timerfd_gettime(NUMBER(0), POINTER(1)))) \
    X(signalfd, 3, result(signalfd(NUMBER(0), POINTER(1), NUMBER(2)))) \
    X(sendfile, 4, result(sendfile(NUMBER(0), NUMBER(1), POINTER(2), a[3]))) \
    X(splice, 6, result(splice(NUMBER(0), POINTER(1), NUMBER(2), POINTER(3), a[4], NUMBER(5)))) \
    X(tee, 4, result(tee(NUMBER(0), NUMBER(1), a[2], NUMBER(3)))) \
    X(vmsplice, 4, result(vmsplice(NUMBER(0), POINTER(1), a[2], NUMBER(3)))) \
    X(mmap, 6, result((long)mmap(POINTER(0), a[1], NUMBER(2), NUMBER(3), NUMBER(4), a[5]))) \
    X(munmap, 2, result(munmap(POINTER(0), a[1]))) \
    X(if_nametoindex, 1, zero_is_error(if_nametoindex(POINTER(0)))) \
    X(if_indextoname, 2, zero_is_error((long)if_indextoname(NUMBER(0), POINTER(1)))) \
    X(gethostname, 2, result(gethostname(POINTER(0), a[1]))) \
    X(getaddrinfo, 4, getaddrinfo(POINTER(0), POINTER(1), POINTER(2), POINTER(3))) \
    X(freeaddrinfo, 1, nothing(freeaddrinfo, POINTER(0))) \
    X(unshare, 1, result(unshare(NUMBER(0)))) \
    X(setns, 2, result(setns(NUMBER(0), NUMBER(1)))) \
    X(memfd_create, 2, result(memfd_create(POINTER(0), NUMBER(1)))) \
    X(syscall, 7, result(syscall(a[0], a[1], a[2], a[3], a[4], a[5], a[6])))

/* Functions that an older libc lacks: weak above. */
#define NEWER_CALLS(X) \
    X(epoll_pwait2, 5, epoll_pwait2(NUMBER(0), POINTER(1), NUMBER(2), POINTER(3), POINTER(4))) \
    X(pidfd_open, 2, pidfd_open(NUMBER(0), NUMBER(1))) \
    X(pidfd_getfd, 3, pidfd_getfd(NUMBER(0), NUMBER(1), NUMBER(2)))

#define DEFINE(name, arity, expression) \
    static long call_##name(const long *a) { \
        return expression; \
    }
#define DEFINE_NEWER(name, arity, expression) \
    static long call_##name(const long *a) { \
        return name == NULL ? -ENOSYS : result(expression); \
    }
#define ENTRY(name, arity, expression) {#name, arity, call_##name},

CALLS(DEFINE)
NEWER_CALLS(DEFINE_NEWER)

static long call_send_heap(const long *a) {
    return result(send(NUMBER(0), (char *)POINTER(1) + a[2], heap_length(a[3]), NUMBER(4) | MSG_DONTWAIT));
}

static long call_recv_heap(const long *a) {
    return result(recv(NUMBER(0), (char *)POINTER(1) + a[2], heap_length(a[3]), NUMBER(4) | MSG_DONTWAIT));
}

static const struct call calls[] = {
    CALLS(ENTRY) NEWER_CALLS(ENTRY) {"send[]", 5, call_send_heap},
    {"recv[]", 5, call_recv_heap},
};

const struct call *call_find(const char *name) {
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (strcmp(calls[i].name, name) == 0) {
            return &calls[i];
        }
    }
    return NULL;
}
