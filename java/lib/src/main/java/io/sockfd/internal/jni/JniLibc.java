package io.sockfd.internal.jni;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;

/** libc through the shim of {@code native/}, which is plain C that returns a value or {@code -errno}. */
public final class JniLibc implements Libc {
    /** How many native methods there are; a test counts them. */
    static final int NATIVES = 65;

    /** Loads the shim; an {@link UnsatisfiedLinkError} says where it was looked for. */
    public JniLibc() {
        Shim.load();
    }

    /**
     * Row number {@code row} of the table of sizes, offsets and constants that the shim was compiled with, or a negative
     * number past its end; see {@code include/sockfd.h}.
     *
     * @return the length of the text put into {@code buf}
     */
    public static native int probe(int row, byte[] buf);

    /** How many native methods the shim has, or an {@link UnsatisfiedLinkError} from what is no shim. */
    static native int registered();

    @Override
    public String toString() {
        return "all calls through libc";
    }

    // ---- sockets
    // -------------------------------------------------------------------------------------------------------

    @Override
    public native int socket(int domain, int type, int protocol);

    @Override
    public native int socketpair(int domain, int type, int protocol, long sv);

    @Override
    public native int bind(int sockfd, long addr, int addrlen);

    @Override
    public native int listen(int sockfd, int backlog);

    @Override
    public native int accept(int sockfd, long addr, long addrlen);

    @Override
    public native int accept4(int sockfd, long addr, long addrlen, int flags);

    @Override
    public native int connect(int sockfd, long addr, int addrlen);

    @Override
    public native int getsockname(int sockfd, long addr, long addrlen);

    @Override
    public native int getpeername(int sockfd, long addr, long addrlen);

    @Override
    public native int getsockopt(int sockfd, int level, int optname, long optval, long optlen);

    @Override
    public native int setsockopt(int sockfd, int level, int optname, long optval, int optlen);

    @Override
    public native int shutdown(int sockfd, int how);

    // ---- data
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public native long send(int sockfd, long buf, long len, int flags);

    @Override
    public long send(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        return sendHeap(sockfd, buf, off, Math.min(len, HEAP_MAX), flags | Linux.MSG_DONTWAIT);
    }

    @Override
    public native long sendto(int sockfd, long buf, long len, int flags, long dest_addr, int addrlen);

    @Override
    public native long sendmsg(int sockfd, long msg, int flags);

    @Override
    public native int sendmmsg(int sockfd, long msgvec, int vlen, int flags);

    @Override
    public native long recv(int sockfd, long buf, long len, int flags);

    @Override
    public long recv(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        return recvHeap(sockfd, buf, off, Math.min(len, HEAP_MAX), flags | Linux.MSG_DONTWAIT);
    }

    @Override
    public native long recvfrom(int sockfd, long buf, long len, int flags, long src_addr, long addrlen);

    @Override
    public native long recvmsg(int sockfd, long msg, int flags);

    @Override
    public native int recvmmsg(int sockfd, long msgvec, int vlen, int flags, long timeout);

    @Override
    public native long read(int fd, long buf, long count);

    @Override
    public native long write(int fd, long buf, long count);

    @Override
    public native long readv(int fd, long iov, int iovcnt);

    @Override
    public native long writev(int fd, long iov, int iovcnt);

    // ---- descriptors
    // ---------------------------------------------------------------------------------------------------

    @Override
    public native int close(int fd);

    @Override
    public native int dup(int oldfd);

    @Override
    public native int dup3(int oldfd, int newfd, int flags);

    @Override
    public native int fcntl(int fd, int cmd, long arg);

    @Override
    public native int ioctl(int fd, long request, long argp);

    @Override
    public native int pipe2(long pipefd, int flags);

    // ---- readiness
    // -----------------------------------------------------------------------------------------------------

    @Override
    public native int poll(long fds, long nfds, int timeout);

    @Override
    public native int ppoll(long fds, long nfds, long tmo_p, long sigmask);

    @Override
    public native int epoll_create1(int flags);

    @Override
    public native int epoll_ctl(int epfd, int op, int fd, long event);

    @Override
    public native int epoll_wait(int epfd, long events, int maxevents, int timeout);

    @Override
    public native int epoll_pwait(int epfd, long events, int maxevents, int timeout, long sigmask);

    @Override
    public native int epoll_pwait2(int epfd, long events, int maxevents, long timeout, long sigmask);

    @Override
    public native int eventfd(int initval, int flags);

    @Override
    public native int timerfd_create(int clockid, int flags);

    @Override
    public native int timerfd_settime(int fd, int flags, long new_value, long old_value);

    @Override
    public native int timerfd_gettime(int fd, long curr_value);

    @Override
    public native int signalfd(int fd, long mask, int flags);

    // ---- moving bytes in the kernel
    // ------------------------------------------------------------------------------------

    @Override
    public native long sendfile(int out_fd, int in_fd, long offset, long count);

    @Override
    public native long splice(int fd_in, long off_in, int fd_out, long off_out, long len, int flags);

    @Override
    public native long tee(int fd_in, int fd_out, long len, int flags);

    @Override
    public native long vmsplice(int fd, long iov, long nr_segs, int flags);

    @Override
    public native long mmap(long addr, long length, int prot, int flags, int fd, long offset);

    @Override
    public native int munmap(long addr, long length);

    // ---- names
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public native int if_nametoindex(long ifname);

    @Override
    public native long if_indextoname(int ifindex, long ifname);

    @Override
    public native int gethostname(long name, long len);

    @Override
    public native int getaddrinfo(long node, long service, long hints, long res);

    @Override
    public native void freeaddrinfo(long res);

    // ---- namespaces, processes, the rest
    // -------------------------------------------------------------------------------

    @Override
    public native int unshare(int flags);

    @Override
    public native int setns(int fd, int nstype);

    @Override
    public native int pidfd_open(int pid, int flags);

    @Override
    public native int pidfd_getfd(int pidfd, int targetfd, int flags);

    @Override
    public native int memfd_create(long name, int flags);

    @Override
    public native long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6);

    private static native long sendHeap(int sockfd, byte[] buf, int off, int len, int flags);

    private static native long recvHeap(int sockfd, byte[] buf, int off, int len, int flags);

    // ---- between addresses and buffers ----------------------------------------------------------------------------

    @Override
    public native long getDirectBufferAddress(ByteBuffer direct);

    @Override
    public native ByteBuffer newDirectByteBuffer(long address, int capacity);
}
