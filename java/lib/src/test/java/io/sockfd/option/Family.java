package io.sockfd.option;

import io.sockfd.Errors;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongToIntFunction;

/** A kind of socket to try options on, new for each row. */
enum Family {
    UNIX(Linux.AF_UNIX, Linux.SOCK_STREAM, 0),
    /** Connected to itself by socketpair. */
    UNIX_PAIR(Linux.AF_UNIX, Linux.SOCK_STREAM, 0),
    TCP4(Linux.AF_INET, Linux.SOCK_STREAM, Linux.IPPROTO_TCP),
    TCP6(Linux.AF_INET6, Linux.SOCK_STREAM, Linux.IPPROTO_TCP),
    /** Connected over loopback; the other end is open too. */
    TCP4_CONNECTED(Linux.AF_INET, Linux.SOCK_STREAM, Linux.IPPROTO_TCP),
    TCP6_CONNECTED(Linux.AF_INET6, Linux.SOCK_STREAM, Linux.IPPROTO_TCP),
    /** The accepted end, whose listener kept the SYN. */
    TCP4_ACCEPTED(Linux.AF_INET, Linux.SOCK_STREAM, Linux.IPPROTO_TCP),
    UDP4(Linux.AF_INET, Linux.SOCK_DGRAM, Linux.IPPROTO_UDP),
    UDP6(Linux.AF_INET6, Linux.SOCK_DGRAM, Linux.IPPROTO_UDP),
    UDP4_CONNECTED(Linux.AF_INET, Linux.SOCK_DGRAM, Linux.IPPROTO_UDP),
    UDP6_CONNECTED(Linux.AF_INET6, Linux.SOCK_DGRAM, Linux.IPPROTO_UDP),
    /** Protocol 253 is for experiments: RFC 3692. */
    RAW4(Linux.AF_INET, Linux.SOCK_RAW, 253),
    RAW6(Linux.AF_INET6, Linux.SOCK_RAW, 253),
    RAW6_RAW(Linux.AF_INET6, Linux.SOCK_RAW, Linux.IPPROTO_RAW),
    /** Protocol 0 receives nothing. */
    PACKET(Linux.AF_PACKET, Linux.SOCK_RAW, 0),
    NETLINK(Linux.AF_NETLINK, Linux.SOCK_RAW, Linux.NETLINK_ROUTE),
    VSOCK(Linux.AF_VSOCK, Linux.SOCK_STREAM, 0),
    XDP(Linux.AF_XDP, Linux.SOCK_RAW, 0),
    MPTCP(Linux.AF_INET, Linux.SOCK_STREAM, Linux.IPPROTO_MPTCP),
    MPTCP_CONNECTED(Linux.AF_INET, Linux.SOCK_STREAM, Linux.IPPROTO_MPTCP);

    static final Family[] ALL = {UNIX, TCP4, TCP6, UDP4, UDP6, RAW4, RAW6, PACKET, NETLINK, VSOCK, XDP, MPTCP};
    /** All whose protocol has not rewritten the options of SOL_SOCKET, as MPTCP has. */
    static final Family[] PLAIN = {UNIX, TCP4, TCP6, UDP4, UDP6, RAW4, RAW6, PACKET, NETLINK, VSOCK, XDP};

    static final Family[] INET = {TCP4, TCP6, UDP4, UDP6, RAW4};
    static final Family[] INET6 = {TCP6, UDP6, RAW6};
    static final Family[] TCP = {TCP4, TCP6};
    static final Family[] UDP = {UDP4, UDP6};

    private static final int EPHEMERAL_LENGTH = 28;

    final int domain;
    final int type;
    final int protocol;

    Family(int domain, int type, int protocol) {
        this.domain = domain;
        this.type = type;
        this.protocol = protocol;
    }

    /** An open socket of this kind, and what it needs beside it. */
    record Fixture(int fd, List<Integer> others) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Errors.check(Libc.get().close(fd), "close");
            for (int other : others) {
                Errors.check(Libc.get().close(other), "close");
            }
        }
    }

    Fixture open() throws IOException {
        return switch (this) {
            case UNIX_PAIR -> pair();
            case TCP4_CONNECTED, TCP6_CONNECTED, MPTCP_CONNECTED -> connected(false);
            case TCP4_ACCEPTED -> connected(true);
            case UDP4_CONNECTED, UDP6_CONNECTED -> connectedToItself();
            default -> new Fixture(socket(), List.of());
        };
    }

    private int socket() throws IOException {
        return Errors.check(Libc.get().socket(domain, type | Linux.SOCK_CLOEXEC, protocol), "socket", this);
    }

    private Fixture pair() throws IOException {
        ByteBuffer sv = Memory.allocate(2 * Integer.BYTES);
        call("socketpair", sv, at -> Libc.get().socketpair(domain, type | Linux.SOCK_CLOEXEC, protocol, at));
        return new Fixture(sv.getInt(0), List.of(sv.getInt(Integer.BYTES)));
    }

    private Fixture connected(boolean accepted) throws IOException {
        int listener = socket();
        if (accepted) {
            TcpOptions.TCP_SAVE_SYN.set(listener, 1);
        }
        ByteBuffer address = bound(listener);
        Errors.check(Libc.get().listen(listener, 1), "listen");
        int client = socket();
        call("connect", address, at -> Libc.get().connect(client, at, length()));
        int server = Errors.check(Libc.get().accept4(listener, 0, 0, Linux.SOCK_CLOEXEC), "accept4");
        return accepted
                ? new Fixture(server, List.of(client, listener))
                : new Fixture(client, List.of(server, listener));
    }

    private Fixture connectedToItself() throws IOException {
        int fd = socket();
        ByteBuffer address = bound(fd);
        call("connect", address, at -> Libc.get().connect(fd, at, length()));
        return new Fixture(fd, List.of());
    }

    /** Binds to a free port of loopback; the address. */
    ByteBuffer bound(int fd) throws IOException {
        ByteBuffer address = Memory.allocate(EPHEMERAL_LENGTH + Integer.BYTES);
        if (domain == Linux.AF_INET6) {
            SockaddrIn6.sin6_family(address, 0, domain);
            address.put(SockaddrIn6.SIN6_ADDR + SockaddrIn6.SIN6_ADDR_BYTES - 1, (byte) 1);
        } else {
            SockaddrIn.sin_family(address, 0, domain);
            address.put(SockaddrIn.SIN_ADDR, new byte[] {127, 0, 0, 1});
        }
        call("bind", address, at -> Libc.get().bind(fd, at, length()));
        address.putInt(EPHEMERAL_LENGTH, EPHEMERAL_LENGTH);
        call("getsockname", address, at -> Libc.get().getsockname(fd, at, at + EPHEMERAL_LENGTH));
        return address;
    }

    /** A call with this memory's address, which stays valid meanwhile. */
    static void call(String name, ByteBuffer memory, LongToIntFunction function) throws IOException {
        try {
            Errors.check(function.applyAsInt(Memory.address(memory)), name);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    int length() {
        return domain == Linux.AF_INET6 ? SockaddrIn6.SIZE : SockaddrIn.SIZE;
    }
}
