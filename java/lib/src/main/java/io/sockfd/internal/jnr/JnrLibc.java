package io.sockfd.internal.jnr;

import com.kenai.jffi.MemoryIO;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.util.Objects;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** libc through jnr-ffi, for Java 17 to 21. */
public final class JnrLibc implements Libc {
    /** What is preloaded comes before libc in the process's own scope; a library that is named is searched alone. */
    private final C c = LibraryLoader.create(C.class).load(LibraryLoader.DEFAULT_LIBRARY);

    private final Runtime runtime = Runtime.getRuntime(c);

    private int value(int value) {
        return value == -1 ? -errno() : value;
    }

    private long value(long value) {
        return value == -1 ? -errno() : value;
    }

    private int errno() {
        return LastError.getLastError(runtime);
    }

    @Override
    public String toString() {
        return "all calls through libc";
    }

    // ---- sockets
    // -------------------------------------------------------------------------------------------------------

    @Override
    public int socket(int domain, int type, int protocol) {
        return value(c.socket(domain, type, protocol));
    }

    @Override
    public int socketpair(int domain, int type, int protocol, long sv) {
        return value(c.socketpair(domain, type, protocol, sv));
    }

    @Override
    public int bind(int sockfd, long addr, int addrlen) {
        return value(c.bind(sockfd, addr, addrlen));
    }

    @Override
    public int listen(int sockfd, int backlog) {
        return value(c.listen(sockfd, backlog));
    }

    @Override
    public int accept(int sockfd, long addr, long addrlen) {
        return value(c.accept(sockfd, addr, addrlen));
    }

    @Override
    public int accept4(int sockfd, long addr, long addrlen, int flags) {
        return value(c.accept4(sockfd, addr, addrlen, flags));
    }

    @Override
    public int connect(int sockfd, long addr, int addrlen) {
        return value(c.connect(sockfd, addr, addrlen));
    }

    @Override
    public int getsockname(int sockfd, long addr, long addrlen) {
        return value(c.getsockname(sockfd, addr, addrlen));
    }

    @Override
    public int getpeername(int sockfd, long addr, long addrlen) {
        return value(c.getpeername(sockfd, addr, addrlen));
    }

    @Override
    public int getsockopt(int sockfd, int level, int optname, long optval, long optlen) {
        return value(c.getsockopt(sockfd, level, optname, optval, optlen));
    }

    @Override
    public int setsockopt(int sockfd, int level, int optname, long optval, int optlen) {
        return value(c.setsockopt(sockfd, level, optname, optval, optlen));
    }

    @Override
    public int shutdown(int sockfd, int how) {
        return value(c.shutdown(sockfd, how));
    }

    // ---- data
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public long send(int sockfd, long buf, long len, int flags) {
        return value(c.send(sockfd, buf, len, flags));
    }

    @Override
    public long send(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        int size = Math.min(len, HEAP_MAX);
        Pointer scratch = Scratch.take();
        scratch.put(0, buf, off, size);
        long sent = send(sockfd, scratch.address(), size, flags | Linux.MSG_DONTWAIT);
        Scratch.giveBack(scratch);
        return sent;
    }

    @Override
    public long sendto(int sockfd, long buf, long len, int flags, long dest_addr, int addrlen) {
        return value(c.sendto(sockfd, buf, len, flags, dest_addr, addrlen, 0));
    }

    @Override
    public long sendmsg(int sockfd, long msg, int flags) {
        return value(c.sendmsg(sockfd, msg, flags));
    }

    @Override
    public int sendmmsg(int sockfd, long msgvec, int vlen, int flags) {
        return value(c.sendmmsg(sockfd, msgvec, vlen, flags));
    }

    @Override
    public long recv(int sockfd, long buf, long len, int flags) {
        return value(c.recv(sockfd, buf, len, flags));
    }

    @Override
    public long recv(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        int size = Math.min(len, HEAP_MAX);
        Pointer scratch = Scratch.take();
        if ((flags & Linux.MSG_TRUNC) != 0) {
            scratch.put(0, buf, off, size); // TCP then stores nothing
        }
        long received = recv(sockfd, scratch.address(), size, flags | Linux.MSG_DONTWAIT);
        if (received > 0) {
            // with MSG_TRUNC the kernel tells the datagram's length, which may be more than arrived
            scratch.get(0, buf, off, (int) Math.min(received, size));
        }
        Scratch.giveBack(scratch);
        return received;
    }

    @Override
    public long recvfrom(int sockfd, long buf, long len, int flags, long src_addr, long addrlen) {
        return value(c.recvfrom(sockfd, buf, len, flags, src_addr, addrlen, 0));
    }

    @Override
    public long recvmsg(int sockfd, long msg, int flags) {
        return value(c.recvmsg(sockfd, msg, flags));
    }

    @Override
    public int recvmmsg(int sockfd, long msgvec, int vlen, int flags, long timeout) {
        return value(c.recvmmsg(sockfd, msgvec, vlen, flags, timeout));
    }

