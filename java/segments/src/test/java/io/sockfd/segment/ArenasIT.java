package io.sockfd.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An arena is closed before a call, while it waits, and after it: what the close and the call say is what they say with the
 * JDK's own channels, on platform and on virtual threads.
 */
@Timeout(60)
class ArenasIT {
    private static final int SIZE = 1 << 16;

    @TempDir
    Path directory = Path.of("");

    private enum When {
        BEFORE,
        DURING,
        AFTER
    }

    private enum Form {
        ONE,
        SEVERAL,
        MESSAGE
    }

    /** Whose calls: they move the bytes of a segment, cut in two where there are several. */
    private interface Side extends AutoCloseable {
        long receive(Form form, MemorySegment segment) throws IOException;

        long send(Form form, MemorySegment segment) throws IOException;

        /** The peer sends a byte. */
        void write() throws IOException;

        /** The peer reads all that is there, until it has so many bytes. */
        void drain(long bytes) throws IOException;

        /** So that the next send waits; how many bytes lie there now. */
        long fill() throws IOException;

        @Override
        void close() throws IOException;
    }

    private static final class Ours implements Side {
        private final Socket near;
        private final Socket far;

        Ours() throws IOException {
            Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
            near = pair.first();
            far = pair.second().timeout(Duration.ofSeconds(20));
        }

        @Override
        public long receive(Form form, MemorySegment segment) throws IOException {
            return switch (form) {
                case ONE -> Segments.receive(near, segment, 0);
                case SEVERAL -> Segments.receive(near, halves(segment), 0);
                case MESSAGE -> {
                    try (Message message = new Message()) {
                        yield Segments.receiveMessage(near, message, segment, 0);
                    }
                }
            };
        }

        @Override
        public long send(Form form, MemorySegment segment) throws IOException {
            return switch (form) {
                case ONE -> Segments.send(near, segment, 0);
                case SEVERAL -> Segments.send(near, halves(segment), 0);
                case MESSAGE -> {
                    try (Message message = new Message()) {
                        yield Segments.sendMessage(near, message, segment, 0);
                    }
                }
            };
        }

        private static MemorySegment[] halves(MemorySegment segment) {
            return new MemorySegment[] {segment.asSlice(0, SIZE / 2), segment.asSlice(SIZE / 2)};
        }

        @Override
        public void write() throws IOException {
            far.send(ByteBuffer.allocate(1), 0);
        }

        @Override
        public void drain(long bytes) throws IOException {
            ByteBuffer sink = ByteBuffer.allocateDirect(1 << 20);
            for (long left = bytes; left > 0; left -= far.recv(sink.clear(), 0)) {}
        }

        @Override
        public long fill() throws IOException {
            Duration before = near.sendTimeout();
            near.timeout(Socket.NON_BLOCKING);
            long bytes = 0;
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long sent; (sent = near.send(zeros.clear(), 0)) != Socket.WOULD_BLOCK; bytes += sent) {}
            near.timeout(before);
            return bytes;
        }

