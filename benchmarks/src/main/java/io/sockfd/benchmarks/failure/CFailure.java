package io.sockfd.benchmarks.failure;

import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import java.io.IOException;
import java.net.InetSocketAddress;

/** {@code native/bench/loops/failure.c}. */
public final class CFailure {
    private CFailure() {}

    private static native long wouldBlock(int fd, int times);

    private static native long connectRefused(int port, int times);

    private static native long sendRefused(int fd, int times);

    private static native long broken(int fd, int times);

    /** EAGAIN. */
    public static final class WouldBlock implements Contestant {
        static {
            Native.load();
        }

        private final int[] fds;

        public WouldBlock(String kind) throws IOException {
            fds = Fixtures.descriptors(kind);
        }

        @Override
        public long run(int times) {
            return Native.check(wouldBlock(fds[0], times), "recv");
        }

        @Override
        public void close() {
            Ends.close(fds);
        }
    }

    /** ECONNREFUSED of connect(2), and of recv(2) on UDP. */
    public static final class Refused implements Contestant {
        static {
            Native.load();
        }

        private final boolean tcp;
        private final Socket dead;
        private final int port;
        private final int udp;

        public Refused(boolean tcp) throws IOException {
            this.tcp = tcp;
            dead = Fixtures.deadPort(tcp);
            port = ((InetSocketAddress) dead.getLocalAddress()).getPort();
            udp = Fixtures.refusedDescriptor(dead);
        }

        @Override
        public long run(int times) {
            return Native.check(tcp ? connectRefused(port, times) : sendRefused(udp, times), tcp ? "connect" : "send");
        }

        @Override
        public void close() throws IOException {
            Ends.close(udp);
            dead.close();
        }
    }

    /** EPIPE. */
    public static final class Broken implements Contestant {
        static {
            Native.load();
        }

        private final int fd;

        public Broken(boolean tcp) throws IOException {
            fd = Fixtures.brokenDescriptor(tcp);
        }

        @Override
        public long run(int times) {
            return Native.check(broken(fd, times), "send");
        }

        @Override
        public void close() {
            Ends.close(fd);
        }
    }
}