    @Override
    public long read(int fd, long buf, long count) {
        return value(c.read(fd, buf, count));
    }

    @Override
    public long write(int fd, long buf, long count) {
        return value(c.write(fd, buf, count));
    }

    @Override
    public long readv(int fd, long iov, int iovcnt) {
        return value(c.readv(fd, iov, iovcnt));
    }

    @Override
    public long writev(int fd, long iov, int iovcnt) {
        return value(c.writev(fd, iov, iovcnt));
    }

    // ---- descriptors
    // ---------------------------------------------------------------------------------------------------

    @Override
    public int close(int fd) {
        return value(c.close(fd));
    }

    @Override
    public int dup(int oldfd) {
        return value(c.dup(oldfd));
    }

    @Override
    public int dup3(int oldfd, int newfd, int flags) {
        return value(c.dup3(oldfd, newfd, flags));
    }

    @Override
    public int fcntl(int fd, int cmd, long arg) {
        return value(c.fcntl(fd, cmd, arg));
    }

    @Override
    public int ioctl(int fd, long request, long argp) {
        return value(c.ioctl(fd, request, argp));
    }

    @Override
    public int pipe2(long pipefd, int flags) {
        return value(c.pipe2(pipefd, flags));
    }

    // ---- readiness
    // -----------------------------------------------------------------------------------------------------

    @Override
    public int poll(long fds, long nfds, int timeout) {
        return value(c.poll(fds, nfds, timeout));
    }

    @Override
    public int ppoll(long fds, long nfds, long tmo_p, long sigmask) {
        return value(c.ppoll(fds, nfds, tmo_p, sigmask));
    }

    @Override
    public int epoll_create1(int flags) {
        return value(c.epoll_create1(flags));
    }

    @Override
    public int epoll_ctl(int epfd, int op, int fd, long event) {
        return value(c.epoll_ctl(epfd, op, fd, event));
    }

    @Override
    public int epoll_wait(int epfd, long events, int maxevents, int timeout) {
        return value(c.epoll_wait(epfd, events, maxevents, timeout));
    }

    @Override
    public int epoll_pwait(int epfd, long events, int maxevents, int timeout, long sigmask) {
        return value(c.epoll_pwait(epfd, events, maxevents, timeout, sigmask));
    }

    @Override
    public int epoll_pwait2(int epfd, long events, int maxevents, long timeout, long sigmask) {
        try {
            return value(c.epoll_pwait2(epfd, events, maxevents, timeout, sigmask));
        } catch (UnsatisfiedLinkError e) {
            return -Linux.ENOSYS;
        }
    }

    @Override
    public int eventfd(int initval, int flags) {
        return value(c.eventfd(initval, flags));
    }

    @Override
    public int timerfd_create(int clockid, int flags) {
        return value(c.timerfd_create(clockid, flags));
    }

    @Override
    public int timerfd_settime(int fd, int flags, long new_value, long old_value) {
        return value(c.timerfd_settime(fd, flags, new_value, old_value));
    }

    @Override
    public int timerfd_gettime(int fd, long curr_value) {
        return value(c.timerfd_gettime(fd, curr_value));
    }

    @Override
    public int signalfd(int fd, long mask, int flags) {
        return value(c.signalfd(fd, mask, flags));
    }

    // ---- moving bytes in the kernel
    // ------------------------------------------------------------------------------------

    @Override
    public long sendfile(int out_fd, int in_fd, long offset, long count) {
        return value(c.sendfile(out_fd, in_fd, offset, count));
    }

    @Override
    public long splice(int fd_in, long off_in, int fd_out, long off_out, long len, int flags) {
        return value(c.splice(fd_in, off_in, fd_out, off_out, len, flags, 0));
    }

    @Override
    public long tee(int fd_in, int fd_out, long len, int flags) {
        return value(c.tee(fd_in, fd_out, len, flags));
    }

    @Override
    public long vmsplice(int fd, long iov, long nr_segs, int flags) {
        return value(c.vmsplice(fd, iov, nr_segs, flags));
    }

    @Override
    public long mmap(long addr, long length, int prot, int flags, int fd, long offset) {
        return value(c.mmap(addr, length, prot, flags, fd, offset, 0));
    }

    @Override
    public int munmap(long addr, long length) {
        return value(c.munmap(addr, length));
    }

    // ---- names
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public int if_nametoindex(long ifname) {
        int value = c.if_nametoindex(ifname);
        return value == 0 ? -errno() : value;
    }

    @Override
    public long if_indextoname(int ifindex, long ifname) {
        long value = c.if_indextoname(ifindex, ifname);
        return value == 0 ? -errno() : value;
    }

    @Override
    public int gethostname(long name, long len) {
        return value(c.gethostname(name, len));
    }

    @Override
    public int getaddrinfo(long node, long service, long hints, long res) {
        return c.getaddrinfo(node, service, hints, res);
    }

    @Override
    public void freeaddrinfo(long res) {
        c.freeaddrinfo(res);
    }

    // ---- namespaces, processes, the rest
    // -------------------------------------------------------------------------------

