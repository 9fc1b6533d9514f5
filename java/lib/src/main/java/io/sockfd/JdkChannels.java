package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.memory.CallMemory;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the socket behind a channel of the JDK, which does not tell its descriptor: by asking each number that may be open
 * for its type and addresses, which only sockets answer, and which changes nothing. Only an answer that fits one socket
 * alone counts. That one is duplicated, and nothing else: closing a duplicate of a file would drop the process's record
 * locks on it.
 */
final class JdkChannels {
    private static final Libc LIBC = Libc.getOrRefusing();
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String TABLE_SIZE = "FDSize:";

    private JdkChannels() {}

    static Adopted find(NetworkChannel channel) throws IOException {
        SocketAddress local = channel.getLocalAddress();
        if (local == null) {
            throw new IOException(
                    "the channel is not bound or connected yet, so there is nothing to find its socket by");
        }
        SocketAddress remote = remote(channel);
        Map<Long, Integer> found = new HashMap<>(); // by cookie, which two descriptors of one socket have in common
        int end = tableSize();
        for (int fd = 0; fd < end; fd++) {
            if (Probe.valueOrErrno(fd, Linux.SO_TYPE) >= 0 && fits(fd, local, remote)) {
                found.putIfAbsent(cookie(fd), fd);
            }
        }
        if (found.size() != 1) {
            throw new IOException(
                    found.isEmpty()
                            ? "no socket of this process has the channel's addresses " + local + " and " + remote
                            : found.size() + " sockets of this process have the channel's addresses " + local + " and "
                                    + remote + ", and nothing tells which one it is");
        }
        Map.Entry<Long, Integer> only = found.entrySet().iterator().next();
        return duplicate(only.getValue(), only.getKey());
    }

    /** All open descriptors have smaller numbers, proc(5). */
    private static int tableSize() throws IOException {
        for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith(TABLE_SIZE)) {
                return Integer.parseInt(line.substring(TABLE_SIZE.length()).trim());
            }
        }
        throw new IOException(STATUS + " has no line " + TABLE_SIZE);
    }

    private static @Nullable SocketAddress remote(NetworkChannel channel) throws IOException {
        if (channel instanceof SocketChannel stream) {
            return stream.getRemoteAddress();
        }
        return channel instanceof DatagramChannel datagrams ? datagrams.getRemoteAddress() : null;
    }

    /** Not by {@link Socket#adopt}: O_NONBLOCK belongs to both descriptors, and the JDK relies on its own setting. */
    private static Adopted duplicate(int fd, long cookie) throws IOException {
        int duplicate = Errors.check(LIBC.fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0), "fcntl", "F_DUPFD_CLOEXEC");
        boolean file = false;
        try {
            int type = Probe.valueOrErrno(duplicate, Linux.SO_TYPE);
            file = type == -Linux.ENOTSOCK;
            if (type < 0 || cookie(duplicate) != cookie) {
                throw new AsynchronousCloseException();
            }
            return Adopted.look(duplicate);
        } catch (Throwable e) {
            if (!file) { // that got the number: rather is the duplicate lost than the file's record locks
                LIBC.close(duplicate);
            }
            throw e;
        }
    }

    private static boolean fits(int fd, SocketAddress local, @Nullable SocketAddress remote) {
        Sockaddr address = new Sockaddr();
        address.reset();
        if (LIBC.getsockname(fd, address.address(), address.lengthAddress()) < 0
                || !sameAddress(local, address.decode())) {
            return false;
        }
        address.reset();
        return sameAddress(
                remote, LIBC.getpeername(fd, address.address(), address.lengthAddress()) < 0 ? null : address.decode());
    }

    private static boolean sameAddress(@Nullable SocketAddress jdk, @Nullable SocketAddress kernel) {
        if (jdk instanceof InetSocketAddress a && kernel instanceof InetSocketAddress b) {
            return a.getPort() == b.getPort() && sameHost(a.getAddress(), b.getAddress());
        }
        return Objects.equals(jdk, kernel);
    }

    /** The JDK shows a dual-stack socket's wildcard in either family. */
    private static boolean sameHost(InetAddress a, InetAddress b) {
        return a.equals(b) || (a.isAnyLocalAddress() && b.isAnyLocalAddress());
    }

    /** 0 when it cannot be had: no socket has that. */
    private static long cookie(int fd) {
        ByteBuffer memory =
                CallMemory.of(Long.BYTES + Integer.BYTES).putLong(0, 0).putInt(Long.BYTES, Long.BYTES);
        long address = Memory.address(memory);
        LIBC.getsockopt(fd, Linux.SOL_SOCKET, Linux.SO_COOKIE, address, address + Long.BYTES);
        return memory.getLong(0);
    }
}
