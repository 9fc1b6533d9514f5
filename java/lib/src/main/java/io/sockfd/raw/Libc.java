package io.sockfd.raw;

/**
 * The C library's socket calls, one method per function, with C's names and C's order of arguments.
 *
 * <p>Every pointer is a {@code long} address: take it from {@link Memory#address}. Every {@code size_t} is a {@code
 * long}; C's {@code unsigned int} is an {@code int} with the same bits. <b>Every method returns what C returns, or
 * {@code -errno}</b>; the exceptions are {@link #getaddrinfo} and {@link #freeaddrinfo}. None throws, none retries after
 * {@code EINTR}, none blocks a signal. A libc that lacks a function gives {@code -ENOSYS} from that method alone.
 * Where a function is no more than its system call, a backend may do without libc, see {@link Backend}; the results are
 * the same.
 *
 * <p>An address that is wrong gives {@code -EFAULT} where the kernel reads it. Where libc reads it
 * itself a wrong address ends the process, as it does in C: {@link #if_nametoindex}, {@link #if_indextoname}, {@link
 * #gethostname}, {@link #getaddrinfo}, {@link #freeaddrinfo}, and the timeout of {@link #ppoll}; with musl also {@link
 * #sendmsg}, {@link #recvmsg}, {@link #sendmmsg} and {@link #recvmmsg}.
 *
 * <p>All methods may be called from any thread. A call that blocks holds its thread in C: a virtual thread pins its
 * carrier meanwhile, and neither {@code close} nor {@link Thread#interrupt} ends it.
 *
 * <pre>{@code
 * Libc libc = Libc.get();
 * int sockfd = libc.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
 * if (sockfd < 0) {
 *     System.out.println(Errno.ofResult(sockfd)); // never an exception
 * } else {
 *     libc.close(sockfd);
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/dir_section_2.html">Linux manual pages, section 2</a>
 */
public interface Libc {

    /** The library's backend, chosen once; see {@link Backend}. Throws {@link BackendException} when there is none. */
    static Libc get() {
        return Backend.chosenLibc();
    }

    /**
     * As {@link #get}, for a {@code static final} field: an initializer must not throw, or the class is broken for good.
     * Where there is no backend every method of what this returns throws {@link #get}'s exception.
     */
    static Libc getOrRefusing() {
        return Backend.chosenOrRefusing();
    }

    // ---- sockets -------------------------------------------------------------------------------------------------

    /** <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>. */
    int socket(int domain, int type, int protocol);

    /** <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>; {@code sv}: int[2]. */
    int socketpair(int domain, int type, int protocol, long sv);

    /** <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>. */
    int bind(int sockfd, long addr, int addrlen);

    /** <a href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</a>. */
    int listen(int sockfd, int backlog);

    /** <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept(2)</a>; {@code addrlen}: int in and out. */
    int accept(int sockfd, long addr, long addrlen);

