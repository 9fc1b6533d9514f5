package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Leg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The paths that run for every packet allocate nothing; on FFM and JNI, the backends that promise it. They are measured in a
 * JVM of their own: what a JIT has learnt from other tests decides how far it sees.
 */
@Timeout(60)
class SocketAllocationIT {
    private static final int WARM_UP = 30_000;
    private static final int OPERATIONS = 20_000;
    private static final int MOST_ROUNDS = 60;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private interface Operation {
        void run() throws IOException;
    }

    private static void measure(String name, Operation operation) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            operation.run();
        }
        // the compiler may still be replacing code of the warm-up: the least counts
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least != 0; round++) {
            long before = Allocations.soFar();
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
            least = Math.min(least, Allocations.soFar() - before);
        }
        System.out.printf(
                Locale.ROOT, "%s: %s: %.3f bytes%n", Backend.chosen().name(), name, (double) least / OPERATIONS);
    }

    @Test
    void allocateNothing() throws IOException, InterruptedException {
        assumeTrue(Leg.allocatesNothing(), "jnr-ffi allocates in some calls");
        Leg.Result result = Leg.run(List.of("-XX:TieredStopAtLevel=4"), SocketAllocationIT.class.getName());
        assertEquals(0, result.status(), result.output());
        List<String> lines =
                result.output().lines().filter(line -> line.endsWith(" bytes")).toList();
        assertEquals(8, lines.size(), result.output());
        lines.forEach(System.out::println);
        for (String line : lines) {
            assertTrue(line.endsWith(": 0.000 bytes"), line);
        }
    }

    public static void main(String[] args) throws IOException {
        streamsOnDirectBuffers();
        streamsOnTheHeap();
        datagramsWithAddresses();
        messages();
        batches();
        waiting();
    }

    private static void streamsOnDirectBuffers() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            measure("send and recv, direct", () -> {
                pair.first().send(buffer.clear(), 0);
                pair.second().recv(buffer.clear(), 0);
            });
            measure("write and read, direct", () -> {
                pair.first().write(buffer.clear());
                pair.second().read(buffer.clear());
            });
        }
    }

    private static void streamsOnTheHeap() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            byte[] array = new byte[64];
            ByteBuffer buffer = ByteBuffer.wrap(array);
            measure("send and recv, byte[]", () -> {
                pair.first().send(array, 0, array.length, 0);
                pair.second().recv(array, 0, array.length, 0);
            });
            measure("write and read, heap buffer", () -> {
                pair.first().write(buffer.clear());
                pair.second().read(buffer.clear());
            });
        }
    }

    private static void datagramsWithAddresses() throws IOException {
        try (Socket a = Socket.udp().bind(LOOPBACK);
                Socket b = Socket.udp().bind(LOOPBACK)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            Sockaddr to = b.getsockname(new Sockaddr());
            Sockaddr from = new Sockaddr();
            measure("sendTo and recvFrom with Sockaddr", () -> {
                a.sendTo(buffer.clear(), to, 0);
                b.recvFrom(buffer.clear(), from, 0);
            });
        }
    }

    private static void messages() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
                Message out = new Message();
                Message in = new Message(1, 64)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            out.data(buffer);
            ByteBuffer got = ByteBuffer.allocateDirect(64);
            in.data(got);
            measure("sendMessage and receiveMessage", () -> {
                buffer.clear();
                got.clear();
                pair.first().sendMessage(out, 0);
                pair.second().receiveMessage(in, 0);
            });
        }
    }

    private static void batches() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
                MessageBatch out = new MessageBatch(4, 1, 0);
                MessageBatch in = new MessageBatch(4, 1, 64)) {
            ByteBuffer[] buffers = new ByteBuffer[8];
            for (int i = 0; i < 4; i++) {
                buffers[i] = ByteBuffer.allocateDirect(64);
                buffers[4 + i] = ByteBuffer.allocateDirect(64);
                out.get(i).data(buffers[i]);
                in.get(i).data(buffers[4 + i]);
            }
            measure("sendMessages and receiveMessages", () -> {
                for (ByteBuffer buffer : buffers) {
                    buffer.clear();
                }
                pair.first().sendMessages(out, 0, 4, 0);
                pair.second().receiveMessages(in, 0, 4, 0);
            });
        }
    }

    private static void waiting() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            pair.second().timeout(Socket.NON_BLOCKING);
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            measure("recv of nothing, non-blocking", () -> pair.second().recv(buffer.clear(), 0));
        }
    }
}
