package io.sockfd.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Allocations;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.SplicePipe;
import io.sockfd.option.SocketOptions;
import io.sockfd.option.TcpOptions;
import io.sockfd.raw.Leg;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ring does with streams and their options: sends in order, splices, gets and sets; and how it is woken. */
@Timeout(60)
class StreamsIT {
    private static Socket.Pair pair() throws IOException {
        return Socket.pair(Domain.UNIX, SocketType.STREAM);
    }

    private static void close(Channel one) throws IOException {
        one.close();
    }

    private static byte expected(long at) {
        return (byte) (at * 31 % 251);
    }

    /** Of its own: one that waits in the common pool keeps others out. */
    private static <T> CompletableFuture<T> inAThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
    }

    /** Reads so many bytes, slowly at first, and looks at each. */
    private static CompletableFuture<Long> reader(Socket socket, long total) {
        return inAThread(() -> {
            try {
                ByteBuffer into = ByteBuffer.allocateDirect(100_000);
                long at = 0;
                while (at < total) {
                    if (at < 1_000_000) {
                        Thread.sleep(1);
                    }
                    int count = socket.recv(into.clear(), 0);
                    if (count < 0) {
                        return at;
                    }
                    for (int i = 0; i < count; i++, at++) {
                        if (into.get(i) != expected(at)) {
                            throw new AssertionError("byte " + at);
                        }
                    }
                }
                return at;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void allIsSentInOrder() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = pair()) {
            long total = 5_000_000;
            CompletableFuture<Long> read = reader(pair.second(), total);
            SendAll send = ring.sendAll(pair.first());
            Random random = new Random(7);
            long put = 0;
            long told = 0;
            while (told < total) {
                while (put < total && send.unsent() < 1 << 20) {
                    int size = (int) Math.min(total - put, random.nextInt(60_000));
                    ByteBuffer data =
                            random.nextBoolean() ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
                    for (int i = 0; i < size; i++) {
                        data.put(i, expected(put + i));
                    }
                    send.put(random.nextBoolean() ? data : data.asReadOnlyBuffer());
                    for (int i = 0; i < size; i++) {
                        data.put(i, (byte) -1); // the caller's again
                    }
                    put += size;
                }
                assertTrue(send.isActive());
                boolean some = ring.await(Rings.LONG / 100);
                Operation done = ring.next();
                if (done != null) {
                    assertTrue(some);
                    assertSame(send, done);
                    assertFalse(send.isActive());
                    assertEquals(0, send.unsent());
                    told += send.check();
                }
            }
            assertEquals(total, told);
            assertEquals(total, read.get(30, TimeUnit.SECONDS));
            assertEquals(0, ring.inFlight());
        }
    }

    @Test
    void whatWasNotSentGoesFirstAfterACancel() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair pair = pair()) {
            SendAll send = ring.sendAll(pair.first());
            send.limit(Duration.ofMillis(20));
            int total = 3_000_000;
            ByteBuffer data = ByteBuffer.allocate(total);
            for (int i = 0; i < total; i++) {
                data.put(i, expected(i));
            }
            send.put(data.limit(total - 1));
            assertSame(send, Rings.next(ring)); // nobody reads: the limit ends it
            assertEquals(-Linux.ECANCELED, send.result());
            long left = send.unsent();
            assertTrue(left > 0 && left < total, "unsent " + left);
            send.limit(null);
            send.put(data.limit(total));
            assertEquals(left + 1, send.unsent());
            boolean some = ring.await(0);
            assertFalse(some);
            send.cancel();
            assertSame(send, Rings.next(ring));
            assertEquals(-Linux.ECANCELED, send.result());
            CompletableFuture<Long> read = reader(pair.second(), total);
            send.put(ByteBuffer.allocate(0)); // no more than that
            assertSame(send, Rings.next(ring));
            assertTrue(send.check() > 0);
            assertEquals(total, read.get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void aSendOfAllIsRefusedOrFails() throws Exception {
        try (Ring ring = Rings.open();
                Socket udp = Socket.udp();
                Socket.Pair pair = pair()) {
            assertThrows(IllegalArgumentException.class, () -> ring.sendAll(udp));
            SendAll send = ring.sendAll(pair.first());
            send.put(ByteBuffer.allocate(0));
            assertFalse(send.isActive());
            assertEquals(0, send.unsent());
            pair.second().close();
            send.put(ByteBuffer.allocate(10));
            assertSame(send, Rings.next(ring));
            assertEquals(-Linux.EPIPE, send.result());
            ErrnoException thrown = assertThrows(ErrnoException.class, send::check);
            assertEquals(Errno.EPIPE, thrown.errno());
            assertEquals(10, send.unsent());
            pair.first().close();
            assertThrows(ClosedChannelException.class, () -> send.put(ByteBuffer.allocate(10)));
        }
    }

    // ---- splice --------------------------------------------------------------------------------------------------

    @Test
    void splicesFromOneStreamToAnother() throws Exception {
        try (Ring ring = Rings.open();
                SplicePipe pipe = SplicePipe.open();
                Socket.Pair from = pair();
                Socket.Pair to = pair()) {
            int total = 3_000_000;
            CompletableFuture<Long> read = reader(to.second(), total);
            CompletableFuture<Boolean> written = inAThread(() -> {
                try {
                    ByteBuffer data = ByteBuffer.allocateDirect(total);
                    for (int i = 0; i < total; i++) {
                        data.put(i, expected(i));
                    }
                    from.first().sendAll(data);
                    from.first().shutdown(Linux.SHUT_WR);
                    return true;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Splice in = ring.splice(from.second(), pipe);
            Splice out = ring.splice(pipe, to.first());
            in.start(1 << 17);
            int moved = 0;
            while (true) {
                Operation done = Rings.next(ring);
                int count = done.check();
                if (done.equals(in)) {
                    if (count == 0) {
                        break;
                    }
                    assertEquals(count, pipe.pending());
                    assertThrows(IllegalStateException.class, () -> in.start(1));
                } else {
                    moved += count;
                }
                if (pipe.pending() > 0) {
                    out.start(Integer.MAX_VALUE);
                } else {
                    in.start(1 << 17);
                }
            }
            assertEquals(total, moved);
            assertEquals(total, read.get(30, TimeUnit.SECONDS));
            assertTrue(written.get(30, TimeUnit.SECONDS));
            assertEquals(0, ring.inFlight());
        }
    }

    @Test
    void aSpliceIsRefusedOrFails() throws Exception {
        try (Ring ring = Rings.open();
                SplicePipe pipe = SplicePipe.open();
                Socket.Pair from = pair();
                Socket.Pair to = pair()) {
            Splice in = ring.splice(from.second(), pipe);
            Splice out = ring.splice(pipe, to.first());
            assertThrows(IllegalArgumentException.class, () -> in.start(0));
            assertThrows(IllegalStateException.class, () -> out.start(1));
            in.start(10);
            assertThrows(IllegalStateException.class, () -> in.start(10));
            assertEquals(3, from.first().send(ByteBuffer.allocate(3), 0));
            assertSame(in, Rings.next(ring));
            assertEquals(3, in.check());
            to.second().close();
            out.start(3);
            assertSame(out, Rings.next(ring));
            assertEquals(-Linux.EPIPE, out.result());
            assertEquals(3, pipe.pending());
            close(pipe);
            assertThrows(ClosedChannelException.class, () -> in.start(1));
            assertEquals(0, ring.inFlight());
        }
    }

    /** It ends with the pipe, too. */
    @Test
    void aSpliceEndsWithItsPipe() throws Exception {
        try (Ring ring = Rings.open();
                Socket.Pair from = pair()) {
            SplicePipe pipe = SplicePipe.open();
            Splice in = ring.splice(from.second(), pipe);
            in.start(10);
            assertFalse(ring.await(0));
            pipe.close();
            assertSame(in, Rings.next(ring));
            assertEquals(-Linux.ECANCELED, in.result());
            assertTrue(from.second().isOpen());
        }
    }

    // ---- options -------------------------------------------------------------------------------------------------

    @Test
    void getsAndSetsOptions() throws Exception {
        try (Ring ring = Rings.open();
                Socket socket = Socket.tcp()) {
            OptionOperation<Integer> size = ring.option(socket, SocketOptions.SO_RCVBUF);
            assertThrows(IllegalStateException.class, size::value);
            size.startSet(10_000);
            assertThrows(IllegalStateException.class, () -> size.startSet(10_000));
            assertSame(size, Rings.next(ring));
            assertEquals(0, size.check());
            size.startGet();
            assertSame(size, Rings.next(ring));
            assertEquals(socket.getOption(SocketOptions.SO_RCVBUF), size.value());
            assertEquals(20_000, size.value()); // the kernel doubles it
            OptionOperation<Boolean> noDelay = ring.option(socket, TcpOptions.TCP_NODELAY);
            for (boolean wanted : new boolean[] {true, false, true}) {
                noDelay.startSet(wanted);
                assertSame(noDelay, Rings.next(ring));
                assertEquals(0, noDelay.check());
                assertEquals(wanted, socket.getOption(TcpOptions.TCP_NODELAY));
                noDelay.startGet(); // no command of the kernel's
                assertSame(noDelay, Rings.next(ring));
                assertEquals(wanted, noDelay.value());
            }
            OptionOperation<String> algorithm = ring.option(socket, TcpOptions.TCP_CONGESTION); // nor this
            algorithm.startGet();
            assertSame(algorithm, Rings.next(ring));
            String name = algorithm.value();
            assertEquals(socket.getOption(TcpOptions.TCP_CONGESTION), name);
            algorithm.startSet(name);
            assertSame(algorithm, Rings.next(ring));
            assertEquals(0, algorithm.check());
            assertEquals(0, ring.inFlight());
        }
    }

    @Test
    void optionsAreRefusedOrFail() throws Exception {
        try (Ring ring = Rings.open();
                Socket socket = Socket.tcp();
                Socket.Pair pair = pair()) {
            OptionOperation<?> type = ring.option(socket, SocketOptions.SO_ACCEPTCONN);
            assertThrows(UnsupportedOperationException.class, () -> set(type, true));
            assertThrows(IllegalArgumentException.class, () -> set(type, "text"));
            OptionOperation<String> device = ring.option(socket, SocketOptions.SO_BINDTODEVICE);
            assertThrows(IllegalArgumentException.class, () -> device.startSet("a name that is far too long"));
            OptionOperation<Boolean> noDelay = ring.option(pair.first(), TcpOptions.TCP_NODELAY);
            noDelay.startSet(true);
            assertSame(noDelay, Rings.next(ring));
            assertEquals(-Linux.EOPNOTSUPP, noDelay.result());
            assertThrows(ErrnoException.class, noDelay::value);
            noDelay.startGet();
            assertSame(noDelay, Rings.next(ring));
            assertEquals(-Linux.EOPNOTSUPP, noDelay.result());
            OptionOperation<Integer> mark = ring.option(socket, SocketOptions.SO_PRIORITY);
            close(socket);
            assertThrows(ClosedChannelException.class, mark::startGet);
            assertNull(ring.next());
        }
    }

    @SuppressWarnings("unchecked") // on purpose a value of another type
    private static void set(OptionOperation<?> operation, Object value) throws IOException {
        ((OptionOperation<Object>) operation).startSet(value);
    }

    // ---- being woken ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWakeUpIsNeverLost(boolean messages) throws Exception {
        assumeTrue(!messages || MessageWakeUp.isAvailable(), "since Linux 6.13");
        Rings.open().close();
        try (Ring ring = Ring.open(8, 16, messages)) {
            ring.wakeUp(); // before it has a thread
            assertFalse(ring.await(-1));
            assertFalse(ring.await(0));
            CompletableFuture<Integer> seen = new CompletableFuture<>();
            int[] asked = new int[1];
            Thread other = new Thread(() -> {
                try {
                    for (int i = 1; i <= 20_000; i++) {
                        synchronized (asked) {
                            asked[0] = i;
                        }
                        ring.wakeUp();
                    }
                    seen.complete(20_000);
                } catch (IOException e) {
                    seen.completeExceptionally(e);
                }
            });
            other.start();
            int known = 0;
            while (known < 20_000) { // the last one of them is seen
                boolean some = ring.await(-1);
                assertFalse(some);
                synchronized (asked) {
                    known = asked[0];
                }
            }
            assertEquals(20_000, seen.get(30, TimeUnit.SECONDS));
            other.join();
            close(ring);
            assertThrows(ClosedChannelException.class, ring::wakeUp);
        }
    }

    // ---- what it costs -------------------------------------------------------------------------------------------

    @Test
    void nothingIsAllocated() throws Exception {
        assumeTrue(Leg.allocatesNothing(), "jnr-ffi allocates");
        try (Ring ring = Rings.open();
                SplicePipe pipe = SplicePipe.open();
                Socket.Pair pair = pair();
                Socket tcp = Socket.tcp()) {
            SendAll send = ring.sendAll(pair.first());
            Splice in = ring.splice(pair.second(), pipe);
            Splice out = ring.splice(pipe, pair.second());
            OptionOperation<Boolean> option = ring.option(tcp, SocketOptions.SO_REUSEADDR);
            ByteBuffer data = ByteBuffer.allocateDirect(64);
            long each = Long.MAX_VALUE; // the compiler may still be at work
            for (int round = 0; round < 60 && each != 0; round++) {
                long before = Allocations.soFar();
                for (int i = 0; i < 1_000; i++) {
                    in.start(64);
                    send.put(data.rewind());
                    option.startSet((i & 1) == 0);
                    ring.wakeUp();
                    await(ring, 3);
                    out.start(64);
                    await(ring, 1);
                    if (pair.first().recv(data.clear(), 0) != 64) {
                        throw new AssertionError("short");
                    }
                }
                each = Math.min(each, (Allocations.soFar() - before) / 1_000);
            }
            assertEquals(0, each);
        }
    }

    private static void await(Ring ring, int count) throws IOException {
        int left = count;
        while (left > 0) {
            boolean ignored = ring.await(-1);
            for (Operation done = ring.next(); done != null; done = ring.next()) {
                assertTrue(done.check() >= 0);
                left--;
            }
        }
    }
}
