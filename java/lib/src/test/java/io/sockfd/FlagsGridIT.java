package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Receives with all combinations of flags, in all states of the other side, held against recv(2) itself: the same call on the
 * same kernel, made past this library on a descriptor that is not O_NONBLOCK, with SO_RCVTIMEO for a timeout and MSG_DONTWAIT
 * for a non-blocking socket. What the library says in its own way is brought back to C's in {@link #ours}.
 *
 * <p>A run takes one row in 10; {@code -Dsockfd.grid=true} takes all, {@code -Dsockfd.grid.seed} chooses others.
 */
@Tag("anywhere")
@Tag("grid")
class FlagsGridIT {
    private static final int SIZE = 6;
    private static final int REST = 64;
    private static final long LATER_MS = 30;
    private static final int AT_ONCE = 16;
    private static final int THINNED = Boolean.getBoolean("sockfd.grid") ? 1 : 10;
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int[] FLAGS = {Linux.MSG_WAITALL, Linux.MSG_PEEK, Linux.MSG_TRUNC, Linux.MSG_DONTWAIT};
    private static final String[] NAMES = {"WAITALL", "PEEK", "TRUNC", "DONTWAIT"};

    private enum Kind {
        TCP,
        UDP,
        UNIX_STREAM,
        UNIX_SEQPACKET,
        UNIX_DGRAM;

        boolean isStream() {
            return this == TCP || this == UNIX_STREAM;
        }

        Socket.Pair pair() throws IOException {
            return switch (this) {
                case TCP -> SocketIT.tcpPair();
                case UDP -> {
                    Socket reader = Socket.udp().bind(LOOPBACK);
                    Socket writer = Socket.udp();
                    writer.connect(reader.getLocalAddress());
                    yield new Socket.Pair(reader, writer);
                }
                case UNIX_STREAM -> Socket.pair(Domain.UNIX, SocketType.STREAM);
                case UNIX_SEQPACKET -> Socket.pair(Domain.UNIX, SocketType.SEQPACKET);
                case UNIX_DGRAM -> Socket.pair(Domain.UNIX, SocketType.DGRAM);
            };
        }
    }

    /** What the other side has done, and does while the call waits. */
    private enum Peer {
        NOTHING,
        PART,
        ALL,
        LATER,
        PART_AND_LATER,
        PART_AND_END;

        void before(Socket writer) throws IOException {
            if (this == PART || this == PART_AND_LATER || this == PART_AND_END) {
                send(writer, "abc");
            } else if (this == ALL) {
                send(writer, "abcdefgh");
            }
            if (this == PART_AND_END) {
                writer.shutdown(Linux.SHUT_WR);
            }
        }

        void after(Socket writer) throws IOException {
            if (this == LATER) {
                send(writer, "abcdef");
            } else if (this == PART_AND_LATER) {
                send(writer, "def");
            }
        }

        boolean isLater() {
            return this == LATER || this == PART_AND_LATER;
        }

        private static void send(Socket writer, String text) throws IOException {
            writer.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        }
    }

    private enum Mode {
        BLOCKING,
        TIMED,
        NON_BLOCKING
    }

    private enum Form {
        DIRECT,
        HEAP,
        ARRAY,
        MESSAGE
    }

    private record Row(Kind kind, Peer peer, Mode mode, int flags, Form form, boolean virtual) {
        /** Whether recv(2) would wait for what never comes. */
        boolean isForEver() {
            boolean waits = mode == Mode.BLOCKING && (flags & Linux.MSG_DONTWAIT) == 0;
            boolean all = kind.isStream() && (flags & Linux.MSG_WAITALL) != 0;
            return waits && (peer == Peer.NOTHING || (peer == Peer.PART && all));
        }

        long timeoutMillis() {
            return peer.isLater() ? 10_000 : 40;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(kind + " " + peer + " " + mode + " " + form);
            for (int i = 0; i < FLAGS.length; i++) {
                text.append((flags & FLAGS[i]) != 0 ? " " + NAMES[i] : "");
            }
            return text + (virtual ? " on a virtual thread" : "");
        }
    }

