package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many large heap buffers in one write: a part is copied for a call, and all of them together may be larger than an int. */
@Tag("once")
@Tag("grid")
class GatherIT {
    private static final int MIB = 1 << 20;
    private static final int SIZE = 64 * MIB;
    private static final long LONG_S = 120;

    @Test
    void aGatheringWriteIsAsFastAsPlainOnes() throws Exception {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        for (int parts : new int[] {1, 64, 5000}) {
            long plain = 0;
            long gathered = 0;
            for (int round = 0; round < 2; round++) {
                plain += write(bytes, parts, false);
                gathered += write(bytes, parts, true);
            }
            // all that is left was copied for each call: 30 times as long
            assertTrue(
                    gathered < 8 * plain + TimeUnit.SECONDS.toNanos(2),
                    parts + " parts: " + gathered / MIB + " ms, one by one " + plain / MIB);
        }
    }

    /** The time that it took; what came is compared. */
    private static long write(byte[] bytes, int parts, boolean gather) throws Exception {
        ByteBuffer[] buffers = new ByteBuffer[parts];
        int each = bytes.length / parts;
        for (int i = 0; i < parts; i++) {
            int from = i * each;
            buffers[i] = ByteBuffer.wrap(bytes, from, i + 1 == parts ? bytes.length - from : each);
        }
        try (Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            byte[] got = new byte[bytes.length];
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
                try {
                    ByteBuffer into = ByteBuffer.wrap(got);
                    pair.second().recvExactly(into);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            long begin = System.nanoTime();
            long written = 0;
            if (gather) {
                written = pair.first().write(buffers);
            } else {
                for (ByteBuffer buffer : buffers) {
                    written += pair.first().write(buffer);
                }
            }
            long end = System.nanoTime();
            reader.get(LONG_S, TimeUnit.SECONDS);
            assertEquals(bytes.length, written);
            assertArrayEquals(bytes, got);
            return end - begin;
        }
    }

    /** Two gigabytes and a half; the reader has TCP throw them away. */
    @Test
    void moreThanAnIntIsWritten() throws Exception {
        assumeTrue(Leg.isLong(), "on one backend, because it takes seconds");
        ByteBuffer[] buffers = new ByteBuffer[40];
        byte[] array = new byte[SIZE];
        Arrays.setAll(buffers, i -> ByteBuffer.wrap(array));
        long all = (long) SIZE * buffers.length;
        try (Socket listener = Socket.tcp();
                Socket client = Socket.tcp()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.listen(1);
            client.connect(listener.getLocalAddress());
            try (Socket server = listener.accept()) {
                CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> discard(server));
                assertEquals(all, client.write(buffers));
                client.shutdown(Linux.SHUT_WR);
                assertEquals(all, reader.get(LONG_S, TimeUnit.SECONDS));
            }
        }
    }

    private static long discard(Socket socket) {
        ByteBuffer into = ByteBuffer.allocateDirect(16 * MIB);
        long all = 0;
        try {
            while (true) {
                int n = socket.recv(into.clear(), Linux.MSG_TRUNC);
                if (n <= 0) {
                    return all;
                }
                all += n;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As writev(2) has it: nobody is sent a part of a datagram. A stream takes the first of them, as before. */
    @Test
    void aDatagramOfMoreBuffersThanTheKernelTakesIsRefused() throws IOException {
        ByteBuffer[] buffers = new ByteBuffer[1025];
        Arrays.setAll(buffers, i -> ByteBuffer.allocateDirect(1));
        for (SocketType type : new SocketType[] {SocketType.DGRAM, SocketType.SEQPACKET}) {
            try (Socket.Pair unix = Socket.pair(Domain.UNIX, type)) {
                ErrnoException e =
                        assertThrows(ErrnoException.class, () -> unix.first().write(buffers));
                assertEquals(Errno.EMSGSIZE, e.errno());
                assertEquals(0, buffers[0].position());
                assertEquals(Socket.WOULD_BLOCK, unix.second().recv(ByteBuffer.allocate(2000), Linux.MSG_DONTWAIT));
                assertEquals(1024, unix.first().write(buffers, 1, 1024));
                assertEquals(1024, unix.second().recv(ByteBuffer.allocate(2000), Linux.MSG_DONTWAIT));
                Arrays.asList(buffers).forEach(ByteBuffer::clear);
            }
        }
        try (Socket.Pair stream = Socket.pair(Domain.UNIX, SocketType.STREAM)) {
            assertEquals(1025, stream.first().write(buffers));
        }
    }

    /** More than a datagram can have is the kernel's to refuse, without a copy of it. */
    @Test
    void aDatagramOfMoreThanAnIntIsTooLong() throws IOException {
        ByteBuffer[] buffers = new ByteBuffer[40];
        byte[] array = new byte[SIZE];
        Arrays.setAll(buffers, i -> ByteBuffer.wrap(array));
        try (Socket udp = Socket.udp();
                Socket.Pair unix = Socket.pair(Domain.UNIX, SocketType.DGRAM)) {
            udp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
            for (Socket socket : new Socket[] {udp, unix.first()}) {
                ErrnoException gathered = assertThrows(ErrnoException.class, () -> socket.write(buffers));
                assertEquals(Errno.EMSGSIZE, gathered.errno());
                Message message = new Message(buffers.length, 0).data(buffers);
                ErrnoException sent = assertThrows(ErrnoException.class, () -> socket.sendMessage(message, 0));
                assertEquals(Errno.EMSGSIZE, sent.errno());
            }
            assertEquals(0, buffers[0].position());
        }
    }
}
