package io.sockfd.cli.traceroute;

import io.sockfd.Socket;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.cli.icmp.ErrorQueue;
import io.sockfd.cli.icmp.IcmpText;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Waits at a probe's socket for an ICMP error or for an answer. */
final class ErrorWait {
    private static final double MILLI = 1e6;

    private final Socket socket;
    private final InetAddress target;
    private final ErrorQueue errors;
    private final long deadline;
    private long began;

    /** For a probe that is sent next, with so many hops to go. */
    ErrorWait(Socket socket, Way way, int ttl) throws IOException {
        this.socket = socket;
        target = way.target();
        socket.timeout(Socket.NON_BLOCKING)
                .setOption(way.ipv4() ? IpOptions.IP_TTL : Ipv6Options.IPV6_UNICAST_HOPS, ttl);
        errors = ErrorQueue.of(socket, way.ipv4());
        deadline = System.nanoTime() + way.patience().toNanos();
    }

    /** The probe goes out now. */
    void begin() {
        began = EchoSocket.now();
    }

    /** Waits for an event or an error; the events, 0 when the time is over. */
    int events(int wanted) throws IOException {
        return socket.poll(wanted, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    /** The answer that an entry of the error queue is; null without one. */
    @Nullable
    Answer error() throws IOException {
        ErrorQueue.Entry entry = errors.next();
        if (entry == null) {
            return null;
        }
        InetAddress offender = entry.error().offender();
        long came = entry.timestampNanos() < 0 ? EchoSocket.now() : entry.timestampNanos();
        boolean closed = entry.isPortUnreachable();
        // a router that sends packets back may not know the destination; the destination itself may refuse otherwise
        boolean last = !entry.isTimeExceeded();
        InetAddress from = offender == null ? target : offender;
        return new Answer(from, millis(came), closed ? "" : IcmpText.mark(entry), last);
    }

    /** An answer of the destination itself, now. */
    Answer reached() {
        return new Answer(target, millis(EchoSocket.now()), "", true);
    }

    private double millis(long came) {
        return Math.max(0, came - began) / MILLI;
    }

    /** Waits for data or an error, as datagrams have it. */
    Answer datagram() throws IOException {
        while (true) {
            int events = events(Linux.POLLIN);
            Answer answer = error();
            if (answer != null) {
                return answer;
            } else if ((events & Linux.POLLIN) != 0) {
                return reached();
            } else if (events == 0) {
                return Answer.NONE;
            }
        }
    }
}