    private interface Call {
        String on(Row row, Socket reader) throws IOException;
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Peer peer : Peer.values()) {
                for (Mode mode : Mode.values()) {
                    for (int i = 0; i < 1 << FLAGS.length; i++) {
                        int flags = 0;
                        for (int bit = 0; bit < FLAGS.length; bit++) {
                            flags |= (i & 1 << bit) != 0 ? FLAGS[bit] : 0;
                        }
                        for (Form form : Form.values()) {
                            rows.add(new Row(kind, peer, mode, flags, form, false));
                            if (Virtual.available()) {
                                rows.add(new Row(kind, peer, mode, flags, form, true));
                            }
                        }
                    }
                }
            }
        }
        rows.removeIf(Row::isForEver);
        return rows;
    }

    @Test
    @Timeout(900)
    void receivesAnswerAsRecvDoes() throws Exception {
        List<Row> rows = rows();
        int all = rows.size();
        Random random = new Random(Long.getLong("sockfd.grid.seed", 1));
        rows.removeIf(row -> THINNED > 1 && random.nextInt(THINNED) != 0);
        assertTrue(rows.size() > all / THINNED / 2);
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<String>> results = new ArrayList<>();
        for (Row row : rows) {
            results.add(pool.submit(() -> difference(row)));
        }
        pool.shutdown();
        List<String> differences = new ArrayList<>();
        for (Future<String> result : results) {
            String difference = result.get();
            if (!difference.isEmpty()) {
                differences.add(difference);
            }
        }
        System.out.println("flags: " + rows.size() + " of " + all + " rows held against recv(2), " + differences.size()
                + " differ");
        assertEquals("", String.join("\n", differences.subList(0, Math.min(40, differences.size()))));
    }

    private static String difference(Row row) throws Exception {
        String theirs = run(row, false, FlagsGridIT::theirs);
        String ours = run(row, row.virtual(), FlagsGridIT::ours);
        return ours.equals(theirs) ? "" : row + ": recv(2) gives " + theirs + ", we give " + ours;
    }

    /** The result, and what is left of the stream afterwards. */
    private static String run(Row row, boolean virtual, Call call) throws Exception {
        try (Socket.Pair pair = row.kind().pair()) {
            row.peer().before(pair.second());
            CompletableFuture<String> result = new CompletableFuture<>();
            Runnable task = () -> {
                try {
                    result.complete(call.on(row, pair.first()));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            };
            if (virtual) {
                Virtual.start(task);
            } else {
                new Thread(task).start();
            }
            if (row.peer().isLater()) {
                if (row.mode() == Mode.NON_BLOCKING || (row.flags() & Linux.MSG_DONTWAIT) != 0) {
                    result.get(60, TimeUnit.SECONDS); // it must not be so late that it finds what comes later
                } else {
                    Thread.sleep(LATER_MS);
                }
                row.peer().after(pair.second());
            }
            String got = result.get(60, TimeUnit.SECONDS);
            ByteBuffer rest = Memory.allocate(REST);
            long left = Libc.get().recv(pair.first().fd(), Memory.address(rest), REST, Linux.MSG_DONTWAIT);
            return got + ", then " + text(left, rest, REST);
        }
    }

    private static String theirs(Row row, Socket reader) {
        int fd = reader.fd();
        ByteBuffer memory = Memory.allocate(64);
        long address = Memory.address(memory);
        Libc libc = Libc.get();
        libc.ioctl(fd, Linux.FIONBIO, address); // zero: it may block
        if (row.mode() == Mode.TIMED) {
            memory.putLong(0, row.timeoutMillis() / 1000).putLong(8, row.timeoutMillis() % 1000 * 1000);
            libc.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_RCVTIMEO, address, 16);
        }
        ByteBuffer data = Memory.allocate(SIZE);
        int flags = row.flags() | (row.mode() == Mode.NON_BLOCKING ? Linux.MSG_DONTWAIT : 0);
        long result;
        do {
            result = libc.recv(fd, Memory.address(data), SIZE, flags);
        } while (result == -Linux.EINTR);
        return text(result, data, SIZE);
    }

    /** An end is 0, a time that is over is EAGAIN, and so is what a non-blocking socket does not have: as in C. */
    private static String ours(Row row, Socket reader) throws IOException {
        reader.timeout(
                switch (row.mode()) {
                    case BLOCKING -> Socket.BLOCKING;
                    case TIMED -> Duration.ofMillis(row.timeoutMillis());
                    case NON_BLOCKING -> Socket.NON_BLOCKING;
                });
        ByteBuffer data = row.form() == Form.DIRECT ? ByteBuffer.allocateDirect(SIZE) : ByteBuffer.allocate(SIZE);
        long result;
        try {
            result = switch (row.form()) {
                case DIRECT, HEAP -> reader.recv(data, row.flags());
                case ARRAY -> reader.recv(data.array(), 0, SIZE, row.flags());
                case MESSAGE -> message(reader, data, row.flags());
            };
        } catch (SocketTimeoutException e) {
            return text(-Linux.EAGAIN, data, SIZE);
        } catch (IOException e) {
            return text(-Errors.errnoOf(e).orElseThrow().value(), data, SIZE);
        }
        return text(result == -1 ? 0 : result == Socket.WOULD_BLOCK ? -Linux.EAGAIN : result, data, SIZE);
    }

    private static long message(Socket reader, ByteBuffer data, int flags) throws IOException {
        try (Message message = new Message(2, 0)) {
            ByteBuffer first = data.duplicate().limit(2);
            ByteBuffer second = data.duplicate().position(2);
            return reader.receiveMessage(message.data(first, second), flags);
        }
    }

    private static String text(long result, ByteBuffer data, int size) {
        if (result < 0) {
            return Errno.ofResult(result).toString();
        }
        StringBuilder text = new StringBuilder(result + " ");
        for (int i = 0; i < Math.min(result, size); i++) {
            byte b = data.get(i);
            text.append(b == 0 ? '.' : (char) b);
        }
        return text.toString();
    }
}
