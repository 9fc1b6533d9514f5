package io.sockfd.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Errors;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.IpOptions;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SegmentsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory = Path.of("");

    private Socket a;
    private Socket b;

    @BeforeEach
    void open() throws IOException {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
        a = pair.first().timeout(SOON);
        b = pair.second().timeout(SOON);
    }

    @AfterEach
    void close() throws IOException {
        a.close();
        b.close();
    }

    private static String text(MemorySegment segment, long length) {
        return new String(segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), US_ASCII);
    }

    @Test
    void memoryOfEveryKind() throws Exception {
        byte[] hello = "hello".getBytes(US_ASCII);
        try (Arena confined = Arena.ofConfined();
                Arena shared = Arena.ofShared()) {
            List<MemorySegment> kinds = List.of(
                    confined.allocate(16),
                    shared.allocate(16),
                    Arena.ofAuto().allocate(16),
                    Arena.global().allocate(16),
                    MemorySegment.ofArray(new byte[16]),
                    MemorySegment.ofArray(new long[2]),
                    MemorySegment.ofBuffer(ByteBuffer.allocateDirect(16)),
                    MemorySegment.ofBuffer(ByteBuffer.allocate(32).position(3)).asSlice(2, 16));
            for (MemorySegment out : kinds) {
                for (MemorySegment in : kinds) {
                    MemorySegment.copy(hello, 0, out, ValueLayout.JAVA_BYTE, 0, hello.length);
                    assertEquals(5, Segments.send(a, out.asSlice(0, 5).asReadOnly(), 0));
                    in.fill((byte) 0);
                    assertEquals(5, Segments.receive(b, in, 0));
                    assertEquals("hello", text(in, 5));
                }
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Segments.receive(b, kinds.get(0).asReadOnly(), 0));
        }
    }

    @Test
    void datagramsAndTheirSenders() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Socket one = Socket.udp().timeout(SOON).bind(any);
                Socket other = Socket.udp().timeout(SOON).bind(any);
                Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom("datagram");
            assertEquals(9, Segments.sendTo(one, data, Sockaddr.of(other.getLocalAddress()), 0));
            Sockaddr from = new Sockaddr();
            MemorySegment heap = MemorySegment.ofArray(new byte[100]);
            assertEquals(9, Segments.receiveFrom(other, heap, from, 0));
            assertEquals(one.getLocalAddress(), from.decode());
            assertEquals("datagram", text(heap, 8));
            assertEquals(0, Segments.sendTo(one, data.asSlice(0, 0), Sockaddr.of(other.getLocalAddress()), 0));
            assertEquals(0, Segments.receive(other, heap, 0));
        }
    }

    @Test
    void severalSegmentsInACall() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] none = {};
            MemorySegment[] out = {
                arena.allocateFrom("ab").asSlice(0, 2),
                Arena.ofAuto().allocate(0),
                arena.allocateFrom("cde").asSlice(0, 3)
            };
            MemorySegment[] in = {arena.allocate(1), arena.allocate(3), arena.allocate(9)};
            assertEquals(5, Segments.send(a, out, 0));
            assertEquals(5, Segments.receive(b, in, 0));
            assertEquals("a bcd e", text(in[0], 1) + " " + text(in[1], 3) + " " + text(in[2], 1));
            assertEquals(0, Segments.send(a, none, 0));
            b.timeout(Duration.ofMillis(20));
            assertThrows(SocketTimeoutException.class, () -> Segments.receive(b, in, 0));
            assertThrows(IllegalArgumentException.class, () -> Segments.send(a, new MemorySegment[9], 0));
            MemorySegment[] heap = {MemorySegment.ofArray(new byte[1])};
            assertThrows(IllegalArgumentException.class, () -> Segments.send(a, heap, 0));
            Arena closed = Arena.ofShared();
            for (int i = 0; i < Segments.MOST; i++) {
                MemorySegment[] all = new MemorySegment[Segments.MOST];
                java.util.Arrays.fill(all, in[0]);
                all[i] = (i == 0 ? closed : Arena.global()).allocate(4);
                assertEquals(11, Segments.send(a, all, 0));
            }
            MemorySegment gone = closed.allocate(4);
            closed.close();
            for (int i = 0; i < Segments.MOST; i++) {
                MemorySegment[] all = new MemorySegment[Segments.MOST];
                java.util.Arrays.fill(all, in[0]);
                all[i] = gone;
                assertEquals(
                        "Already closed",
                        assertThrows(IllegalStateException.class, () -> Segments.send(a, all, 0))
                                .getMessage());
            }
        }
    }

    // ---- messages ------------------------------------------------------------------------------------------------

    @Test
    void aDescriptorGoesWithAMessage() throws Exception {
        try (Arena arena = Arena.ofConfined();
                Message out = new Message();
                Message in = new Message();
                Socket passed = Socket.udp()) {
            MemorySegment memory = arena.allocateFrom("with it");
            MemorySegment[] room = {arena.allocate(4), arena.allocate(100)};
            out.outgoing().rights(passed);
            assertEquals(7, Segments.sendMessage(a, out, memory.asSlice(0, 7), 0));
            assertEquals(7, out.length());
            assertEquals(7, Segments.receiveMessage(b, in, room, 0));
            assertEquals("with it", text(room[0], 4) + text(room[1], 3));
            assertEquals(7, in.length());
            try (Descriptor taken = in.takeDescriptors(1)[0]) {
                assertEquals(
                        Linux.FD_CLOEXEC, taken.call("fcntl", fd -> Libc.get().fcntl(fd, Linux.F_GETFD, 0)));
            }
            a.close();
            assertEquals(-1, Segments.receiveMessage(b, in, room, 0));
        }
    }

    @Test
    void aDatagramsSenderInterfaceAndFlags() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Socket one = Socket.udp().timeout(SOON).bind(any);
                Socket other = Socket.udp().timeout(SOON).bind(any).setOption(IpOptions.IP_PKTINFO, true);
                Arena arena = Arena.ofConfined();
                Message out = new Message();
                Message in = new Message()) {
            MemorySegment[] parts = {
                arena.allocateFrom("da").asSlice(0, 2), arena.allocateFrom("ta").asSlice(0, 2)
            };
            out.address(Sockaddr.of(other.getLocalAddress())).outgoing().ttl(9);
            in.address(new Sockaddr());
            assertEquals(4, Segments.sendMessage(one, out, parts, 0));
            MemorySegment small = arena.allocate(3);
            assertEquals(3, Segments.receiveMessage(other, in, small, 0));
            assertEquals("dat", text(small, 3));
            assertTrue(in.truncated());
            assertEquals(
                    one.getLocalAddress(), Objects.requireNonNull(in.address()).decode());
            assertEquals(
                    any.getAddress(),
                    Objects.requireNonNull(in.incoming().pktinfo()).destination());
            other.timeout(Duration.ofMillis(20));
            assertThrows(SocketTimeoutException.class, () -> Segments.receiveMessage(other, in, small, 0));
            assertEquals(0, in.length());
        }
    }

    @Test
    void whatAMessageDoesNotTake() throws Exception {
        try (Message message = new Message()) {
            MemorySegment memory = Arena.ofAuto().allocate(8);
            MemorySegment heap = MemorySegment.ofArray(new byte[8]);
            assertThrows(IllegalArgumentException.class, () -> Segments.sendMessage(a, message, heap, 0));
            assertThrows(IllegalArgumentException.class, () -> Segments.receiveMessage(b, message, heap, 0));
            assertThrows(
                    IllegalArgumentException.class, () -> Segments.receiveMessage(b, message, memory.asReadOnly(), 0));
            message.data(ByteBuffer.allocate(1));
            assertThrows(IllegalArgumentException.class, () -> Segments.sendMessage(a, message, memory, 0));
            message.data();
            Arena closed = Arena.ofShared();
            MemorySegment gone = closed.allocate(8);
            closed.close();
            assertThrows(IllegalStateException.class, () -> Segments.sendMessage(a, message, gone, 0));
            assertEquals(8, Segments.sendMessage(a, message, memory, 0)); // it is nobody's call any more
            assertEquals(8, Segments.receiveMessage(b, message, memory, 0));
        }
    }

    // ---- length --------------------------------------------------------------------------------------------------

    /** All of 2 GiB and 5 bytes, checked at the places where a part could end. */
    @Test
    @Tag("grid")
    void allOfMoreThanTwoGibibytes() throws Exception {
        Assumptions.assumeTrue(Boolean.getBoolean("sockfd.grid"));
        long size = (2L << 30) + 5;
        try (FileChannel file = FileChannel.open(
                        directory.resolve("long"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                Arena arena = Arena.ofShared()) {
            MemorySegment sparse = file.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            long[] marks = {0, 2_147_479_551L, 2_147_479_552L, Integer.MAX_VALUE, 1L << 31, size - 1};
            for (int i = 0; i < marks.length; i++) {
                sparse.set(ValueLayout.JAVA_BYTE, marks[i], (byte) (i + 1));
            }
            FutureTask<Void> sender = new FutureTask<>(() -> {
                Segments.sendAll(a, sparse);
                a.close();
                return null;
            });
            new Thread(sender).start();
            MemorySegment room = arena.allocate(1 << 20);
            long received = 0;
            int mark = 0;
            for (long part; (part = Segments.receive(b, room, 0)) > 0; received += part) {
                for (; mark < marks.length && marks[mark] < received + part; mark++) {
                    assertEquals(mark + 1, room.get(ValueLayout.JAVA_BYTE, marks[mark] - received));
                }
            }
            sender.get(20, TimeUnit.SECONDS);
            assertEquals(size, received);
            assertEquals(marks.length, mark);
        }
    }

    @Test
    void longerThanTwoGibibytes() throws Exception {
        long size = 5L << 30;
        long far = 3L << 30;
        try (FileChannel file = FileChannel.open(
                        directory.resolve("sparse"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                Arena arena = Arena.ofShared()) {
            MemorySegment sparse = file.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            sparse.set(ValueLayout.JAVA_BYTE, far, (byte) 7);
            b.timeout(SOON);
            long sent = Segments.send(a, sparse.asSlice(far - 1), 0); // 2 GiB and a byte
            assertTrue(sent > 1, "sent " + sent);
            long received = 0;
            while (received < sent) {
                received += Segments.receive(b, sparse.asSlice(received), 0); // 5 GiB of room
            }
            assertEquals(sent, received);
            assertEquals(0, sparse.get(ValueLayout.JAVA_BYTE, 0));
            assertEquals(7, sparse.get(ValueLayout.JAVA_BYTE, 1));
        }
    }

    @Test
    void allOfItOnAStream() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new java.util.Random(1).nextBytes(bytes);
        for (MemorySegment out :
                List.of(MemorySegment.ofArray(bytes), Arena.ofAuto().allocate(bytes.length))) {
            MemorySegment.copy(bytes, 0, out, ValueLayout.JAVA_BYTE, 0, bytes.length);
            FutureTask<Void> sender = new FutureTask<>(() -> {
                Segments.sendAll(a, out);
                return null;
            });
            Thread.startVirtualThread(sender);
            MemorySegment in = MemorySegment.ofArray(new byte[bytes.length]);
            for (long done = 0; done < bytes.length; ) {
                long part = Segments.receive(b, in.asSlice(done), 0);
                assertTrue(part > 0);
                done += part;
            }
            sender.get(20, TimeUnit.SECONDS);
            assertArrayEquals(bytes, in.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    // ---- ends ----------------------------------------------------------------------------------------------------

    @Test
    void endsAsTheSocketsOwnCallsDo() throws Exception {
        MemorySegment memory = Arena.ofAuto().allocate(8);
        b.timeout(Socket.NON_BLOCKING);
        assertEquals(Socket.WOULD_BLOCK, Segments.receive(b, memory, 0));
        b.timeout(Duration.ofMillis(20));
        assertThrows(SocketTimeoutException.class, () -> Segments.receive(b, memory, 0));
        assertEquals(Socket.WOULD_BLOCK, Segments.receive(b, memory, Linux.MSG_DONTWAIT));
        a.shutdown(Linux.SHUT_WR);
        assertEquals(-1, Segments.receive(b, memory, 0));
        assertEquals(0, Segments.receive(b, memory.asSlice(0, 0), 0));
        a.close();
        IOException broken = assertThrows(IOException.class, () -> Segments.send(b, memory, 0));
        assertEquals(Errno.EPIPE, Errors.errnoOf(broken).orElseThrow());
        assertThrows(ClosedChannelException.class, () -> Segments.send(a, memory, 0));
        assertThrows(IllegalArgumentException.class, () -> Segments.send(b, memory, Linux.MSG_ZEROCOPY));
    }

    @Test
    void aCloseEndsAWaitOfPlatformAndVirtualThreads() throws Exception {
        for (boolean virtual : new boolean[] {false, true}) {
            Socket socket = Socket.udp().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            FutureTask<Long> waits = new FutureTask<>(() -> {
                try (Arena arena = Arena.ofConfined()) {
                    return Segments.receive(socket, arena.allocate(8), 0);
                }
            });
            (virtual ? Thread.ofVirtual().unstarted(waits) : new Thread(waits)).start();
            Thread.sleep(20); // it waits by now, most likely; if not, the result is the same
            socket.close();
            Exception e = assertThrows(Exception.class, () -> waits.get(20, TimeUnit.SECONDS));
            assertTrue(e.getCause() instanceof ClosedChannelException, e::toString);
        }
    }

    // ---- arenas --------------------------------------------------------------------------------------------------

    @Test
    void anArenaThatWasClosedBefore() {
        for (Arena arena : List.of(Arena.ofConfined(), Arena.ofShared())) {
            MemorySegment memory = arena.allocate(8);
            arena.close();
            assertEquals(
                    "Already closed",
                    assertThrows(IllegalStateException.class, () -> Segments.send(a, memory, 0))
                            .getMessage());
            assertEquals(
                    "Already closed",
                    assertThrows(IllegalStateException.class, () -> Segments.receive(b, memory, 0))
                            .getMessage());
        }
    }

    @Test
    void aConfinedArenaOfAnotherThread() throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(8);
            Thread stranger = new Thread(() -> {
                assertThrows(WrongThreadException.class, () -> Segments.send(a, memory, 0));
                assertThrows(WrongThreadException.class, () -> Segments.receive(b, memory, 0));
            });
            Throwable[] failure = {null};
            stranger.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
            stranger.start();
            stranger.join();
            assertEquals(null, failure[0]);
        }
    }

    /** While the kernel copies, to close is refused; never does it write into memory that is gone. */
    @Test
    void anArenaThatIsClosedDuringTheCallItself() throws Exception {
        int refused = 0;
        int late = 0;
        Thread drain = Thread.ofPlatform()
                .start(
                        () -> { // or the sender's calls find a full buffer and are short
                            MemorySegment sink = Arena.ofAuto().allocate(1 << 20);
                            try {
                                long received;
                                do {
                                    received = Segments.receive(b, sink, 0);
                                } while (received > 0);
                            } catch (IOException e) {
                                return; // closed
                            }
                        });
        for (int i = 0; i < 1_000 && (refused == 0 || i < 40); i++) {
            Arena arena = Arena.ofShared();
            MemorySegment memory = arena.allocate(1 << 16);
            a.timeout(Socket.NON_BLOCKING);
            CountDownLatch begun = new CountDownLatch(1);
            FutureTask<Integer> sender = new FutureTask<>(() -> {
                int calls = 0;
                try {
                    while (true) {
                        calls += Segments.send(a, memory, 0) > 0 ? 1 : 0;
                        begun.countDown();
                    }
                } catch (IllegalStateException e) {
                    assertEquals("Already closed", e.getMessage());
                    return calls;
                }
            });
            Thread thread = Thread.ofPlatform().start(sender);
            begun.await();
            boolean closed = false;
            while (!closed) {
                try {
                    arena.close();
                    closed = true;
                } catch (IllegalStateException e) {
                    assertTrue(String.valueOf(e.getMessage()).startsWith("Session is acquired by"), e::getMessage);
                    refused++;
                }
            }
            late += sender.get(20, TimeUnit.SECONDS);
            thread.join();
        }
        a.close();
        drain.join();
        assertTrue(late > 0, "no call was made while the arena was open");
        assertTrue(refused > 0, "no close came during a call");
    }

    // ---- garbage -------------------------------------------------------------------------------------------------

    private interface Operation {
        void run() throws IOException;
    }

    /** Each kind of call on its own. The compiler must be done with it, so that the best of many rounds counts. */
    @Test
    void noObjectForAnOperation() throws Exception {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Arena arena = Arena.ofConfined();
                Arena shared = Arena.ofShared();
                Message out = new Message();
                Message in = new Message();
                Socket one = Socket.udp().bind(any);
                Socket other = Socket.udp().bind(any)) {
            MemorySegment memory = arena.allocate(64);
            MemorySegment ours = shared.allocate(64);
            MemorySegment heap = MemorySegment.ofArray(new byte[64]);
            MemorySegment[] both = {memory.asSlice(0, 10), memory.asSlice(10)};
            Sockaddr to = Sockaddr.of(other.getLocalAddress());
            Sockaddr from = new Sockaddr();
            out.outgoing().rights(a);
            Map<String, Operation> operations = new LinkedHashMap<>();
            operations.put("confined", () -> {
                Segments.send(a, memory, 0);
                Segments.receive(b, memory, 0);
            });
            operations.put("shared", () -> {
                Segments.send(a, ours, 0);
                Segments.receive(b, ours, 0);
            });
            operations.put("heap", () -> {
                Segments.send(a, heap, 0);
                Segments.receive(b, heap, 0);
            });
            operations.put("gather", () -> {
                Segments.send(a, both, 0);
                Segments.receive(b, both, 0);
            });
            operations.put("to and from", () -> {
                Segments.sendTo(one, memory, to, 0);
                Segments.receiveFrom(other, memory, from, 0);
            });
            operations.put("message", () -> {
                Segments.sendMessage(a, out, memory, 0);
                Segments.receiveMessage(b, in, memory, 0);
            });
            operations.put("message of several", () -> {
                Segments.sendMessage(a, out, both, 0);
                Segments.receiveMessage(b, in, both, 0);
            });
            Map<String, Long> bytes = new LinkedHashMap<>();
            for (Map.Entry<String, Operation> operation : operations.entrySet()) {
                bytes.put(operation.getKey(), leastBytes(operation.getValue()));
            }
            Map<String, Long> none = new LinkedHashMap<>();
            operations.keySet().forEach(name -> none.put(name, 0L));
            assertEquals(none, bytes);
            assertFalse(from.isEmpty());
        }
    }

    /** Of 200 operations; all of them are 0 when none of them keeps an object. */
    private static long leastBytes(Operation operation) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 2_000 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++) {
                operation.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
