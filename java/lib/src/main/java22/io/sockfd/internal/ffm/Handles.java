package io.sockfd.internal.ffm;

import io.sockfd.raw.Linux;
import io.sockfd.raw.LinuxOnArch;
import java.lang.invoke.MethodHandle;

/**
 * The functions' handles. Each has a class of its own, so that it is linked when it is first called and is a constant
 * to the JIT ever after.
 */
final class Handles {
    private Handles() {}

    static final class Socket {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_socket, "socket");
    }

    static final class Socketpair {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_socketpair, "socketpair");
    }

    static final class Bind {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_bind, "bind");
    }

    static final class Listen {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_listen, "listen");
    }

    static final class Accept {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_accept, "accept");
    }

    static final class Accept4 {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_accept4, "accept4");
    }

    static final class Connect {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_connect, "connect");
    }

    static final class Getsockname {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_getsockname, "getsockname");
    }

    static final class Getpeername {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_getpeername, "getpeername");
    }

    static final class Getsockopt {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_getsockopt, "getsockopt");
    }

    static final class Setsockopt {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_setsockopt, "setsockopt");
    }

    static final class Shutdown {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_shutdown, "shutdown");
    }

    // the kernel has no send, but whoever is preloaded may tell the two apart; likewise recv and epoll_wait
    static final class HeapSend {
        static final MethodHandle H = Link.criticalOnHeap(LinuxOnArch.SYS_sendto, "send");
    }

    static final class Send {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_sendto, "send");
    }

    static final class Sendto {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_sendto, "sendto");
    }

    static final class Sendmsg {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_sendmsg, "sendmsg");
    }

    static final class Sendmmsg {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_sendmmsg, "sendmmsg");
    }

    static final class HeapRecv {
        static final MethodHandle H = Link.criticalOnHeap(LinuxOnArch.SYS_recvfrom, "recv");
    }

    static final class Recv {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_recvfrom, "recv");
    }

    static final class Recvfrom {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_recvfrom, "recvfrom");
    }

    static final class Recvmsg {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_recvmsg, "recvmsg");
    }

    static final class Recvmmsg {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_recvmmsg, "recvmmsg");
    }

    static final class Read {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_read, "read");
    }

    static final class Write {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_write, "write");
    }

    static final class Readv {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_readv, "readv");
    }

    static final class Writev {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_writev, "writev");
    }

    static final class Close {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_close, "close");
    }

    static final class Dup {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_dup, "dup");
    }

    static final class Dup3 {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_dup3, "dup3");
    }

    static final class Fcntl {
        static final MethodHandle H = Link.variadic("fcntl", 2);
    }

    static final class Ioctl {
        static final MethodHandle H = Link.variadic(LinuxOnArch.SYS_ioctl, "ioctl", 2);
    }

    static final class Pipe2 {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_pipe2, "pipe2");
    }

    static final class Poll {
        static final MethodHandle H = Link.of("poll");
    }

    static final class Ppoll {
        static final MethodHandle H = Link.of("ppoll");
    }

    static final class EpollCreate1 {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_epoll_create1, "epoll_create1");
    }

    static final class EpollCtl {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_epoll_ctl, "epoll_ctl");
    }

    static final class EpollWait {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_epoll_pwait, "epoll_wait");
    }

    static final class EpollPwait {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_epoll_pwait, "epoll_pwait");
    }

    static final class EpollPwait2 {
        static final MethodHandle H = Link.of(Linux.SYS_epoll_pwait2, "epoll_pwait2");
    }

    static final class Eventfd {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_eventfd2, "eventfd");
    }

    static final class TimerfdCreate {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_timerfd_create, "timerfd_create");
    }

    static final class TimerfdSettime {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_timerfd_settime, "timerfd_settime");
    }

    static final class TimerfdGettime {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_timerfd_gettime, "timerfd_gettime");
    }

    static final class Signalfd {
        static final MethodHandle H = Link.of("signalfd");
    }

    static final class Sendfile {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_sendfile, "sendfile");
    }

    static final class Splice {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_splice, "splice");
    }

    static final class Tee {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_tee, "tee");
    }

    static final class Vmsplice {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_vmsplice, "vmsplice");
    }

    static final class Mmap {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_mmap, "mmap");
    }

    static final class Munmap {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_munmap, "munmap");
    }

    static final class IfNametoindex {
        static final MethodHandle H = Link.intZeroFails("if_nametoindex");
    }

    static final class IfIndextoname {
        static final MethodHandle H = Link.nullFails("if_indextoname");
    }

    static final class Gethostname {
        static final MethodHandle H = Link.of("gethostname");
    }

    static final class Getaddrinfo {
        static final MethodHandle H = Link.plain("getaddrinfo");
    }

    static final class Freeaddrinfo {
        static final MethodHandle H = Link.plain("freeaddrinfo");
    }

    static final class Unshare {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_unshare, "unshare");
    }

    static final class Setns {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_setns, "setns");
    }

    static final class PidfdOpen {
        static final MethodHandle H = Link.of(Linux.SYS_pidfd_open, "pidfd_open");
    }

    static final class PidfdGetfd {
        static final MethodHandle H = Link.of(Linux.SYS_pidfd_getfd, "pidfd_getfd");
    }

    static final class MemfdCreate {
        static final MethodHandle H = Link.of(LinuxOnArch.SYS_memfd_create, "memfd_create");
    }

    static final class AnySyscall {
        static final MethodHandle H = Link.anywhere();
    }

    static final class Syscall {
        static final MethodHandle H = Link.variadicOf7("syscall", 1);
    }
}
