package io.sockfd.internal.ffm;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * libc through the Foreign Function &amp; Memory API, and past libc where a function is no more than its system call: see
 * {@link Kernel}. Every {@code int} is widened on the way; see {@link Link}.
 */
public final class FfmLibc implements Libc {
    /** Of the kernel's sigset_t, in bytes: an argument that libc adds. */
    private static final int SIGSET_SIZE = 8;

    /** Links nothing but one function, to learn whether native access is granted. */
    public FfmLibc() {
        Link.plain("close");
    }

    @Override
    public String toString() {
        return Kernel.VIA_LIBC == null
                ? "system calls straight into the kernel, the rest through libc"
                : "all calls through libc: " + Kernel.VIA_LIBC;
    }

    // ---- sockets
    // -------------------------------------------------------------------------------------------------------

    @Override
    public int socket(int domain, int type, int protocol) {
        return Downcall.i(Handles.Socket.H, domain, type, protocol);
    }

    @Override
    public int socketpair(int domain, int type, int protocol, long sv) {
        return Downcall.i(Handles.Socketpair.H, domain, type, protocol, sv);
    }

    @Override
    public int bind(int sockfd, long addr, int addrlen) {
        return Downcall.i(Handles.Bind.H, sockfd, addr, addrlen);
    }

    @Override
    public int listen(int sockfd, int backlog) {
        return Downcall.i(Handles.Listen.H, sockfd, backlog);
    }

    @Override
    public int accept(int sockfd, long addr, long addrlen) {
        return Downcall.i(Handles.Accept.H, sockfd, addr, addrlen);
    }

    @Override
    public int accept4(int sockfd, long addr, long addrlen, int flags) {
        return Downcall.i(Handles.Accept4.H, sockfd, addr, addrlen, flags);
    }

    @Override
    public int connect(int sockfd, long addr, int addrlen) {
        return Downcall.i(Handles.Connect.H, sockfd, addr, addrlen);
    }

    @Override
    public int getsockname(int sockfd, long addr, long addrlen) {
        return Downcall.i(Handles.Getsockname.H, sockfd, addr, addrlen);
    }

    @Override
    public int getpeername(int sockfd, long addr, long addrlen) {
        return Downcall.i(Handles.Getpeername.H, sockfd, addr, addrlen);
    }

    @Override
    public int getsockopt(int sockfd, int level, int optname, long optval, long optlen) {
        return Downcall.i(Handles.Getsockopt.H, sockfd, level, optname, optval, optlen);
    }

    @Override
    public int setsockopt(int sockfd, int level, int optname, long optval, int optlen) {
        return Downcall.i(Handles.Setsockopt.H, sockfd, level, optname, optval, optlen);
    }

    @Override
    public int shutdown(int sockfd, int how) {
        return Downcall.i(Handles.Shutdown.H, sockfd, how);
    }

    // ---- data
    // ----------------------------------------------------------------------------------------------------------

    @Override
    public long send(int sockfd, long buf, long len, int flags) {
        return Downcall.l(Handles.Send.H, sockfd, buf, len, flags, 0, 0);
    }

    @Override
    public long send(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        if (Copies.serve(len)) {
            return send(sockfd, Copies.of(buf, off, len), len, flags | Linux.MSG_DONTWAIT);
        }
        MemorySegment range = MemorySegment.ofArray(buf).asSlice(off, Math.min(len, HEAP_MAX));
        return Downcall.heap(Handles.HeapSend.H, sockfd, range, flags | Linux.MSG_DONTWAIT);
    }

    @Override
    public long sendto(int sockfd, long buf, long len, int flags, long dest_addr, int addrlen) {
        return Downcall.l(Handles.Sendto.H, sockfd, buf, len, flags, dest_addr, addrlen);
    }

    @Override
    public long sendmsg(int sockfd, long msg, int flags) {
        return Downcall.l(Handles.Sendmsg.H, sockfd, msg, flags);
    }

    @Override
    public int sendmmsg(int sockfd, long msgvec, int vlen, int flags) {
        return Downcall.i(Handles.Sendmmsg.H, sockfd, msgvec, vlen, flags);
    }

    @Override
    public long recv(int sockfd, long buf, long len, int flags) {
        return Downcall.l(Handles.Recv.H, sockfd, buf, len, flags, 0, 0);
    }

