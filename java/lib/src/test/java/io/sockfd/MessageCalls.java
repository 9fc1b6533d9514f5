package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.Addresses;
import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.MessageHeader;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Pollfd;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sockets by number and messages on them, so that these tests need nothing else of the library. Closes what it opened. */
@SuppressWarnings("ReachabilityFenceUsage") // none of the calls in between throws
final class MessageCalls implements AutoCloseable {
    static final Libc LIBC = Libc.get();
    private static final int PATIENCE_MS = 5_000;

    private final List<Integer> open = new ArrayList<>();

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    int socket(int domain, int type, int protocol) throws IOException {
        return keep(Errors.check(LIBC.socket(domain, type | Linux.SOCK_CLOEXEC, protocol), "socket"));
    }

    int[] pair(int type) throws IOException {
        ByteBuffer sv = Memory.allocate(8);
        int result = LIBC.socketpair(Linux.AF_UNIX, type | Linux.SOCK_CLOEXEC, 0, Memory.address(sv));
        assertEquals(0, Errors.check(result, "socketpair"));
        Reference.reachabilityFence(sv);
        return new int[] {keep(sv.getInt(0)), keep(sv.getInt(4))};
    }

    /** A UDP socket on a free port of 127.0.0.1 or ::1. */
    int udp(String host) throws IOException {
        int fd = socket(host.contains(":") ? Linux.AF_INET6 : Linux.AF_INET, Linux.SOCK_DGRAM, 0);
        bind(fd, Addresses.parse(host.contains(":") ? "[" + host + "]:0" : host + ":0"));
        return fd;
    }

    /** Two TCP sockets connected over 127.0.0.1. */
    int[] tcp() throws IOException {
        int listener = socket(Linux.AF_INET, Linux.SOCK_STREAM, 0);
        bind(listener, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        assertEquals(0, LIBC.listen(listener, 1));
        int client = socket(Linux.AF_INET, Linux.SOCK_STREAM, 0);
        connect(client, name(listener));
        return new int[] {client, keep(Errors.check(LIBC.accept4(listener, 0, 0, Linux.SOCK_CLOEXEC), "accept4"))};
    }

    void bind(int fd, SocketAddress address) throws IOException {
        Sockaddr sockaddr = Sockaddr.of(address);
        assertEquals(0, Errors.check(LIBC.bind(fd, sockaddr.address(), sockaddr.length()), "bind", address));
        Reference.reachabilityFence(sockaddr);
    }

    void connect(int fd, Sockaddr to) throws IOException {
        assertEquals(0, Errors.check(LIBC.connect(fd, to.address(), to.length()), "connect", to));
        Reference.reachabilityFence(to);
    }

    static Sockaddr name(int fd) throws IOException {
        Sockaddr sockaddr = new Sockaddr();
        sockaddr.reset();
        assertEquals(
                0, Errors.check(LIBC.getsockname(fd, sockaddr.address(), sockaddr.lengthAddress()), "getsockname"));
        return sockaddr;
    }

    static void set(int fd, int level, int option, int value) throws IOException {
        assertEquals(0, Errors.check(setsockopt(fd, level, option, value), "setsockopt", option));
    }

    /** As {@link #set}, but a kernel that does not know the option skips the test. */
    static void setOrSkip(int fd, int level, int option, int value, String why) throws IOException {
        int result = setsockopt(fd, level, option, value);
        assumeTrue(result != -Linux.ENOPROTOOPT && result != -Linux.EPERM && result != -Linux.EOPNOTSUPP, why);
        assertEquals(0, Errors.check(result, "setsockopt", option));
    }

    private static int setsockopt(int fd, int level, int option, int value) {
        ByteBuffer memory = Memory.allocate(4).putInt(0, value);
        int result = LIBC.setsockopt(fd, level, option, Memory.address(memory), 4);
        Reference.reachabilityFence(memory);
        return result;
    }

    static long send(int fd, Message message, int flags) {
        message.beforeSend(Long.MAX_VALUE);
        long sent = LIBC.sendmsg(fd, message.header(), flags | Linux.MSG_NOSIGNAL);
        message.afterSend(sent);
        Reference.reachabilityFence(message);
        return sent;
    }

    /** Receives; a socket that stays silent fails the test after some seconds and does not hang it. */
    static long receive(int fd, Message message, int flags) {
        if ((flags & (Linux.MSG_DONTWAIT | Linux.MSG_ERRQUEUE)) == 0) {
            assertEquals(Linux.POLLIN, poll(fd, Linux.POLLIN, PATIENCE_MS) & Linux.POLLIN, "nothing arrived");
        } else if ((flags & Linux.MSG_ERRQUEUE) != 0 && (flags & Linux.MSG_DONTWAIT) == 0) {
            assertEquals(Linux.POLLERR, poll(fd, 0, PATIENCE_MS) & Linux.POLLERR, "nothing in the error queue");
        }
        message.beforeReceive(Long.MAX_VALUE);
        long received = LIBC.recvmsg(fd, message.header(), flags | MessageHeader.receiveFlags(domain(fd)));
        message.afterReceive(received);
        Reference.reachabilityFence(message);
        return received;
    }

    private static int domain(int fd) {
        ByteBuffer memory = Memory.allocate(8).putInt(4, 4);
        long address = Memory.address(memory);
        assertEquals(0, LIBC.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_DOMAIN, address, address + 4));
        Reference.reachabilityFence(memory);
        return memory.getInt(0);
    }

    static int poll(int fd, int events, int ms) {
        ByteBuffer pollfd = Memory.allocate(Pollfd.SIZE);
        Pollfd.fd(pollfd, 0, fd);
        Pollfd.events(pollfd, 0, events);
        int ready = LIBC.poll(Memory.address(pollfd), 1, ms);
        Reference.reachabilityFence(pollfd);
        return ready > 0 ? Pollfd.revents(pollfd, 0) : 0;
    }

    static int send(int fd, MessageBatch batch, int from, int n, int flags) {
        batch.beforeSend(from, n);
        int sent = LIBC.sendmmsg(fd, batch.header(from), n, flags | Linux.MSG_NOSIGNAL);
        batch.afterSend(from, n, sent);
        Reference.reachabilityFence(batch);
        return sent;
    }

    static int receive(int fd, MessageBatch batch, int from, int n, int flags) {
        batch.beforeReceive(from, n);
        int received = LIBC.recvmmsg(fd, batch.header(from), n, flags | MessageHeader.receiveFlags(domain(fd)), 0);
        batch.afterReceive(from, n, received);
        Reference.reachabilityFence(batch);
        return received;
    }

    static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Memory.allocate(bytes.length).put(0, bytes);
    }

    static ByteBuffer room(int size) {
        return Memory.allocate(size);
    }

    /** What lies before the position. */
    static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    int keep(int fd) {
        open.add(fd);
        return fd;
    }

    void close(int fd) {
        assertTrue(open.remove(Integer.valueOf(fd)));
        assertEquals(0, LIBC.close(fd));
    }

    @Override
    public void close() {
        for (int fd : open) {
            assertEquals(0, LIBC.close(fd));
        }
        open.clear();
    }
}
