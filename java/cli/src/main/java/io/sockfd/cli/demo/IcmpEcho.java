package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.ICMP_ECHO;
import static io.sockfd.raw.Linux.ICMP_ECHOREPLY;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A ping to 127.0.0.1: over a raw socket, which gives the IP header too and every echo of this host, or else over the ICMP
 * datagram socket, for which the kernel chooses the identifier and the checksum.
 */
final class IcmpEcho {
    private static final byte[] PAYLOAD = "are you there?".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 8;
    private static final int SIZE = HEADER + PAYLOAD.length;
    private static final int CAPACITY = 1024;
    // foreign echos on a busy host
    private static final int STRANGERS = 10_000;

    private IcmpEcho() {}

    static Scenario.Outcome run() throws IOException {
        try (Socket socket = open()) {
            return ping(socket.timeout(Wire.PATIENCE));
        } catch (ErrnoException e) {
            if (e.call().equals("socket")
                    && (e.errno().equals(Errno.EACCES) || e.errno().equals(Errno.EPERM))) {
                return Scenario.Outcome.skipped(
                        "raw sockets need CAP_NET_RAW, and the group is outside of net.ipv4.ping_group_range");
            }
            throw e;
        }
    }

    private static Socket open() throws IOException {
        try {
            return Socket.raw(Protocol.ICMP);
        } catch (IOException e) {
            return Socket.open(Domain.INET, SocketType.DGRAM, Protocol.ICMP);
        }
    }

    private static Scenario.Outcome ping(Socket socket) throws IOException {
        boolean raw = socket.type().equals(SocketType.RAW);
        int id = (int) ProcessHandle.current().pid() & 0xffff;
        ByteBuffer request = request(id);
        ByteBuffer reply = ByteBuffer.allocate(CAPACITY);
        long start = System.nanoTime();
        socket.sendTo(request, Wire.LOOPBACK, 0);
        for (int i = 0; i < STRANGERS; i++) {
            int size = socket.recv(reply.clear(), 0);
            int at = raw ? (reply.get(0) & 15) * 4 : 0;
            if (isReply(reply, at, size, raw ? id : -1)) {
                long nanos = System.nanoTime() - start;
                return Scenario.Outcome.of(
                        "ICMP echo of " + SIZE + " bytes on a " + (raw ? "raw" : "datagram") + " socket",
                        "echo reply of " + (size - at) + " bytes",
                        nanos);
            }
        }
        throw new IOException("no echo reply among " + STRANGERS + " packets");
    }

    /** type, code, checksum, identifier, sequence number, payload: all in network byte order. */
    private static ByteBuffer request(int id) {
        ByteBuffer packet = ByteBuffer.allocate(SIZE);
        packet.put(0, (byte) ICMP_ECHO)
                .putShort(4, (short) id)
                .putShort(6, (short) 1)
                .put(HEADER, PAYLOAD);
        return packet.putShort(2, (short) checksum(packet));
    }

    private static boolean isReply(ByteBuffer packet, int at, int end, int id) {
        return end - at == SIZE
                && packet.get(at) == ICMP_ECHOREPLY
                && (id < 0 || (packet.getShort(at + 4) & 0xffff) == id)
                && packet.slice(at + HEADER, PAYLOAD.length).equals(ByteBuffer.wrap(PAYLOAD));
    }

    /** RFC 1071 over an even number of bytes. */
    private static int checksum(ByteBuffer packet) {
        int sum = 0;
        for (int at = 0; at < SIZE; at += 2) {
            sum += packet.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~(sum + (sum >>> 16)) & 0xffff;
    }
}
