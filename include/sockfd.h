/*
 * The shim's C interface: one function per call, with C's arguments as int and intptr_t.
 * Each returns what libc returns, or -errno. The shim is called from Java through JNI and holds no state.
 */
#ifndef SOCKFD_H
#define SOCKFD_H

#include <stdint.h>

/* sockets */
int sockfd_socket(int domain, int type, int protocol);
int sockfd_socketpair(int domain, int type, int protocol, intptr_t sv);
int sockfd_bind(int sockfd, intptr_t addr, int addrlen);
int sockfd_listen(int sockfd, int backlog);
int sockfd_accept(int sockfd, intptr_t addr, intptr_t addrlen);
int sockfd_accept4(int sockfd, intptr_t addr, intptr_t addrlen, int flags);
int sockfd_connect(int sockfd, intptr_t addr, int addrlen);
int sockfd_getsockname(int sockfd, intptr_t addr, intptr_t addrlen);
int sockfd_getpeername(int sockfd, intptr_t addr, intptr_t addrlen);
int sockfd_getsockopt(int sockfd, int level, int optname, intptr_t optval, intptr_t optlen);
int sockfd_setsockopt(int sockfd, int level, int optname, intptr_t optval, int optlen);
int sockfd_shutdown(int sockfd, int how);

/* data */
intptr_t sockfd_send(int sockfd, intptr_t buf, intptr_t len, int flags);
intptr_t sockfd_sendto(int sockfd, intptr_t buf, intptr_t len, int flags, intptr_t dest_addr, int addrlen);
intptr_t sockfd_sendmsg(int sockfd, intptr_t msg, int flags);
int sockfd_sendmmsg(int sockfd, intptr_t msgvec, int vlen, int flags);
intptr_t sockfd_recv(int sockfd, intptr_t buf, intptr_t len, int flags);
intptr_t sockfd_recvfrom(int sockfd, intptr_t buf, intptr_t len, int flags, intptr_t src_addr, intptr_t addrlen);
intptr_t sockfd_recvmsg(int sockfd, intptr_t msg, int flags);
int sockfd_recvmmsg(int sockfd, intptr_t msgvec, int vlen, int flags, intptr_t timeout);
intptr_t sockfd_read(int fd, intptr_t buf, intptr_t count);
intptr_t sockfd_write(int fd, intptr_t buf, intptr_t count);
intptr_t sockfd_readv(int fd, intptr_t iov, int iovcnt);
intptr_t sockfd_writev(int fd, intptr_t iov, int iovcnt);

/* descriptors */
int sockfd_close(int fd);
int sockfd_dup(int oldfd);
int sockfd_dup3(int oldfd, int newfd, int flags);
int sockfd_fcntl(int fd, int cmd, intptr_t arg);
int sockfd_ioctl(int fd, intptr_t request, intptr_t argp);
int sockfd_pipe2(intptr_t pipefd, int flags);

/* readiness */
int sockfd_poll(intptr_t fds, intptr_t nfds, int timeout);
int sockfd_ppoll(intptr_t fds, intptr_t nfds, intptr_t tmo_p, intptr_t sigmask);
int sockfd_epoll_create1(int flags);
int sockfd_epoll_ctl(int epfd, int op, int fd, intptr_t event);
int sockfd_epoll_wait(int epfd, intptr_t events, int maxevents, int timeout);
int sockfd_epoll_pwait(int epfd, intptr_t events, int maxevents, int timeout, intptr_t sigmask);
int sockfd_epoll_pwait2(int epfd, intptr_t events, int maxevents, intptr_t timeout, intptr_t sigmask);
int sockfd_eventfd(int initval, int flags);
int sockfd_timerfd_create(int clockid, int flags);
int sockfd_timerfd_settime(int fd, int flags, intptr_t new_value, intptr_t old_value);
int sockfd_timerfd_gettime(int fd, intptr_t curr_value);
int sockfd_signalfd(int fd, intptr_t mask, int flags);

/* moving bytes in the kernel */
intptr_t sockfd_sendfile(int out_fd, int in_fd, intptr_t offset, intptr_t count);
intptr_t sockfd_splice(int fd_in, intptr_t off_in, int fd_out, intptr_t off_out, intptr_t len, int flags);
intptr_t sockfd_tee(int fd_in, int fd_out, intptr_t len, int flags);
intptr_t sockfd_vmsplice(int fd, intptr_t iov, intptr_t nr_segs, int flags);
intptr_t sockfd_mmap(intptr_t addr, intptr_t length, int prot, int flags, int fd, intptr_t offset);
int sockfd_munmap(intptr_t addr, intptr_t length);

/* names */
int sockfd_if_nametoindex(intptr_t ifname);
intptr_t sockfd_if_indextoname(int ifindex, intptr_t ifname);
int sockfd_gethostname(intptr_t name, intptr_t len);
int sockfd_getaddrinfo(intptr_t node, intptr_t service, intptr_t hints, intptr_t res);
void sockfd_freeaddrinfo(intptr_t res);

/* namespaces, processes, the rest */
int sockfd_unshare(int flags);
int sockfd_setns(int fd, int nstype);
int sockfd_pidfd_open(int pid, int flags);
int sockfd_pidfd_getfd(int pidfd, int targetfd, int flags);
int sockfd_memfd_create(intptr_t name, int flags);
intptr_t sockfd_syscall(intptr_t number, intptr_t a1, intptr_t a2, intptr_t a3, intptr_t a4, intptr_t a5, intptr_t a6);

/*
 * Row number row (from 0) of the ABI table, constants first, then structs, as text without an end of line. Returns its
 * length, as snprintf does, or -1 past the last row.
 */
int sockfd_probe(int row, char *buf, int len);

#endif
