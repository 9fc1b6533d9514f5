package io.sockfd.cli.icmp;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.cli.FailedException;
import io.sockfd.option.IcmpOptions;
import io.sockfd.option.IcmpTypes;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.SocketOptions;
import io.sockfd.packet.Checksum;
import io.sockfd.packet.Icmp;
import io.sockfd.packet.Icmp6;
import io.sockfd.packet.Ipv4;
import io.sockfd.packet.PacketException;
import io.sockfd.raw.Linux;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends echo requests and receives what comes back. It is the kernel's ICMP datagram socket where
 * net.ipv4.ping_group_range lets this group have one, and else a raw socket, which needs CAP_NET_RAW.
 */
public final class EchoSocket implements Closeable {
    /** Bytes before the payload. */
    public static final int HEADER = Icmp.SIZE;

    private static final int CAPACITY = 65_536 + 64;
    private static final int BUFFER_BYTES = 1 << 20;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Socket socket;
    private final Sockaddr to;
    private final boolean ipv4;
    private final boolean raw;
    private final int identifier = ThreadLocalRandom.current().nextInt(1, 1 << 16);
    private final ErrorQueue errors;
    private final ByteBuffer request = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer reply = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.BIG_ENDIAN);
    private final Sockaddr from = new Sockaddr();
    private final Message message = new Message();
    private final Icmp icmp = new Icmp();
    private final Icmp6 icmp6 = new Icmp6();
    private final Ipv4 ip = new Ipv4();
    private byte @Nullable [] pattern;

    /**
     * An echo reply.
     *
     * @param bytes with the ICMP header
     * @param ttl hops that it had left; -1 when unknown
     * @param timestampNanos when it came, since 1970
     * @param wrongByte the first byte of the payload that is not as it was sent, -1 when all are
     */
    public record Reply(InetAddress from, int sequence, int bytes, int ttl, long timestampNanos, int wrongByte) {}

    /** An error, and the sequence number of the request it is about; -1 when that is not known. */
    public record Failure(ErrorQueue.Entry entry, int sequence) {}

    private EchoSocket(Socket socket, InetAddress target) throws IOException {
        this.socket = socket;
        to = Sockaddr.of(new InetSocketAddress(target, 0));
        ipv4 = target instanceof Inet4Address;
        raw = socket.type().equals(SocketType.RAW);
        errors = ErrorQueue.of(socket, ipv4);
        socket.timeout(Socket.NON_BLOCKING)
                .setOption(ipv4 ? IpOptions.IP_RECVTTL : Ipv6Options.IPV6_RECVHOPLIMIT, true)
                .setOption(SocketOptions.SO_RCVBUF, BUFFER_BYTES);
        if (raw && ipv4) {
            socket.setOption(IcmpOptions.ICMP_FILTER, IcmpTypes.only(Linux.ICMP_ECHOREPLY));
        } else if (raw) {
            socket.setOption(IcmpOptions.ICMPV6_FILTER, IcmpTypes.only(Linux.ICMPV6_ECHO_REPLY));
        }
        message.data(reply).address(from);
    }

    /** A socket for requests to a host. */
    public static EchoSocket open(InetAddress target) throws IOException {
        Socket socket = open(target instanceof Inet4Address);
        try {
            return new EchoSocket(socket, target);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket open(boolean ipv4) throws IOException {
        Domain domain = ipv4 ? Domain.INET : Domain.INET6;
        Protocol protocol = ipv4 ? Protocol.ICMP : Protocol.ICMPV6;
        try {
            return Socket.open(domain, SocketType.DGRAM, protocol);
        } catch (IOException e) {
            try {
                return Socket.open(domain, SocketType.RAW, protocol);
            } catch (IOException second) {
                if (Errors.errnoOf(second).filter(Errno.EPERM::equals).isPresent()) {
                    throw new FailedException("ICMP needs CAP_NET_RAW (run as root), or this group within"
                            + " net.ipv4.ping_group_range: sysctl -w net.ipv4.ping_group_range='0 2147483647'");
                }
                throw second;
            }
        }
    }

    /** The socket, for its options. */
    public Socket socket() {
        return socket;
    }

    /** Whether it is a raw socket. */
    public boolean isRaw() {
        return raw;
    }

    /** The number by which replies are told apart; of a datagram socket it is the kernel's, its port. */
    public int identifier() throws IOException {
        return raw || !(socket.getLocalAddress() instanceof InetSocketAddress local) ? identifier : local.getPort();
    }

    /** What the payload consists of, again and again, instead of bytes that count up. */
    public void pattern(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a pattern has at least one byte");
        }
        pattern = bytes.clone();
    }

    private byte payloadByte(int index) {
        byte[] repeated = pattern;
        return repeated == null ? (byte) index : repeated[index % repeated.length];
    }

    /** As many hops as the requests may take. */
    public void ttl(int hops) throws IOException {
        socket.setOption(ipv4 ? IpOptions.IP_TTL : Ipv6Options.IPV6_UNICAST_HOPS, hops);
    }

    /**
     * Sends a request whose payload counts up from 0, or is the pattern.
     *
     * @return when, in nanoseconds since 1970
     * @throws IOException also when the socket announces an earlier error: read {@link #nextFailure}, then send again
     */
    public long send(int sequence, int payload) throws IOException {
        int length = HEADER + payload;
        for (int i = HEADER; i < length; i++) {
            request.put(i, payloadByte(i - HEADER));
        }
        if (ipv4) {
            icmp.compose(request, 0, length).echoRequest(identifier, sequence);
            icmp.checksum(Checksum.of(request, 0, length));
        } else {
            icmp6.compose(request, 0, length).echoRequest(identifier, sequence);
        }
        request.limit(length).position(0);
        long time = now();
        try {
            if (socket.sendTo(request, to, 0) == Socket.WOULD_BLOCK) {
                throw Errors.exception(-Linux.ENOBUFS, "sendto", to);
            }
        } finally {
            request.clear();
        }
        return time;
    }

    /** Nanoseconds since 1970, as the kernel stamps what comes. */
    public static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }

    /** Waits until there is something to read, or the time is over. */
    public void await(long nanos) throws IOException {
        int ignored = socket.poll(Linux.POLLIN, Duration.ofNanos(nanos));
    }

    /** The next reply to this socket's requests, without waiting; null when there is none. */
    public @Nullable Reply nextReply() throws IOException {
        while (true) {
            message.data(reply.clear());
            try {
                if (socket.receiveMessage(message, Linux.MSG_DONTWAIT) == Socket.WOULD_BLOCK) {
                    return null;
                }
            } catch (IOException e) {
                if (ErrorQueue.announced(e)) {
                    return null;
                }
                throw e;
            }
            Reply read = read(reply.flip());
            if (read != null) {
                return read;
            }
        }
    }

    private @Nullable Reply read(ByteBuffer b) {
        try {
            int at = raw && ipv4 ? ip.wrap(b).payloadOffset() : 0;
            int sequence = sequence(b, at, ipv4 ? Linux.ICMP_ECHOREPLY : Linux.ICMPV6_ECHO_REPLY);
            if (sequence < 0) {
                return null;
            }
            InetAddress sender = ((InetSocketAddress) from.decode()).getAddress();
            return new Reply(
                    sender,
                    sequence,
                    b.limit() - at,
                    message.incoming().ttl(),
                    message.incoming().timestampNanos(),
                    wrongByte(b, at + HEADER));
        } catch (PacketException e) {
            return null; // no ICMP of ours is cut short
        }
    }

    private int wrongByte(ByteBuffer b, int payload) {
        for (int i = payload; i < b.limit(); i++) {
            if (b.get(i) != payloadByte(i - payload)) {
                return i - payload;
            }
        }
        return -1;
    }

    /** The sequence number of an echo of this socket, -1 for any other. */
    private int sequence(ByteBuffer b, int at, int type) {
        if (b.limit() - at < HEADER || (b.get(at) & 0xff) != type) {
            return -1;
        }
        int id = ipv4
                ? icmp.wrap(b, at, b.limit()).identifier()
                : icmp6.wrap(b, at, b.limit()).identifier();
        // the kernel chooses the identifier of a datagram socket, and gives it only its own
        return raw && id != identifier ? -1 : b.getShort(at + 6) & 0xffff;
    }

    /** The next error about this socket's requests, without waiting; null when there is none. */
    public @Nullable Failure nextFailure() throws IOException {
        while (true) {
            ErrorQueue.Entry entry = errors.next();
            if (entry == null) {
                return null;
            }
            int sequence = sequence(errors.quoted(), 0, ipv4 ? Linux.ICMP_ECHO : Linux.ICMPV6_ECHO_REQUEST);
            if (sequence >= 0 || entry.isLocal()) {
                return new Failure(entry, sequence);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