    @Override
    public int unshare(int flags) {
        return value(c.unshare(flags));
    }

    @Override
    public int setns(int fd, int nstype) {
        return value(c.setns(fd, nstype));
    }

    @Override
    public int pidfd_open(int pid, int flags) {
        try {
            return value(c.pidfd_open(pid, flags));
        } catch (UnsatisfiedLinkError e) {
            return -Linux.ENOSYS;
        }
    }

    @Override
    public int pidfd_getfd(int pidfd, int targetfd, int flags) {
        try {
            return value(c.pidfd_getfd(pidfd, targetfd, flags));
        } catch (UnsatisfiedLinkError e) {
            return -Linux.ENOSYS;
        }
    }

    @Override
    public int memfd_create(long name, int flags) {
        return value(c.memfd_create(name, flags));
    }

    @Override
    public long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6) {
        return value(c.syscall(number, a1, a2, a3, a4, a5, a6));
    }

    // ---- between addresses and buffers ----------------------------------------------------------------------------

    @Override
    public long getDirectBufferAddress(ByteBuffer direct) {
        return MemoryIO.getInstance().getDirectBufferAddress(direct);
    }

    @Override
    public ByteBuffer newDirectByteBuffer(long address, int capacity) {
        return MemoryIO.getInstance().newDirectByteBuffer(address, capacity);
    }

    /**
     * C's own declarations. Public, because jnr-ffi implements it from its own class loader.
     *
     * <p>Functions of six arguments have a seventh that C never looks at: jnr-ffi 2.3.4 on x86_64 puts the return address
     * in place of the sixth of exactly six. With seven it takes another way.
     */
    public interface C {
        int socket(int domain, int type, int protocol);

        int socketpair(int domain, int type, int protocol, long sv);

        int bind(int sockfd, long addr, int addrlen);

        int listen(int sockfd, int backlog);

        int accept(int sockfd, long addr, long addrlen);

        int accept4(int sockfd, long addr, long addrlen, int flags);

        int connect(int sockfd, long addr, int addrlen);

        int getsockname(int sockfd, long addr, long addrlen);

        int getpeername(int sockfd, long addr, long addrlen);

        int getsockopt(int sockfd, int level, int optname, long optval, long optlen);

        int setsockopt(int sockfd, int level, int optname, long optval, int optlen);

        int shutdown(int sockfd, int how);

        long send(int sockfd, long buf, long len, int flags);

        long sendto(int sockfd, long buf, long len, int flags, long dest_addr, int addrlen, long unused);

        long sendmsg(int sockfd, long msg, int flags);

        int sendmmsg(int sockfd, long msgvec, int vlen, int flags);

        long recv(int sockfd, long buf, long len, int flags);

        long recvfrom(int sockfd, long buf, long len, int flags, long src_addr, long addrlen, long unused);

        long recvmsg(int sockfd, long msg, int flags);

        int recvmmsg(int sockfd, long msgvec, int vlen, int flags, long timeout);

        long read(int fd, long buf, long count);

        long write(int fd, long buf, long count);

        long readv(int fd, long iov, int iovcnt);

        long writev(int fd, long iov, int iovcnt);

        int close(int fd);

        int dup(int oldfd);

        int dup3(int oldfd, int newfd, int flags);

        int fcntl(int fd, int cmd, long arg);

        int ioctl(int fd, long request, long argp);

        int pipe2(long pipefd, int flags);

        int poll(long fds, long nfds, int timeout);

        int ppoll(long fds, long nfds, long tmo_p, long sigmask);

        int epoll_create1(int flags);

        int epoll_ctl(int epfd, int op, int fd, long event);

        int epoll_wait(int epfd, long events, int maxevents, int timeout);

        int epoll_pwait(int epfd, long events, int maxevents, int timeout, long sigmask);

        int epoll_pwait2(int epfd, long events, int maxevents, long timeout, long sigmask);

        int eventfd(int initval, int flags);

        int timerfd_create(int clockid, int flags);

        int timerfd_settime(int fd, int flags, long new_value, long old_value);

        int timerfd_gettime(int fd, long curr_value);

        int signalfd(int fd, long mask, int flags);

        long sendfile(int out_fd, int in_fd, long offset, long count);

        long splice(int fd_in, long off_in, int fd_out, long off_out, long len, int flags, long unused);

        long tee(int fd_in, int fd_out, long len, int flags);

        long vmsplice(int fd, long iov, long nr_segs, int flags);

        long mmap(long addr, long length, int prot, int flags, int fd, long offset, long unused);

        int munmap(long addr, long length);

        int if_nametoindex(long ifname);

        long if_indextoname(int ifindex, long ifname);

        int gethostname(long name, long len);

        int getaddrinfo(long node, long service, long hints, long res);

        void freeaddrinfo(long res);

        int unshare(int flags);

        int setns(int fd, int nstype);

        int pidfd_open(int pid, int flags);

        int pidfd_getfd(int pidfd, int targetfd, int flags);

        int memfd_create(long name, int flags);

        long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6);
    }
}
