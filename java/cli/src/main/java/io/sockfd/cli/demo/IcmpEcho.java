package io.sockfd.cli.demo;

import static io.sockfd.raw.Linux.*;

import io.sockfd.Errors;
import io.sockfd.cli.kernel.Fd;
import io.sockfd.cli.kernel.Loopback;
import io.sockfd.cli.kernel.Scratch;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.SockaddrIn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

    static Scenario.Outcome run(Libc libc) throws IOException {
        int raw = libc.socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
        if (raw >= 0) {
            try (Fd socket = Fd.of(libc, raw, "socket")) {
                return ping(libc, socket, true);
            }
        }
        int dgram = libc.socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_ICMP);
        if (dgram == -EACCES || dgram == -EPERM) {
            return Scenario.Outcome.skipped(
                    "raw sockets need CAP_NET_RAW, and the group is outside of net.ipv4.ping_group_range");
        }
        try (Fd socket = Fd.of(libc, dgram, "socket")) {
            return ping(libc, socket, false);
        }
    }

    private static Scenario.Outcome ping(Libc libc, Fd socket, boolean raw) throws IOException {
        try (Scratch memory = new Scratch()) {
            Wire.limitWaiting(libc, socket, memory);
            int id = (int) ProcessHandle.current().pid() & 0xffff;
            ByteBuffer request = request(memory, id);
            ByteBuffer reply = memory.allocate(CAPACITY).order(ByteOrder.BIG_ENDIAN);
            long address = Memory.address(Loopback.name(memory, 0));

            long start = System.nanoTime();
            Errors.check(
                    libc.sendto(socket.number(), Memory.address(request), SIZE, 0, address, SockaddrIn.SIZE), "sendto");
            for (int i = 0; i < STRANGERS; i++) {
                long size = Errors.check(libc.recv(socket.number(), Memory.address(reply), CAPACITY, 0), "recv");
                int at = raw ? (reply.get(0) & 15) * 4 : 0;
                if (isReply(reply, at, (int) size, raw ? id : -1)) {
                    long nanos = System.nanoTime() - start;
                    String kind = raw ? "raw" : "datagram";
                    return Scenario.Outcome.of(
                            "ICMP echo of " + SIZE + " bytes on a " + kind + " socket",
                            "echo reply of " + (size - at) + " bytes",
                            nanos);
                }
            }
            throw new IOException("no echo reply among " + STRANGERS + " packets");
        }
    }

    /** type, code, checksum, identifier, sequence number, payload: all in network byte order. */
    private static ByteBuffer request(Scratch memory, int id) {
        ByteBuffer packet = memory.allocate(SIZE).order(ByteOrder.BIG_ENDIAN);
        packet.put(0, (byte) ICMP_ECHO)
                .putShort(4, (short) id)
                .putShort(6, (short) 1)
                .put(HEADER, PAYLOAD);
        return packet.putShort(2, (short) checksum(packet));
    }

    private static boolean isReply(ByteBuffer packet, int at, int end, int id) {
        if (end - at != SIZE || packet.get(at) != ICMP_ECHOREPLY) {
            return false;
        }
        byte[] payload = new byte[PAYLOAD.length];
        packet.get(at + HEADER, payload);
        return (id < 0 || (packet.getShort(at + 4) & 0xffff) == id) && Arrays.equals(payload, PAYLOAD);
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
