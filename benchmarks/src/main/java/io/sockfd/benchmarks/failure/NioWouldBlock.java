package io.sockfd.benchmarks.failure;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.NioEnds;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/** {@link SocketChannel#read(ByteBuffer)} and {@link DatagramChannel#read(ByteBuffer)}, whose result is 0. */
public final class NioWouldBlock {
    private NioWouldBlock() {}

    /** {@code unix} and {@code tcp}. */
    public static final class Stream implements Contestant {
        private final NioEnds ends;
        private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public Stream(String kind) throws IOException {
            ends = NioEnds.open(kind.equals("tcp"), false);
        }

        @Override
        public long run(int times) throws IOException {
            SocketChannel channel = ends.first();
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += channel.read(in) == 0 ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            ends.close();
        }
    }

    /** {@code udp}. */
    public static final class Datagram implements Contestant {
        private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        private final Channel peer;
        private final ByteBuffer in = ByteBuffer.allocateDirect(Fixtures.SIZE);

        public Datagram() throws IOException {
            DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET);
            other.bind(Fixtures.anyPort());
            channel.bind(Fixtures.anyPort()).connect(other.getLocalAddress()).configureBlocking(false);
            peer = other;
        }

        @Override
        public long run(int times) throws IOException {
            long failures = 0;
            for (int i = 0; i < times; i++) {
                failures += channel.read(in) == 0 ? 1 : 0;
            }
            return failures;
        }

        @Override
        public void close() throws IOException {
            channel.close();
            peer.close();
        }
    }
}