    @Override
    public long recv(int sockfd, byte[] buf, int off, int len, int flags) {
        Objects.checkFromIndexSize(off, len, buf.length);
        if (Copies.serve(len)) {
            boolean mayStoreNothing = (flags & Linux.MSG_TRUNC) != 0; // as TCP does then
            long copy = mayStoreNothing ? Copies.of(buf, off, len) : Copies.address();
            long received = recv(sockfd, copy, len, flags | Linux.MSG_DONTWAIT);
            Copies.into(buf, off, Math.min(received, len));
            return received;
        }
        MemorySegment range = MemorySegment.ofArray(buf).asSlice(off, Math.min(len, HEAP_MAX));
        return Downcall.heap(Handles.HeapRecv.H, sockfd, range, flags | Linux.MSG_DONTWAIT);
    }

    @Override
    public long recvfrom(int sockfd, long buf, long len, int flags, long src_addr, long addrlen) {
        return Downcall.l(Handles.Recvfrom.H, sockfd, buf, len, flags, src_addr, addrlen);
    }

    @Override
    public long recvmsg(int sockfd, long msg, int flags) {
        return Downcall.l(Handles.Recvmsg.H, sockfd, msg, flags);
    }

    @Override
    public int recvmmsg(int sockfd, long msgvec, int vlen, int flags, long timeout) {
        return Downcall.i(Handles.Recvmmsg.H, sockfd, msgvec, vlen, flags, timeout);
    }

    @Override
    public long read(int fd, long buf, long count) {
        return Downcall.l(Handles.Read.H, fd, buf, count);
    }

    @Override
    public long write(int fd, long buf, long count) {
        return Downcall.l(Handles.Write.H, fd, buf, count);
    }

    @Override
    public long readv(int fd, long iov, int iovcnt) {
        return Downcall.l(Handles.Readv.H, fd, iov, iovcnt);
    }

    @Override
    public long writev(int fd, long iov, int iovcnt) {
        return Downcall.l(Handles.Writev.H, fd, iov, iovcnt);
    }

    // ---- descriptors
    // ---------------------------------------------------------------------------------------------------

    @Override
    public int close(int fd) {
        return Downcall.i(Handles.Close.H, fd);
    }

    @Override
    public int dup(int oldfd) {
        return Downcall.i(Handles.Dup.H, oldfd);
    }

    @Override
    public int dup3(int oldfd, int newfd, int flags) {
        return Downcall.i(Handles.Dup3.H, oldfd, newfd, flags);
    }

    @Override
    public int fcntl(int fd, int cmd, long arg) {
        return Downcall.i(Handles.Fcntl.H, fd, cmd, arg);
    }

    @Override
    public int ioctl(int fd, long request, long argp) {
        return Downcall.i(Handles.Ioctl.H, fd, request, argp);
    }

    @Override
    public int pipe2(long pipefd, int flags) {
        return Downcall.i(Handles.Pipe2.H, pipefd, flags);
    }

    // ---- readiness
    // -----------------------------------------------------------------------------------------------------

    @Override
    public int poll(long fds, long nfds, int timeout) {
        return Downcall.i(Handles.Poll.H, fds, nfds, timeout);
    }

    @Override
    public int ppoll(long fds, long nfds, long tmo_p, long sigmask) {
        return Downcall.i(Handles.Ppoll.H, fds, nfds, tmo_p, sigmask);
    }

    @Override
    public int epoll_create1(int flags) {
        return Downcall.i(Handles.EpollCreate1.H, flags);
    }

    @Override
    public int epoll_ctl(int epfd, int op, int fd, long event) {
        return Downcall.i(Handles.EpollCtl.H, epfd, op, fd, event);
    }

    @Override
    public int epoll_wait(int epfd, long events, int maxevents, int timeout) {
        return Downcall.i(Handles.EpollWait.H, epfd, events, maxevents, timeout, 0, SIGSET_SIZE);
    }

    @Override
    public int epoll_pwait(int epfd, long events, int maxevents, int timeout, long sigmask) {
        return Downcall.i(Handles.EpollPwait.H, epfd, events, maxevents, timeout, sigmask, SIGSET_SIZE);
    }

    @Override
    public int epoll_pwait2(int epfd, long events, int maxevents, long timeout, long sigmask) {
        return Downcall.i(Handles.EpollPwait2.H, epfd, events, maxevents, timeout, sigmask, SIGSET_SIZE);
    }

