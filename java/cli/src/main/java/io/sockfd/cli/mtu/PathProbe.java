package io.sockfd.cli.mtu;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.ErrorQueue;
import io.sockfd.cli.icmp.IcmpText;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.raw.Linux;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends datagrams as large as the path is known to take. With IP_PMTUDISC_PROBE they have the DF bit, and what the kernel
 * remembers of the path does not count.
 */
final class PathProbe implements Closeable {
    private static final int TRIES = 3;
    private static final int HEADERS4 = 28;
    private static final int HEADERS6 = 48;
    private static final int PORTS = 1 << 16;
    private static final double MILLI = 1e6;

    private final Socket socket;
    private final ErrorQueue errors;
    private final InetAddress target;
    private final boolean ipv4;
    private final long patienceNanos;
    private final Interruption interruption;
    private final ByteBuffer zeros;
    private int mtu;
    private int port;
    private long began;

    /** What came of a probe. */
    enum What {
        /** A router says that it has come that far. */
        HOP,
        /** It was too large: for this host's own link, or for a router that says for what. */
        SMALLER,
        /** It has arrived. */
        REACHED,
        /** Nobody answered. */
        SILENCE,
        /** Somebody says that there is no way. */
        FAILED
    }

    /**
     * An outcome.
     *
     * @param from null for this host and for nobody
     * @param millis -1 for nobody
     * @param mtu the size that it can have
     */
    record Outcome(What what, @Nullable InetAddress from, double millis, int mtu, String text) {}

    PathProbe(InetAddress target, int length, int port, long patienceNanos, Interruption interruption)
            throws IOException {
        this.target = target;
        this.port = port;
        this.patienceNanos = patienceNanos;
        this.interruption = interruption;
        ipv4 = Target.isIpv4(target);
        mtu = length;
        zeros = ByteBuffer.allocateDirect(length);
        socket = ipv4 ? Socket.udp() : Socket.udp6();
        try {
            socket.timeout(Socket.NON_BLOCKING)
                    .setOption(
                            ipv4 ? IpOptions.IP_MTU_DISCOVER : Ipv6Options.IPV6_MTU_DISCOVER,
                            ipv4 ? Linux.IP_PMTUDISC_PROBE : Linux.IPV6_PMTUDISC_PROBE);
            errors = ErrorQueue.of(socket, ipv4);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** The size that is known to be possible so far, IP header included. */
    int mtu() {
        return mtu;
    }

    /** Sends a datagram that may take so many hops, again if need be, and waits for what comes of it. */
    Outcome send(int hops) throws IOException {
        socket.setOption(ipv4 ? IpOptions.IP_TTL : Ipv6Options.IPV6_UNICAST_HOPS, hops);
        for (int i = 0; i < TRIES && !interruption.asked(); i++) {
            Outcome outcome = once(i == TRIES - 1);
            if (outcome != null) {
                mtu = outcome.mtu();
                return outcome;
            }
        }
        return new Outcome(What.SILENCE, null, -1, mtu, "");
    }

    /**
     * One datagram.
     *
     * @param last whether what the send says is taken for true: an error that came late, of an earlier datagram, is gone
     *     with the next
     */
    private @Nullable Outcome once(boolean last) throws IOException {
        port = port % (PORTS - 1) + 1;
        Sockaddr to = Sockaddr.of(new InetSocketAddress(target, port));
        ByteBuffer payload = zeros.limit(Math.max(0, mtu - (ipv4 ? HEADERS4 : HEADERS6)));
        began = EchoSocket.now();
        long deadline = System.nanoTime() + patienceNanos;
        try {
            int ignored = socket.sendTo(payload.position(0), to, 0);
        } catch (IOException e) {
            if (!ErrorQueue.announced(e)) {
                throw e;
            }
            Outcome outcome = next();
            if (outcome == null
                    && last
                    && e instanceof io.sockfd.WithErrno failed
                    && failed.errno().value() != Linux.EMSGSIZE) {
                throw e; // about this datagram: there is no route, for instance
            }
            return outcome;
        }
        while (!interruption.asked()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            int events = socket.poll(Linux.POLLIN, Duration.ofNanos(Math.min(left, Interruption.GLANCE_NANOS)));
            Outcome outcome = next();
            if (outcome != null) {
                return outcome;
            } else if ((events & Linux.POLLIN) != 0) {
                return new Outcome(What.REACHED, target, millis(EchoSocket.now()), mtu, "reached");
            }
        }
        return null;
    }

    /** What the error queue has about the datagram that was sent last. */
    private @Nullable Outcome next() throws IOException {
        ErrorQueue.Entry entry;
        while ((entry = errors.next()) != null) {
            boolean tooLarge = entry.error().errno().value() == Linux.EMSGSIZE;
            InetAddress from = entry.isLocal() ? null : entry.error().offender();
            if (entry.isLocal() && tooLarge) {
                return new Outcome(What.SMALLER, null, -1, (int) entry.error().info(), "");
            } else if (entry.port() != port) {
                continue; // an earlier one's, late
            }
            double millis = millis(entry.timestampNanos());
            // a router of old that does not say how much it takes: RFC 1191 section 5 has a table, half will do
            int smaller = entry.error().info() > 0 ? (int) entry.error().info() : mtu / 2;
            if (tooLarge && smaller < mtu) {
                return new Outcome(What.SMALLER, from, millis, smaller, "");
            } else if (entry.isTimeExceeded()) {
                return new Outcome(What.HOP, from, millis, mtu, "");
            } else if (entry.isPortUnreachable()) {
                return new Outcome(What.REACHED, from, millis, mtu, "reached");
            }
            return new Outcome(What.FAILED, from, millis, mtu, IcmpText.words(entry));
        }
        return null;
    }

    private double millis(long came) {
        return Math.max(0, (came < 0 ? EchoSocket.now() : came) - began) / MILLI;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
