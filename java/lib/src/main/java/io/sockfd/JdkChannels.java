package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the socket behind a channel of the JDK, which does not tell its descriptor: by asking each of this process's
 * sockets for its type and addresses. Only an answer that fits one socket alone counts.
 */
final class JdkChannels {
    private static final Libc LIBC = Libc.getOrRefusing();

    private JdkChannels() {}

    static Socket find(NetworkChannel channel) throws IOException {
        SocketAddress local = channel.getLocalAddress();
        if (local == null) {
            throw new IOException(
                    "the channel is not bound or connected yet, so there is nothing to find its socket by");
        }
        SocketAddress remote = remote(channel);
        List<Socket> found = new ArrayList<>();
        try {
            for (int fd : ProcFd.list(target -> target.startsWith("socket:["))) {
                Socket candidate = duplicate(fd);
                if (candidate != null && (!fits(candidate, local, remote) || isKnown(candidate, found))) {
                    candidate.close();
                } else if (candidate != null) {
                    found.add(candidate);
                }
            }
            if (found.size() == 1) {
                return found.remove(0);
            }
            throw new IOException(
                    found.isEmpty()
                            ? "no socket of this process has the channel's addresses " + local + " and " + remote
                            : found.size() + " sockets of this process have the channel's addresses " + local + " and "
                                    + remote + ", and nothing tells which one it is");
        } finally {
            for (Socket socket : found) {
                socket.close();
            }
        }
    }

    private static @Nullable SocketAddress remote(NetworkChannel channel) throws IOException {
        if (channel instanceof SocketChannel stream) {
            return stream.getRemoteAddress();
        }
        return channel instanceof DatagramChannel datagrams ? datagrams.getRemoteAddress() : null;
    }

    /** Not by {@link Socket#adopt}: O_NONBLOCK belongs to both descriptors, and the JDK relies on its own setting. */
    private static @Nullable Socket duplicate(int fd) {
        int duplicate = LIBC.fcntl(fd, Linux.F_DUPFD_CLOEXEC, 0);
        if (duplicate < 0) {
            return null; // closed meanwhile
        }
        try {
            Domain domain = new Domain(SocketBirth.intOption(duplicate, Linux.SO_DOMAIN));
            SocketType type = new SocketType(SocketBirth.intOption(duplicate, Linux.SO_TYPE));
            return Socket.wrap(duplicate, true, domain, type);
        } catch (IOException e) {
            LIBC.close(duplicate); // its number became something else's between the look and the duplicate
            return null;
        }
    }

    private static boolean fits(Socket candidate, SocketAddress local, @Nullable SocketAddress remote) {
        try {
            return sameAddress(local, candidate.getLocalAddress()) && sameAddress(remote, peer(candidate));
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable SocketAddress peer(Socket candidate) throws IOException {
        int fd = candidate.enter();
        try {
            Sockaddr peer = new Sockaddr();
            peer.reset();
            return LIBC.getpeername(fd, peer.address(), peer.lengthAddress()) < 0 ? null : peer.decode();
        } finally {
            candidate.exit();
        }
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

    /** Two descriptors of one socket have one cookie. */
    private static boolean isKnown(Socket candidate, List<Socket> found) throws IOException {
        long cookie = cookie(candidate);
        for (Socket other : found) {
            if (cookie(other) == cookie) {
                return true;
            }
        }
        return false;
    }

    private static long cookie(Socket socket) throws IOException {
        return socket.getOption(COOKIE);
    }

    private static final Option<Long> COOKIE =
            Option.of("SO_COOKIE", Linux.SOL_SOCKET, Linux.SO_COOKIE, Option.Access.READ_ONLY, Codecs.U64);
}
