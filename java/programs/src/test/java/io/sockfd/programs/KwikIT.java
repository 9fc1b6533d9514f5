package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

/** QUIC by Kwik, both ends on the sockets of datagram channels. */
@Timeout(120)
class KwikIT {
    private static final String PROTOCOL = "echo";

    @TempDir
    Path folder;

    private static DatagramSocket socket() throws SocketException {
        try {
            return DatagramChannel.open(StandardProtocolFamily.INET)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .socket();
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends each stream back when it has ended. */
    private static final class Echo implements ApplicationProtocolConnectionFactory {
        @Override
        public ApplicationProtocolConnection createConnection(String protocol, QuicConnection connection) {
            return new ApplicationProtocolConnection() {
                @Override
                public void acceptPeerInitiatedStream(QuicStream stream) {
                    Thread thread = new Thread(() -> echo(stream));
                    thread.setDaemon(true);
                    thread.start();
                }
            };
        }

        @Override
        public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return 10;
        }

        private static void echo(QuicStream stream) {
            try {
                byte[] all = stream.getInputStream().readAllBytes();
                stream.getOutputStream().write(all);
                stream.getOutputStream().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void echoesStreams() throws Exception {
        Provider.assertOurs();
        KeyStore keys = Certificate.make(folder);
        DatagramSocket listening = socket();
        try (ServerConnector server = ServerConnector.builder()
                .withSocket(listening)
                .withPort(listening.getLocalPort())
                .withKeyStore(keys, Certificate.ALIAS, Certificate.PASSWORD.toCharArray())
                .withConfiguration(ServerConnectionConfig.builder()
                        .maxOpenPeerInitiatedBidirectionalStreams(10)
                        .build())
                .withLogger(new NullLogger())
                .build()) {
            server.registerApplicationProtocol(PROTOCOL, new Echo());
            server.start();
            QuicClientConnection client = QuicClientConnection.newBuilder()
                    .uri(URI.create("echo://127.0.0.1:" + listening.getLocalPort()))
                    .applicationProtocol(PROTOCOL)
                    .connectTimeout(Duration.ofSeconds(10))
                    .noServerCertificateCheck()
                    .logger(new NullLogger())
                    .socketFactory(address -> socket())
                    .build();
            client.connect();
            for (int size : new int[] {1, 5000, 1_000_000}) {
                byte[] bytes = new byte[size];
                new Random(size).nextBytes(bytes);
                QuicStream stream = client.createStream(true);
                stream.getOutputStream().write(bytes);
                stream.getOutputStream().close();
                assertArrayEquals(bytes, stream.getInputStream().readAllBytes());
            }
            client.closeAndWait();
        }
    }
}
