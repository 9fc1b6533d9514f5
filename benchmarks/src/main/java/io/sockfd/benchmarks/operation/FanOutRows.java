package io.sockfd.benchmarks.operation;

import io.sockfd.ErrnoException;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Timed;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Memory;
import io.sockfd.uring.Operation;
import io.sockfd.uring.Ring;
import io.sockfd.uring.Send;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The same 64 bytes to 64 TCP connections, of which the sending is measured: {@code fan-out}. */
public final class FanOutRows {
    private static final int CONNECTIONS = 64;
    private static final int SIZE = 64;

    private FanOutRows() {}

    public static List<Row> all() {
        return List.of(Row.of("fan-out", "64", "TCP stream, 64 B to each of 64 connections")
                .with(Who.C, CSends.class, false)
                .with(Who.C_URING, CSends.class, true)
                .with(Who.SOCKFD, SockfdSends.class)
                .with(Who.SOCKFD_URING, RingSends.class)
                .note(Who.C, "send(2) for each")
                .note(Who.SOCKFD, "Socket.send for each")
                .note(Who.SOCKFD_URING, "a Send for each, and one Ring.await")
                .wide()
                .per(CONNECTIONS));
    }

    /** Connections, whose other ends are read between the sends. */
    abstract static class Sends implements Timed {
        final List<Socket.Pair> pairs = new ArrayList<>();
        final ByteBuffer data = ByteBuffer.allocateDirect(SIZE);
        long nanos;

        Sends() throws IOException {
            for (int i = 0; i < CONNECTIONS; i++) {
                pairs.add(Ends.sockets(true));
            }
        }

        @Override
        public final long nanos() {
            return nanos;
        }

        @Override
        public void close() throws IOException {
            for (Socket.Pair pair : pairs) {
                pair.close();
            }
        }
    }

    /** Those in Java. */
    abstract static class JavaSends extends Sends {
        private static final Libc LIBC = Libc.get();

        private final ByteBuffer into = Memory.allocate(SIZE);
        private final long address = Memory.address(into);

        JavaSends() throws IOException {}

        /** To all of them. */
        abstract void sendAll() throws IOException;

        @Override
        public long run(int times) throws IOException {
            long sum = 0;
            long spent = 0;
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                sendAll();
                spent += System.nanoTime() - start;
                for (int k = 0; k < CONNECTIONS; k++) {
                    sum += LIBC.recv(pairs.get(k).second().fd(), address, SIZE, 0);
                }
            }
            nanos = spent;
            return sum;
        }
    }

    /** {@code native/bench/loops/fanout.c}. */
    public static final class CSends extends Sends {
        static {
            Native.load();
        }

        private final int[] writers =
                pairs.stream().mapToInt(pair -> pair.first().fd()).toArray();
        private final int[] readers =
                pairs.stream().mapToInt(pair -> pair.second().fd()).toArray();
        private final long bytes = Memory.steadyAddress(data);
        private final long ring;

        public CSends(boolean inRing) throws IOException {
            ring = inRing ? Native.check(open(), "io_uring_setup") : 0;
        }

        @Override
        public long run(int times) {
            nanos = Native.check(fanOut(ring, writers, readers, bytes, times), "fan-out");
            return (long) times * CONNECTIONS * SIZE;
        }

        private static native long open();

        private static native long close(long ring);

        private static native long fanOut(long ring, int[] writers, int[] readers, long bytes, int times);

        @Override
        public void close() throws IOException {
            if (ring != 0) {
                Native.check(close(ring), "close");
            }
            super.close();
        }
    }

    /** {@link Socket#send(ByteBuffer, int)}. */
    public static final class SockfdSends extends JavaSends {
        public SockfdSends() throws IOException {}

        @Override
        void sendAll() throws IOException {
            for (int i = 0; i < CONNECTIONS; i++) {
                pairs.get(i).first().send(data.rewind(), 0);
            }
        }
    }

    /** {@link Send}, all of them submitted by one {@link Ring#await}. */
    public static final class RingSends extends JavaSends {
        private final Ring ring;
        private final Send[] sends = new Send[CONNECTIONS];

        public RingSends() throws IOException, UnavailableException {
            try {
                ring = Ring.open(CONNECTIONS, 2 * CONNECTIONS);
            } catch (ErrnoException e) {
                super.close();
                throw new UnavailableException(String.valueOf(e.getMessage()));
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                sends[i] = ring.send(pairs.get(i).first());
            }
        }

        @Override
        void sendAll() throws IOException {
            data.rewind();
            for (Send send : sends) {
                send.start(data);
            }
            int left = CONNECTIONS;
            while (left > 0) {
                boolean ignored = ring.await(-1);
                for (Operation done = ring.next(); done != null; done = ring.next()) {
                    left -= done.check() == SIZE ? 1 : 0;
                }
            }
        }

        @Override
        public void close() throws IOException {
            ring.close();
            super.close();
        }
    }
}
