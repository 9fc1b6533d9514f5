package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.nio.JavaSockets;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's TLS over a UNIX path: sockets layered over a view, and engines over channels. */
@Timeout(120)
class TlsIT {
    private static final int SIZE = 1_000_000;

    @TempDir
    Path folder;

    private static byte[] random(int seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void socketsOverAPath() throws Exception {
        Provider.assertOurs();
        SSLContext context = Certificate.context(folder);
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("tls.sock"));
        byte[] there = random(1);
        byte[] back = random(2);
        var threads = Provider.threads();
        try (ServerSocket server = JavaSockets.serverFactory(path).createServerSocket(0)) {
            Future<byte[]> answered = threads.submit(() -> {
                try (SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(server.accept(), null, true)) {
                    byte[] got = socket.getInputStream().readNBytes(SIZE);
                    socket.getOutputStream().write(back);
                    return got;
                }
            });
            Socket plain = JavaSockets.factory(path).createSocket("localhost", 443);
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 443, true)) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.setSoTimeout(30_000);
                socket.startHandshake();
                assertEquals(
                        "CN=localhost", socket.getSession().getPeerPrincipal().getName());
                socket.getOutputStream().write(there);
                assertArrayEquals(back, socket.getInputStream().readNBytes(SIZE));
            }
            assertArrayEquals(there, answered.get(30, TimeUnit.SECONDS));
            assertTrue(plain.isClosed());
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void enginesOverChannels() throws Exception {
        Provider.assertOurs();
        SSLContext context = Certificate.context(folder);
        UnixDomainSocketAddress path = UnixDomainSocketAddress.of(folder.resolve("engine.sock"));
        byte[] there = random(3);
        byte[] back = random(4);
        var threads = Provider.threads();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(path);
            Future<byte[]> answered = threads.submit(() -> {
                try (Engine server = new Engine(listener.accept(), context.createSSLEngine(), false)) {
                    byte[] got = server.read(SIZE);
                    server.write(back);
                    return got;
                }
            });
            try (Engine client =
                    new Engine(SocketChannel.open(path), context.createSSLEngine("localhost", 443), true)) {
                client.write(there);
                assertArrayEquals(back, client.read(SIZE));
            }
            assertArrayEquals(there, answered.get(30, TimeUnit.SECONDS));
        } finally {
            threads.shutdown();
        }
    }

    /** The least that an engine needs to go over a channel that blocks. */
    private static final class Engine implements AutoCloseable {
        private final SocketChannel channel;
        private final SSLEngine engine;
        private final ByteBuffer in;
        private final ByteBuffer out;
        private ByteBuffer plain;

        Engine(SocketChannel channel, SSLEngine engine, boolean client) throws IOException {
            this.channel = channel;
            this.engine = engine;
            engine.setUseClientMode(client);
            in = ByteBuffer.allocateDirect(engine.getSession().getPacketBufferSize());
            out = ByteBuffer.allocateDirect(engine.getSession().getPacketBufferSize());
            plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            engine.beginHandshake();
            handshake();
        }

        private void handshake() throws IOException {
            ByteBuffer nothing = ByteBuffer.allocate(0);
            while (true) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_WRAP -> wrap(nothing);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap();
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    default -> {
                        return;
                    }
                }
            }
        }

        private void wrap(ByteBuffer source) throws IOException {
            engine.wrap(source, out.clear());
            out.flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** Until something was unwrapped. */
        private void unwrap() throws IOException {
            while (true) {
                in.flip();
                SSLEngineResult result = engine.unwrap(in, plain);
                in.compact();
                switch (result.getStatus()) {
                    case BUFFER_UNDERFLOW -> {
                        if (channel.read(in) < 0) {
                            throw new IOException("end of stream");
                        }
                    }
                    case BUFFER_OVERFLOW ->
                        plain = ByteBuffer.allocate(plain.capacity() * 2).put(plain.flip());
                    default -> {
                        return;
                    }
                }
            }
        }

        void write(byte[] bytes) throws IOException {
            ByteBuffer source = ByteBuffer.wrap(bytes);
            while (source.hasRemaining()) {
                wrap(source);
            }
        }

        byte[] read(int size) throws IOException {
            while (plain.position() < size) {
                unwrap();
                handshake();
            }
            byte[] bytes = new byte[size];
            plain.flip().get(bytes);
            plain.compact();
            return bytes;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
