package io.sockfd.internal.ffm;

import java.lang.invoke.MethodHandle;

/**
 * The functions' handles. Each has a class of its own, so that it is linked when it is first called and is a constant
 * to the JIT ever after.
 */
final class Handles {
    private Handles() {}

    static final class Socket {
        static final MethodHandle H = Link.of("socket");
    }

    static final class Socketpair {
        static final MethodHandle H = Link.of("socketpair");
    }

    static final class Bind {
        static final MethodHandle H = Link.of("bind");
    }

    static final class Listen {
        static final MethodHandle H = Link.of("listen");
    }

    static final class Accept {
        static final MethodHandle H = Link.of("accept");
    }

    static final class Accept4 {
        static final MethodHandle H = Link.of("accept4");
    }

    static final class Connect {
        static final MethodHandle H = Link.of("connect");
    }

    static final class Getsockname {
        static final MethodHandle H = Link.of("getsockname");
    }

    static final class Getpeername {
        static final MethodHandle H = Link.of("getpeername");
    }

    static final class Getsockopt {
        static final MethodHandle H = Link.of("getsockopt");
    }

    static final class Setsockopt {
        static final MethodHandle H = Link.of("setsockopt");
    }

    static final class Shutdown {
        static final MethodHandle H = Link.of("shutdown");
    }

    static final class Send {
        static final MethodHandle H = Link.of("send");
    }

    static final class HeapSend {
        static final MethodHandle H = Link.criticalOnHeap("send");
    }

    static final class Sendto {
        static final MethodHandle H = Link.of("sendto");
    }

    static final class Sendmsg {
        static final MethodHandle H = Link.of("sendmsg");
    }

    static final class Sendmmsg {
        static final MethodHandle H = Link.of("sendmmsg");
    }

    static final class Recv {
        static final MethodHandle H = Link.of("recv");
    }

    static final class HeapRecv {
        static final MethodHandle H = Link.criticalOnHeap("recv");
    }

    static final class Recvfrom {
        static final MethodHandle H = Link.of("recvfrom");
    }

    static final class Recvmsg {
        static final MethodHandle H = Link.of("recvmsg");
    }

    static final class Recvmmsg {
        static final MethodHandle H = Link.of("recvmmsg");
    }

    static final class Read {
        static final MethodHandle H = Link.of("read");
    }

    static final class Write {
        static final MethodHandle H = Link.of("write");
    }

    static final class Readv {
        static final MethodHandle H = Link.of("readv");
    }

    static final class Writev {
        static final MethodHandle H = Link.of("writev");
    }

    static final class Close {
        static final MethodHandle H = Link.of("close");
    }

    static final class Dup {
        static final MethodHandle H = Link.of("dup");
    }

    static final class Dup3 {
        static final MethodHandle H = Link.of("dup3");
    }

    static final class Fcntl {
        static final MethodHandle H = Link.variadic("fcntl", 6, 2);
    }

    static final class Ioctl {
        static final MethodHandle H = Link.variadic("ioctl", 6, 2);
    }

    static final class Pipe2 {
        static final MethodHandle H = Link.of("pipe2");
    }

    static final class Poll {
        static final MethodHandle H = Link.of("poll");
    }

    static final class Ppoll {
        static final MethodHandle H = Link.of("ppoll");
    }

    static final class EpollCreate1 {
        static final MethodHandle H = Link.of("epoll_create1");
    }

    static final class EpollCtl {
        static final MethodHandle H = Link.of("epoll_ctl");
    }

    static final class EpollWait {
        static final MethodHandle H = Link.of("epoll_wait");
    }

    static final class EpollPwait {
        static final MethodHandle H = Link.of("epoll_pwait");
    }

    static final class EpollPwait2 {
        static final MethodHandle H = Link.of("epoll_pwait2");
    }

    static final class Eventfd {
        static final MethodHandle H = Link.of("eventfd");
    }

    static final class TimerfdCreate {
        static final MethodHandle H = Link.of("timerfd_create");
    }

    static final class TimerfdSettime {
        static final MethodHandle H = Link.of("timerfd_settime");
    }

    static final class TimerfdGettime {
        static final MethodHandle H = Link.of("timerfd_gettime");
    }

    static final class Signalfd {
        static final MethodHandle H = Link.of("signalfd");
    }

    static final class Sendfile {
        static final MethodHandle H = Link.of("sendfile");
    }

    static final class Splice {
        static final MethodHandle H = Link.of("splice");
    }

    static final class Tee {
        static final MethodHandle H = Link.of("tee");
    }

    static final class Vmsplice {
        static final MethodHandle H = Link.of("vmsplice");
    }

    static final class Mmap {
        static final MethodHandle H = Link.of("mmap");
    }

    static final class Munmap {
        static final MethodHandle H = Link.of("munmap");
    }

    static final class IfNametoindex {
        static final MethodHandle H = Link.of("if_nametoindex");
    }

    static final class IfIndextoname {
        static final MethodHandle H = Link.of("if_indextoname");
    }

    static final class Gethostname {
        static final MethodHandle H = Link.of("gethostname");
    }

    static final class Getaddrinfo {
        static final MethodHandle H = Link.of("getaddrinfo");
    }

    static final class Freeaddrinfo {
        static final MethodHandle H = Link.of("freeaddrinfo");
    }

    static final class Unshare {
        static final MethodHandle H = Link.of("unshare");
    }

    static final class Setns {
        static final MethodHandle H = Link.of("setns");
    }

    static final class PidfdOpen {
        static final MethodHandle H = Link.of("pidfd_open");
    }

    static final class PidfdGetfd {
        static final MethodHandle H = Link.of("pidfd_getfd");
    }

    static final class MemfdCreate {
        static final MethodHandle H = Link.of("memfd_create");
    }

    static final class Syscall {
        static final MethodHandle H = Link.variadic("syscall", 7, 1);
    }
}