        @Override
        public void close() throws IOException {
            near.close();
            far.close();
        }
    }

    private static final class Jdks implements Side {
        private final SocketChannel near;
        private final SocketChannel far;

        Jdks(Path path) throws IOException {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
            try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                listener.bind(address);
                near = SocketChannel.open(address);
                far = listener.accept();
            } finally {
                Files.deleteIfExists(path);
            }
        }

        @Override
        public long receive(Form form, MemorySegment segment) throws IOException {
            return form != Form.SEVERAL ? near.read(segment.asByteBuffer()) : near.read(halves(segment));
        }

        @Override
        public long send(Form form, MemorySegment segment) throws IOException {
            return form != Form.SEVERAL ? near.write(segment.asByteBuffer()) : near.write(halves(segment));
        }

        private static ByteBuffer[] halves(MemorySegment segment) {
            ByteBuffer all = segment.asByteBuffer();
            return new ByteBuffer[] {all.slice(0, SIZE / 2), all.slice(SIZE / 2, SIZE / 2)};
        }

        @Override
        public void write() throws IOException {
            far.write(ByteBuffer.allocate(1));
        }

        @Override
        public void drain(long bytes) throws IOException {
            ByteBuffer sink = ByteBuffer.allocateDirect(1 << 20);
            for (long left = bytes; left > 0; left -= far.read(sink.clear())) {}
        }

        @Override
        public long fill() throws IOException {
            near.configureBlocking(false);
            long bytes = 0;
            ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long sent; (sent = near.write(zeros.clear())) != 0; bytes += sent) {}
            near.configureBlocking(true);
            return bytes;
        }

        @Override
        public void close() throws IOException {
            near.close();
            far.close();
        }
    }

    @Test
    void asTheJdksChannels() throws Exception {
        StringBuilder differ = new StringBuilder();
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> seen = new TreeMap<>();
        for (boolean virtual : new boolean[] {false, true}) {
            for (boolean confined : new boolean[] {false, true}) {
                for (When when : When.values()) {
                    for (Form form : Form.values()) {
                        for (boolean out : new boolean[] {false, true}) {
                            String row = (virtual ? "virtual" : "platform") + (confined ? " confined " : " shared ")
                                    + when + " " + form + (out ? " send" : " receive");
                            try (Side jdks = new Jdks(directory.resolve("s"));
                                    Side ours = new Ours()) {
                                expected.put(row, outcome(jdks, virtual, confined, when, form, out));
                                seen.put(row, outcome(ours, virtual, confined, when, form, out));
                            }
                        }
                    }
                }
            }
        }
        expected.forEach((row, outcome) -> {
            if (!outcome.equals(seen.get(row))) {
                differ.append(row)
                        .append("\n  JDK:  ")
                        .append(outcome)
                        .append("\n  ours: ")
                        .append(seen.get(row))
                        .append('\n');
            }
        });
        assertEquals("", differ.toString());
        assertEquals(
                "close: IllegalStateException: Session is acquired, call: 1, left: 0",
                seen.get("platform shared DURING ONE receive"));
    }

    @Test
    void eachOfSeveralIsHeldByAWait() throws Exception {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.STREAM);
        try (Socket a = pair.first();
                Socket b = pair.second()) {
            Arena[] arenas = new Arena[Segments.MOST];
            MemorySegment[] segments = new MemorySegment[Segments.MOST];
            for (int i = 0; i < Segments.MOST; i++) {
                arenas[i] = Arena.ofShared();
                segments[i] = arenas[i].allocate(8);
            }
            FutureTask<String> call = new FutureTask<>(() -> said(() -> Segments.receive(b, segments, 0)));
            Thread thread = new Thread(call);
            thread.start();
            assertTrue(waits(thread, call));
            for (Arena arena : arenas) {
                assertThrows(IllegalStateException.class, arena::close);
            }
            a.send(ByteBuffer.allocate(60), 0);
            assertEquals("60", said(call));
            for (Arena arena : arenas) {
                arena.close();
            }
        }
    }

    private static String outcome(Side side, boolean virtual, boolean confined, When when, Form form, boolean out)
            throws Exception {
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Arena[] arena = {null};
        FutureTask<String> call = new FutureTask<>(() -> {
            arena[0] = confined ? Arena.ofConfined() : Arena.ofShared();
            MemorySegment segment = arena[0].allocate(SIZE);
            if (when == When.BEFORE) {
                arena[0].close();
            }
            made.countDown();
            go.await();
            String said = said(() -> out ? side.send(form, segment) : side.receive(form, segment));
            done.countDown();
            if (confined && when != When.BEFORE) {
                arena[0].close();
            }
            return said;
        });
        long full = out && when == When.DURING ? side.fill() : 0;
        Thread thread = virtual ? Thread.ofVirtual().unstarted(call) : new Thread(call);
        thread.start();
        made.await();
        if (when == When.AFTER) {
            side.write();
        }
        go.countDown();
        String close = "-";
        if (when == When.DURING) {
            assertTrue(waits(thread, call), () -> "never waited: " + Arrays.toString(thread.getStackTrace()));
            close = said(() -> {
                arena[0].close();
                return 0;
            });
            if (out) {
                side.drain(full);
            } else {
                side.write();
            }
        } else if (when == When.AFTER && !confined) {
            assertTrue(done.await(20, TimeUnit.SECONDS));
            close = said(() -> {
                arena[0].close();
                return 0;
            });
        }
        String said = said(call);
        return "close: " + close + ", call: " + said + ", left: " + left(side, out, when, said);
    }

    /** The byte that a call which failed did not take is still there. */
    private static String left(Side side, boolean out, When when, String said) throws Exception {
        if (out || when != When.DURING || said.equals("1")) {
            return "0";
        }
        return said(() -> side.receive(Form.ONE, Arena.ofAuto().allocate(SIZE)));
    }

    /** It is in the kernel, or parked, for it shows so several times. */
    private static boolean waits(Thread thread, FutureTask<?> call) throws InterruptedException {
        int times = 0;
        for (int i = 0; i < 10_000 && times < 5 && !call.isDone(); i++) {
            Thread.sleep(1);
            times = thread.isVirtual() ? isParked(thread) : isInTheKernel(thread) ? times + 1 : 0;
        }
        return times == 5;
    }

    private static int isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING ? 5 : 0;
    }

    private static boolean isInTheKernel(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("io.sockfd.internal.wait.PolledSleeper")
                        || (frame.isNativeMethod() && frame.getClassName().startsWith("sun.nio.ch.")));
    }

    private interface Body {
        long run() throws Exception;
    }

    private static String said(Body body) throws Exception {
        try {
            return String.valueOf(body.run());
        } catch (IllegalStateException | WrongThreadException e) {
            // the linker counts an arena once for each call, and the JDK's channels for each buffer
            return e.getClass().getSimpleName() + ": "
                    + String.valueOf(e.getMessage()).replaceFirst(" by [12] clients$", "");
        }
    }

    private static String said(FutureTask<String> call) throws Exception {
        try {
            return call.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
