/* Each call of include/sockfd.h: what libc returns, or -errno. */
#define _GNU_SOURCE
#include "sockfd.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netdb.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

/* Younger than some libcs: weak, so that one library runs on all and lacks only these calls there. */
extern int epoll_pwait2(int, struct epoll_event *, int, const struct timespec *, const sigset_t *) __attribute__((weak));
extern int pidfd_open(pid_t, unsigned int) __attribute__((weak));
extern int pidfd_getfd(int, int, unsigned int) __attribute__((weak));

static intptr_t value(intptr_t result) {
    return result == -1 ? -errno : result;
}

/* sockets */

int sockfd_socket(int domain, int type, int protocol) {
    return (int)value(socket(domain, type, protocol));
}

int sockfd_socketpair(int domain, int type, int protocol, intptr_t sv) {
    return (int)value(socketpair(domain, type, protocol, (int *)sv));
}

int sockfd_bind(int sockfd, intptr_t addr, int addrlen) {
    return (int)value(bind(sockfd, (struct sockaddr *)addr, addrlen));
}

int sockfd_listen(int sockfd, int backlog) {
    return (int)value(listen(sockfd, backlog));
}

int sockfd_accept(int sockfd, intptr_t addr, intptr_t addrlen) {
    return (int)value(accept(sockfd, (struct sockaddr *)addr, (socklen_t *)addrlen));
}

int sockfd_accept4(int sockfd, intptr_t addr, intptr_t addrlen, int flags) {
    return (int)value(accept4(sockfd, (struct sockaddr *)addr, (socklen_t *)addrlen, flags));
}

int sockfd_connect(int sockfd, intptr_t addr, int addrlen) {
    return (int)value(connect(sockfd, (struct sockaddr *)addr, addrlen));
}

int sockfd_getsockname(int sockfd, intptr_t addr, intptr_t addrlen) {
    return (int)value(getsockname(sockfd, (struct sockaddr *)addr, (socklen_t *)addrlen));
}

int sockfd_getpeername(int sockfd, intptr_t addr, intptr_t addrlen) {
    return (int)value(getpeername(sockfd, (struct sockaddr *)addr, (socklen_t *)addrlen));
}

int sockfd_getsockopt(int sockfd, int level, int optname, intptr_t optval, intptr_t optlen) {
    return (int)value(getsockopt(sockfd, level, optname, (void *)optval, (socklen_t *)optlen));
}

int sockfd_setsockopt(int sockfd, int level, int optname, intptr_t optval, int optlen) {
    return (int)value(setsockopt(sockfd, level, optname, (void *)optval, optlen));
}

int sockfd_shutdown(int sockfd, int how) {
    return (int)value(shutdown(sockfd, how));
}


/* data */

intptr_t sockfd_send(int sockfd, intptr_t buf, intptr_t len, int flags) {
    return value(send(sockfd, (void *)buf, (size_t)len, flags));
}

intptr_t sockfd_sendto(int sockfd, intptr_t buf, intptr_t len, int flags, intptr_t dest_addr, int addrlen) {
    return value(sendto(sockfd, (void *)buf, (size_t)len, flags, (struct sockaddr *)dest_addr, addrlen));
}

intptr_t sockfd_sendmsg(int sockfd, intptr_t msg, int flags) {
    return value(sendmsg(sockfd, (struct msghdr *)msg, flags));
}

int sockfd_sendmmsg(int sockfd, intptr_t msgvec, int vlen, int flags) {
    return (int)value(sendmmsg(sockfd, (struct mmsghdr *)msgvec, vlen, flags));
}

intptr_t sockfd_recv(int sockfd, intptr_t buf, intptr_t len, int flags) {
    return value(recv(sockfd, (void *)buf, (size_t)len, flags));
}

intptr_t sockfd_recvfrom(int sockfd, intptr_t buf, intptr_t len, int flags, intptr_t src_addr, intptr_t addrlen) {
    return value(recvfrom(sockfd, (void *)buf, (size_t)len, flags, (struct sockaddr *)src_addr, (socklen_t *)addrlen));
}

intptr_t sockfd_recvmsg(int sockfd, intptr_t msg, int flags) {
    return value(recvmsg(sockfd, (struct msghdr *)msg, flags));
}

int sockfd_recvmmsg(int sockfd, intptr_t msgvec, int vlen, int flags, intptr_t timeout) {
    return (int)value(recvmmsg(sockfd, (struct mmsghdr *)msgvec, vlen, flags, (struct timespec *)timeout));
}

intptr_t sockfd_read(int fd, intptr_t buf, intptr_t count) {
    return value(read(fd, (void *)buf, (size_t)count));
}

intptr_t sockfd_write(int fd, intptr_t buf, intptr_t count) {
    return value(write(fd, (void *)buf, (size_t)count));
}

intptr_t sockfd_readv(int fd, intptr_t iov, int iovcnt) {
    return value(readv(fd, (const struct iovec *)iov, iovcnt));
}

intptr_t sockfd_writev(int fd, intptr_t iov, int iovcnt) {
    return value(writev(fd, (const struct iovec *)iov, iovcnt));
}


/* descriptors */

int sockfd_close(int fd) {
    return (int)value(close(fd));
}

int sockfd_dup(int oldfd) {
    return (int)value(dup(oldfd));
}

int sockfd_dup3(int oldfd, int newfd, int flags) {
    return (int)value(dup3(oldfd, newfd, flags));
}

int sockfd_fcntl(int fd, int cmd, intptr_t arg) {
    return (int)value(fcntl(fd, cmd, arg));
}

int sockfd_ioctl(int fd, intptr_t request, intptr_t argp) {
    return (int)value(ioctl(fd, (unsigned long)request, argp));
}

