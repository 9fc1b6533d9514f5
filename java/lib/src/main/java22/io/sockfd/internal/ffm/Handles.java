package io.sockfd.internal.ffm;

import java.lang.invoke.MethodHandle;

/**
 * The functions' handles. Each has a class of its own, so that it is linked when it is first called and is a constant
 * to the JIT ever after.
 */
final class Handles {
    private Handles() {}

    static final class Socket {
        static final MethodHandle H = Link.ints("socket", 3);
    }

    static final class Socketpair {
        static final MethodHandle H = Link.ints("socketpair", 4);
    }

    static final class Bind {
        static final MethodHandle H = Link.ints("bind", 3);
    }

    static final class Listen {
        static final MethodHandle H = Link.ints("listen", 2);
    }

    static final class Accept {
        static final MethodHandle H = Link.ints("accept", 3);
    }

    static final class Accept4 {
        static final MethodHandle H = Link.ints("accept4", 4);
    }

    static final class Connect {
        static final MethodHandle H = Link.ints("connect", 3);
    }

    static final class Getsockname {
        static final MethodHandle H = Link.ints("getsockname", 3);
    }

    static final class Getpeername {
        static final MethodHandle H = Link.ints("getpeername", 3);
    }

    static final class Getsockopt {
        static final MethodHandle H = Link.ints("getsockopt", 5);
    }

    static final class Setsockopt {
        static final MethodHandle H = Link.ints("setsockopt", 5);
    }

    static final class Shutdown {
        static final MethodHandle H = Link.ints("shutdown", 2);
    }

    static final class Send {
        static final MethodHandle H = Link.longs("send", 4);
    }

    static final class HeapSend {
        static final MethodHandle H = Link.criticalOnHeap("send");
    }

    static final class Sendto {
        static final MethodHandle H = Link.longs("sendto", 6);
    }

    static final class Sendmsg {
        static final MethodHandle H = Link.longs("sendmsg", 3);
    }

    static final class Sendmmsg {
        static final MethodHandle H = Link.ints("sendmmsg", 4);
    }

    static final class Recv {
        static final MethodHandle H = Link.longs("recv", 4);
    }

    static final class HeapRecv {
        static final MethodHandle H = Link.criticalOnHeap("recv");
    }

    static final class Recvfrom {
        static final MethodHandle H = Link.longs("recvfrom", 6);
    }

    static final class Recvmsg {
        static final MethodHandle H = Link.longs("recvmsg", 3);
    }

    static final class Recvmmsg {
        static final MethodHandle H = Link.ints("recvmmsg", 5);
    }

    static final class Read {
        static final MethodHandle H = Link.longs("read", 3);
    }

    static final class Write {
        static final MethodHandle H = Link.longs("write", 3);
    }

    static final class Readv {
        static final MethodHandle H = Link.longs("readv", 3);
    }

    static final class Writev {
        static final MethodHandle H = Link.longs("writev", 3);
    }

    static final class Close {
        static final MethodHandle H = Link.ints("close", 1);
    }

    static final class Dup {
        static final MethodHandle H = Link.ints("dup", 1);
    }

    static final class Dup3 {
        static final MethodHandle H = Link.ints("dup3", 3);
    }

    static final class Fcntl {
        static final MethodHandle H = Link.intsVariadic("fcntl", 3, 2);
    }

    static final class Ioctl {
        static final MethodHandle H = Link.intsVariadic("ioctl", 3, 2);
    }

    static final class Pipe2 {
        static final MethodHandle H = Link.ints("pipe2", 2);
    }

    static final class Poll {
        static final MethodHandle H = Link.ints("poll", 3);
    }

    static final class Ppoll {
        static final MethodHandle H = Link.ints("ppoll", 4);
    }

    static final class EpollCreate1 {
        static final MethodHandle H = Link.ints("epoll_create1", 1);
    }

    static final class EpollCtl {
        static final MethodHandle H = Link.ints("epoll_ctl", 4);
    }

    static final class EpollWait {
        static final MethodHandle H = Link.ints("epoll_wait", 4);
    }

    static final class EpollPwait {
        static final MethodHandle H = Link.ints("epoll_pwait", 5);
    }

    static final class EpollPwait2 {
        static final MethodHandle H = Link.ints("epoll_pwait2", 5);
    }

    static final class Eventfd {
        static final MethodHandle H = Link.ints("eventfd", 2);
    }

    static final class TimerfdCreate {
        static final MethodHandle H = Link.ints("timerfd_create", 2);
    }

    static final class TimerfdSettime {
        static final MethodHandle H = Link.ints("timerfd_settime", 4);
    }

    static final class TimerfdGettime {
        static final MethodHandle H = Link.ints("timerfd_gettime", 2);
    }

    static final class Signalfd {
        static final MethodHandle H = Link.ints("signalfd", 3);
    }

    static final class Sendfile {
        static final MethodHandle H = Link.longs("sendfile", 4);
    }

    static final class Splice {
        static final MethodHandle H = Link.longs("splice", 6);
    }

    static final class Tee {
        static final MethodHandle H = Link.longs("tee", 4);
    }

    static final class Vmsplice {
        static final MethodHandle H = Link.longs("vmsplice", 4);
    }

    static final class Mmap {
        static final MethodHandle H = Link.longs("mmap", 6);
    }

    static final class Munmap {
        static final MethodHandle H = Link.ints("munmap", 2);
    }

    static final class IfNametoindex {
        static final MethodHandle H = Link.ints("if_nametoindex", 1);
    }

    static final class IfIndextoname {
        static final MethodHandle H = Link.longs("if_indextoname", 2);
    }

    static final class Gethostname {
        static final MethodHandle H = Link.ints("gethostname", 2);
    }

    static final class Getaddrinfo {
        static final MethodHandle H = Link.ints("getaddrinfo", 4);
    }

    static final class Freeaddrinfo {
        static final MethodHandle H = Link.ints("freeaddrinfo", 1);
    }

    static final class Unshare {
        static final MethodHandle H = Link.ints("unshare", 1);
    }

    static final class Setns {
        static final MethodHandle H = Link.ints("setns", 2);
    }

    static final class PidfdOpen {
        static final MethodHandle H = Link.ints("pidfd_open", 2);
    }

    static final class PidfdGetfd {
        static final MethodHandle H = Link.ints("pidfd_getfd", 3);
    }

    static final class MemfdCreate {
        static final MethodHandle H = Link.ints("memfd_create", 2);
    }

    static final class Syscall {
        static final MethodHandle H = Link.longsVariadic("syscall", 7, 1);
    }
}
