package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The paths that run for every packet allocate nothing; on FFM, which is the backend that promises it. */
@Timeout(60)
class SocketAllocationIT {
    private static final int WARM_UP = 30_000;
    private static final int OPERATIONS = 100_000;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private interface Operation {
        void run() throws IOException;
    }

    private static void allocatesNothing(String name, Operation operation) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            operation.run();
        }
        // the compiler may still be replacing code of the warm-up: the least of three counts
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = Allocations.soFar();
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run();
            }
            least = Math.min(least, Allocations.soFar() - before);
        }
        double each = (double) least / OPERATIONS;
        System.out.printf("%s: %s: %.3f bytes per operation%n", Backend.chosen().name(), name, each);
        if (Backend.chosen().name().equals("ffm")) {
            assertTrue(each < 0.01, name + " allocates " + each + " bytes per operation");
        }
    }

    @Test
    void streamsOnDirectBuffers() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            allocatesNothing("send and recv, direct", () -> {
                pair.first().send(buffer.clear(), 0);
                pair.second().recv(buffer.clear(), 0);
            });
            allocatesNothing("write and read, direct", () -> {
                pair.first().write(buffer.clear());
                pair.second().read(buffer.clear());
            });
        }
    }

    @Test
    void streamsOnTheHeap() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            byte[] array = new byte[64];
            ByteBuffer buffer = ByteBuffer.wrap(array);
            allocatesNothing("send and recv, byte[]", () -> {
                pair.first().send(array, 0, array.length, 0);
                pair.second().recv(array, 0, array.length, 0);
            });
            allocatesNothing("write and read, heap buffer", () -> {
                pair.first().write(buffer.clear());
                pair.second().read(buffer.clear());
            });
        }
    }

    @Test
    void datagramsWithAddresses() throws IOException {
        try (Socket a = Socket.udp().bind(LOOPBACK);
                Socket b = Socket.udp().bind(LOOPBACK)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            Sockaddr to = b.getsockname(new Sockaddr());
            Sockaddr from = new Sockaddr();
            allocatesNothing("sendTo and recvFrom with Sockaddr", () -> {
                a.sendTo(buffer.clear(), to, 0);
                b.recvFrom(buffer.clear(), from, 0);
            });
        }
    }

    @Test
    void messagesAndBatches() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
                Message out = new Message();
                Message in = new Message(1, 64)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            out.data(buffer);
            ByteBuffer got = ByteBuffer.allocateDirect(64);
            in.data(got);
            allocatesNothing("sendMessage and receiveMessage", () -> {
                buffer.clear();
                got.clear();
                pair.first().sendMessage(out, 0);
                pair.second().receiveMessage(in, 0);
            });
        }
    }

    @Test
    void waiting() throws IOException {
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            pair.second().timeout(Socket.NON_BLOCKING);
            ByteBuffer buffer = ByteBuffer.allocateDirect(64);
            allocatesNothing(
                    "recv of nothing, non-blocking", () -> pair.second().recv(buffer.clear(), 0));
        }
    }
}