    /** <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>. */
    int accept4(int sockfd, long addr, long addrlen, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>. */
    int connect(int sockfd, long addr, int addrlen);

    /** <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>. */
    int getsockname(int sockfd, long addr, long addrlen);

    /** <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>. */
    int getpeername(int sockfd, long addr, long addrlen);

    /** <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</a>; {@code optlen}: int in and out. */
    int getsockopt(int sockfd, int level, int optname, long optval, long optlen);

    /** <a href="https://man7.org/linux/man-pages/man2/setsockopt.2.html">setsockopt(2)</a>. */
    int setsockopt(int sockfd, int level, int optname, long optval, int optlen);

    /** <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>. */
    int shutdown(int sockfd, int how);

    // ---- data ----------------------------------------------------------------------------------------------------

    /** <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>. */
    long send(int sockfd, long buf, long len, int flags);

    /**
     * send(2) from a heap array, without a copy where the backend can. {@code MSG_DONTWAIT} is always added, because
     * the array is pinned meanwhile, and at most {@value #HEAP_MAX} bytes are taken.
     *
     * @throws IndexOutOfBoundsException when the range is outside of the array
     */
    long send(int sockfd, byte[] buf, int off, int len, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/sendto.2.html">sendto(2)</a>. */
    long sendto(int sockfd, long buf, long len, int flags, long dest_addr, int addrlen);

    /** <a href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</a>; {@code msg}: struct msghdr. */
    long sendmsg(int sockfd, long msg, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>; {@code msgvec}: struct mmsghdr[vlen]. */
    int sendmmsg(int sockfd, long msgvec, int vlen, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>. */
    long recv(int sockfd, long buf, long len, int flags);

    /**
     * recv(2) into a heap array, without a copy where the backend can. {@code MSG_DONTWAIT} is always added, because
     * the array is pinned meanwhile, and at most {@value #HEAP_MAX} bytes are filled.
     *
     * @throws IndexOutOfBoundsException when the range is outside of the array
     */
    long recv(int sockfd, byte[] buf, int off, int len, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/recvfrom.2.html">recvfrom(2)</a>; {@code addrlen}: int in and out. */
    long recvfrom(int sockfd, long buf, long len, int flags, long src_addr, long addrlen);

    /** <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>; {@code msg}: struct msghdr. */
    long recvmsg(int sockfd, long msg, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>; {@code timeout}: struct timespec or 0. */
    int recvmmsg(int sockfd, long msgvec, int vlen, int flags, long timeout);

    /** <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>. */
    long read(int fd, long buf, long count);

    /** <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>. */
    long write(int fd, long buf, long count);

    /** <a href="https://man7.org/linux/man-pages/man2/readv.2.html">readv(2)</a>; {@code iov}: struct iovec[iovcnt]. */
    long readv(int fd, long iov, int iovcnt);

    /** <a href="https://man7.org/linux/man-pages/man2/writev.2.html">writev(2)</a>. */
    long writev(int fd, long iov, int iovcnt);

    // ---- descriptors ---------------------------------------------------------------------------------------------

    /** <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>; never repeat it, whatever it returns. */
    int close(int fd);

    /** <a href="https://man7.org/linux/man-pages/man2/dup.2.html">dup(2)</a>. */
    int dup(int oldfd);

    /** <a href="https://man7.org/linux/man-pages/man2/dup.2.html">dup3(2)</a>. */
    int dup3(int oldfd, int newfd, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>; {@code arg}: int or pointer, 0 where none. */
    int fcntl(int fd, int cmd, long arg);

    /** <a href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</a>; {@code argp}: pointer or int. */
    int ioctl(int fd, long request, long argp);

    /** <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe2(2)</a>; {@code pipefd}: int[2]. */
    int pipe2(long pipefd, int flags);

    /**
     * <a href="https://man7.org/linux/man-pages/man2/openat.2.html">openat(2)</a>; {@code dirfd}: AT_FDCWD for the working
     * directory; {@code mode}: of a file that O_CREAT or O_TMPFILE makes, else ignored.
     */
    int openat(int dirfd, long pathname, int flags, long mode);

    // ---- readiness -----------------------------------------------------------------------------------------------

    /** <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>; {@code fds}: struct pollfd[nfds], {@code timeout}: ms, -1 for ever. */
    int poll(long fds, long nfds, int timeout);

    /** <a href="https://man7.org/linux/man-pages/man2/poll.2.html">ppoll(2)</a>; {@code tmo_p}: struct timespec or 0, {@code sigmask}: sigset_t or 0. */
    int ppoll(long fds, long nfds, long tmo_p, long sigmask);

    /** <a href="https://man7.org/linux/man-pages/man2/epoll_create.2.html">epoll_create1(2)</a>. */
    int epoll_create1(int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/epoll_ctl.2.html">epoll_ctl(2)</a>; {@code event}: struct epoll_event. */
    int epoll_ctl(int epfd, int op, int fd, long event);

    /** <a href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_wait(2)</a>; {@code timeout}: ms, -1 for ever. */
    int epoll_wait(int epfd, long events, int maxevents, int timeout);

    /** <a href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_pwait(2)</a>. */
    int epoll_pwait(int epfd, long events, int maxevents, int timeout, long sigmask);

    /** <a href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_pwait2(2)</a>, Linux 5.11 and glibc 2.35; {@code timeout}: struct timespec or 0. */
    int epoll_pwait2(int epfd, long events, int maxevents, long timeout, long sigmask);

    /** <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>. */
    int eventfd(int initval, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>. */
    int timerfd_create(int clockid, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_settime(2)</a>; struct itimerspec. */
    int timerfd_settime(int fd, int flags, long new_value, long old_value);

    /** <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_gettime(2)</a>. */
    int timerfd_gettime(int fd, long curr_value);

    /** <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>; {@code mask}: sigset_t. */
    int signalfd(int fd, long mask, int flags);

    // ---- moving bytes in the kernel ------------------------------------------------------------------------------

    /** <a href="https://man7.org/linux/man-pages/man2/sendfile.2.html">sendfile(2)</a>; {@code offset}: off_t in and out, or 0. */
    long sendfile(int out_fd, int in_fd, long offset, long count);

    /** <a href="https://man7.org/linux/man-pages/man2/splice.2.html">splice(2)</a>. */
    long splice(int fd_in, long off_in, int fd_out, long off_out, long len, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/tee.2.html">tee(2)</a>. */
    long tee(int fd_in, int fd_out, long len, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/vmsplice.2.html">vmsplice(2)</a>. */
    long vmsplice(int fd, long iov, long nr_segs, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>; the address. */
    long mmap(long addr, long length, int prot, int flags, int fd, long offset);

    /** <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">munmap(2)</a>; buffers over the range must not be used any more. */
    int munmap(long addr, long length);

    // ---- names ---------------------------------------------------------------------------------------------------

    /** <a href="https://man7.org/linux/man-pages/man3/if_nametoindex.3.html">if_nametoindex(3)</a>; the index, or {@code -errno} in place of C's 0. */
    int if_nametoindex(long ifname);

    /** <a href="https://man7.org/linux/man-pages/man3/if_indextoname.3.html">if_indextoname(3)</a>; {@code ifname}: char[IF_NAMESIZE]; its address, or {@code -errno} in place of C's NULL. */
    long if_indextoname(int ifindex, long ifname);

    /** <a href="https://man7.org/linux/man-pages/man2/gethostname.2.html">gethostname(2)</a>. */
    int gethostname(long name, long len);

    /**
     * <a href="https://man7.org/linux/man-pages/man3/getaddrinfo.3.html">getaddrinfo(3)</a>; C strings and struct
     * addrinfo, {@code res}: where the list's address goes. Returns 0 or a (negative) {@code EAI_} code, which is
     * <b>not</b> an errno.
     */
    int getaddrinfo(long node, long service, long hints, long res);

    /** <a href="https://man7.org/linux/man-pages/man3/getaddrinfo.3.html">freeaddrinfo(3)</a>. */
    void freeaddrinfo(long res);

    // ---- namespaces, processes, the rest -------------------------------------------------------------------------

    /** <a href="https://man7.org/linux/man-pages/man2/unshare.2.html">unshare(2)</a>; of the calling thread. */
    int unshare(int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/setns.2.html">setns(2)</a>; of the calling thread. */
    int setns(int fd, int nstype);

    /** <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>, Linux 5.3 and glibc 2.36. */
    int pidfd_open(int pid, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/pidfd_getfd.2.html">pidfd_getfd(2)</a>, Linux 5.6 and glibc 2.36. */
    int pidfd_getfd(int pidfd, int targetfd, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>; {@code name}: C string. */
    int memfd_create(long name, int flags);

    /** <a href="https://man7.org/linux/man-pages/man2/io_uring_setup.2.html">io_uring_setup(2)</a>, Linux 5.1; {@code params}: struct io_uring_params. */
    int io_uring_setup(int entries, long params);

    /**
     * <a href="https://man7.org/linux/man-pages/man2/io_uring_enter.2.html">io_uring_enter(2)</a>, Linux 5.1; {@code arg}: a signal
     * set or 0, a struct io_uring_getevents_arg with {@code IORING_ENTER_EXT_ARG}; {@code argsz}: its bytes.
     */
    int io_uring_enter(int fd, int to_submit, int min_complete, int flags, long arg, long argsz);

    /** <a href="https://man7.org/linux/man-pages/man2/io_uring_register.2.html">io_uring_register(2)</a>, Linux 5.1; {@code arg}: what {@code opcode} takes. */
    int io_uring_register(int fd, int opcode, long arg, int nr_args);

    /** <a href="https://man7.org/linux/man-pages/man2/bpf.2.html">bpf(2)</a>; {@code cmd}: {@code BPF_}, {@code attr}: its part of union bpf_attr. */
    int bpf(int cmd, long attr, int size);

    /** <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>; {@code number}: a {@code Linux.SYS_} constant, 0 for arguments it does not take. */
    long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6);

    /** The most that {@link #send(int, byte[], int, int, int)} and its twin move in one call. */
    int HEAP_MAX = 16384;
}