int sockfd_pipe2(intptr_t pipefd, int flags) {
    return (int)value(pipe2((int *)pipefd, flags));
}


/* readiness */

int sockfd_poll(intptr_t fds, intptr_t nfds, int timeout) {
    return (int)value(poll((struct pollfd *)fds, (nfds_t)nfds, timeout));
}

int sockfd_ppoll(intptr_t fds, intptr_t nfds, intptr_t tmo_p, intptr_t sigmask) {
    return (int)value(ppoll((struct pollfd *)fds, (nfds_t)nfds, (struct timespec *)tmo_p, (const sigset_t *)sigmask));
}

int sockfd_epoll_create1(int flags) {
    return (int)value(epoll_create1(flags));
}

int sockfd_epoll_ctl(int epfd, int op, int fd, intptr_t event) {
    return (int)value(epoll_ctl(epfd, op, fd, (struct epoll_event *)event));
}

int sockfd_epoll_wait(int epfd, intptr_t events, int maxevents, int timeout) {
    return (int)value(epoll_wait(epfd, (struct epoll_event *)events, maxevents, timeout));
}

int sockfd_epoll_pwait(int epfd, intptr_t events, int maxevents, int timeout, intptr_t sigmask) {
    return (int)value(epoll_pwait(epfd, (struct epoll_event *)events, maxevents, timeout, (const sigset_t *)sigmask));
}

int sockfd_epoll_pwait2(int epfd, intptr_t events, int maxevents, intptr_t timeout, intptr_t sigmask) {
    return epoll_pwait2 == NULL ? -ENOSYS : (int)value(epoll_pwait2(epfd, (struct epoll_event *)events, maxevents, (struct timespec *)timeout, (const sigset_t *)sigmask));
}

int sockfd_eventfd(int initval, int flags) {
    return (int)value(eventfd(initval, flags));
}

int sockfd_timerfd_create(int clockid, int flags) {
    return (int)value(timerfd_create(clockid, flags));
}

int sockfd_timerfd_settime(int fd, int flags, intptr_t new_value, intptr_t old_value) {
    return (int)value(timerfd_settime(fd, flags, (struct itimerspec *)new_value, (struct itimerspec *)old_value));
}

int sockfd_timerfd_gettime(int fd, intptr_t curr_value) {
    return (int)value(timerfd_gettime(fd, (struct itimerspec *)curr_value));
}

int sockfd_signalfd(int fd, intptr_t mask, int flags) {
    return (int)value(signalfd(fd, (const sigset_t *)mask, flags));
}


/* moving bytes in the kernel */

intptr_t sockfd_sendfile(int out_fd, int in_fd, intptr_t offset, intptr_t count) {
    return value(sendfile(out_fd, in_fd, (off_t *)offset, (size_t)count));
}

intptr_t sockfd_splice(int fd_in, intptr_t off_in, int fd_out, intptr_t off_out, intptr_t len, int flags) {
    return value(splice(fd_in, (off_t *)off_in, fd_out, (off_t *)off_out, (size_t)len, flags));
}

intptr_t sockfd_tee(int fd_in, int fd_out, intptr_t len, int flags) {
    return value(tee(fd_in, fd_out, (size_t)len, flags));
}

intptr_t sockfd_vmsplice(int fd, intptr_t iov, intptr_t nr_segs, int flags) {
    return value(vmsplice(fd, (const struct iovec *)iov, (size_t)nr_segs, flags));
}

intptr_t sockfd_mmap(intptr_t addr, intptr_t length, int prot, int flags, int fd, intptr_t offset) {
    return value((intptr_t)mmap((void *)addr, (size_t)length, prot, flags, fd, offset));
}

int sockfd_munmap(intptr_t addr, intptr_t length) {
    return (int)value(munmap((void *)addr, (size_t)length));
}


/* names */

int sockfd_if_nametoindex(intptr_t ifname) {
    unsigned index = if_nametoindex((char *)ifname);
    return index == 0 ? -errno : (int)index;
}

intptr_t sockfd_if_indextoname(int ifindex, intptr_t ifname) {
    char *name = if_indextoname((unsigned)ifindex, (char *)ifname);
    return name == NULL ? -errno : (intptr_t)name;
}

int sockfd_gethostname(intptr_t name, intptr_t len) {
    return (int)value(gethostname((char *)name, (size_t)len));
}

int sockfd_getaddrinfo(intptr_t node, intptr_t service, intptr_t hints, intptr_t res) {
    return getaddrinfo((char *)node, (char *)service, (struct addrinfo *)hints, (struct addrinfo **)res);
}

void sockfd_freeaddrinfo(intptr_t res) {
    freeaddrinfo((struct addrinfo *)res);
}


/* namespaces, processes, the rest */

int sockfd_unshare(int flags) {
    return (int)value(unshare(flags));
}

int sockfd_setns(int fd, int nstype) {
    return (int)value(setns(fd, nstype));
}

int sockfd_pidfd_open(int pid, int flags) {
    return pidfd_open == NULL ? -ENOSYS : (int)value(pidfd_open(pid, flags));
}

int sockfd_pidfd_getfd(int pidfd, int targetfd, int flags) {
    return pidfd_getfd == NULL ? -ENOSYS : (int)value(pidfd_getfd(pidfd, targetfd, flags));
}

int sockfd_memfd_create(intptr_t name, int flags) {
    return (int)value(memfd_create((char *)name, flags));
}

intptr_t sockfd_syscall(intptr_t number, intptr_t a1, intptr_t a2, intptr_t a3, intptr_t a4, intptr_t a5, intptr_t a6) {
    return value(syscall(number, a1, a2, a3, a4, a5, a6));
}