    @Override
    public int eventfd(int initval, int flags) {
        return Downcall.i(Handles.Eventfd.H, initval, flags);
    }

    @Override
    public int timerfd_create(int clockid, int flags) {
        return Downcall.i(Handles.TimerfdCreate.H, clockid, flags);
    }

    @Override
    public int timerfd_settime(int fd, int flags, long new_value, long old_value) {
        return Downcall.i(Handles.TimerfdSettime.H, fd, flags, new_value, old_value);
    }

    @Override
    public int timerfd_gettime(int fd, long curr_value) {
        return Downcall.i(Handles.TimerfdGettime.H, fd, curr_value);
    }

    @Override
    public int signalfd(int fd, long mask, int flags) {
        return Downcall.i(Handles.Signalfd.H, fd, mask, flags);
    }

    // ---- moving bytes in the kernel
    // ------------------------------------------------------------------------------------

    @Override
    public long sendfile(int out_fd, int in_fd, long offset, long count) {
        return Downcall.l(Handles.Sendfile.H, out_fd, in_fd, offset, count);
    }

    @Override
    public long splice(int fd_in, long off_in, int fd_out, long off_out, long len, int flags) {
        return Downcall.l(Handles.Splice.H, fd_in, off_in, fd_out, off_out, len, flags);
    }

    @Override
    public long tee(int fd_in, int fd_out, long len, int flags) {
        return Downcall.l(Handles.Tee.H, fd_in, fd_out, len, flags);
    }

    @Override
    public long vmsplice(int fd, long iov, long nr_segs, int flags) {
        return Downcall.l(Handles.Vmsplice.H, fd, iov, nr_segs, flags);
    }

    @Override
    public long mmap(long addr, long length, int prot, int flags, int fd, long offset) {
        return Downcall.l(Handles.Mmap.H, addr, length, prot, flags, fd, offset);
    }

    @Override
    public int munmap(long addr, long length) {
        return Downcall.i(Handles.Munmap.H, addr, length);
    }

    // ---- names
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public int if_nametoindex(long ifname) {
        return Downcall.i(Handles.IfNametoindex.H, ifname);
    }

    @Override
    public long if_indextoname(int ifindex, long ifname) {
        return Downcall.l(Handles.IfIndextoname.H, ifindex, ifname);
    }

    @Override
    public int gethostname(long name, long len) {
        return Downcall.i(Handles.Gethostname.H, name, len);
    }

    @Override
    public int getaddrinfo(long node, long service, long hints, long res) {
        return Downcall.i(Handles.Getaddrinfo.H, node, service, hints, res);
    }

    @Override
    public void freeaddrinfo(long res) {
        Downcall.i(Handles.Freeaddrinfo.H, res);
    }

    // ---- namespaces, processes, the rest
    // -------------------------------------------------------------------------------

    @Override
    public int unshare(int flags) {
        return Downcall.i(Handles.Unshare.H, flags);
    }

    @Override
    public int setns(int fd, int nstype) {
        return Downcall.i(Handles.Setns.H, fd, nstype);
    }

    @Override
    public int pidfd_open(int pid, int flags) {
        return Downcall.i(Handles.PidfdOpen.H, pid, flags);
    }

    @Override
    public int pidfd_getfd(int pidfd, int targetfd, int flags) {
        return Downcall.i(Handles.PidfdGetfd.H, pidfd, targetfd, flags);
    }

    @Override
    public int memfd_create(long name, int flags) {
        return Downcall.i(Handles.MemfdCreate.H, name, flags);
    }

    @Override
    public long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6) {
        MemorySegment entry = Kernel.entry(number);
        return entry == null
                ? Downcall.l(Handles.Syscall.H, number, a1, a2, a3, a4, a5, a6)
                : Downcall.at(Handles.AnySyscall.H, entry, a1, a2, a3, a4, a5, a6);
    }

    // ---- between addresses and buffers ----------------------------------------------------------------------------

    @Override
    public long getDirectBufferAddress(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct).address() - direct.position();
    }

    @Override
    @SuppressWarnings("restricted") // the caller vouches for the range, as Memory.wrap says
    public ByteBuffer newDirectByteBuffer(long address, int capacity) {
        return MemorySegment.ofAddress(address).reinterpret(capacity).asByteBuffer();
    }
}
