package io.sockfd.family;

import static io.sockfd.raw.Linux.TLS_1_3_VERSION;
import static io.sockfd.raw.Linux.TLS_CIPHER_AES_GCM_128;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.Descriptor;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.TlsAlert;
import io.sockfd.examples.KernelTlsIT;
import io.sockfd.option.TcpOptions;
import io.sockfd.option.TlsKeys;
import io.sockfd.option.TlsOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS in the kernel: with each cipher against itself, and against OpenSSL after a handshake of the JDK's. */
@Tests(family = "TLS", type = "SOCK_STREAM tls")
class TlsIT {
    private static final int ALERT = TlsAlert.RECORD_TYPE;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void available() throws Exception {
        Path ulp = Path.of("/proc/sys/net/ipv4/tcp_available_ulp");
        if (!Files.exists(ulp) || !Files.readString(ulp).contains("tls")) {
            Process modprobe = new ProcessBuilder("sh", "-c", "modprobe tls").start();
            modprobe.waitFor(20, TimeUnit.SECONDS);
        }
        assumeTrue(Files.exists(ulp) && Files.readString(ulp).contains("tls"), "this kernel has no TLS (modprobe tls)");
    }

    private static Socket tcp() throws IOException {
        return Kernel.open(Domain.INET, SocketType.STREAM, 0);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Message message(ByteBuffer data) {
        Message message = new Message(1, 64);
        message.data(data);
        return message;
    }

    // ---- with itself ---------------------------------------------------------------------------------------------

    @Test
    void everyCipherThatTheKernelHasCarriesDataFilesAndAlerts() throws Exception {
        Path file = Files.write(directory.resolve("file"), random(100_000));
        List<String> carried = new ArrayList<>();
        for (int version : new int[] {Linux.TLS_1_2_VERSION, TLS_1_3_VERSION}) {
            for (int cipher = TLS_CIPHER_AES_GCM_128; cipher <= Linux.TLS_CIPHER_ARIA_GCM_256; cipher++) {
                boolean wide = cipher == Linux.TLS_CIPHER_AES_GCM_256
                        || cipher == Linux.TLS_CIPHER_CHACHA20_POLY1305
                        || cipher == Linux.TLS_CIPHER_ARIA_GCM_256;
                boolean chacha = cipher == Linux.TLS_CIPHER_CHACHA20_POLY1305;
                TlsKeys keys = TlsKeys.of(
                        version, cipher, random(wide ? 32 : 16), random(chacha ? 12 : 8), random(chacha ? 0 : 4), 5);
                try (Socket listener = tcp().bind(loopback(0)).listen(1);
                        Socket out = tcp()) {
                    assertTrue(out.connect(listener.getLocalAddress()));
                    try (Socket in = Kernel.accept(listener)) {
                        out.setOption(TcpOptions.TCP_ULP, "tls");
                        in.setOption(TcpOptions.TCP_ULP, "tls");
                        if (isTaken(out, keys)) {
                            in.setOption(TlsOptions.TLS_RX, keys);
                            assertEquals(keys, in.getOption(TlsOptions.TLS_RX));
                            assertEquals(keys, out.getOption(TlsOptions.TLS_TX));
                            converse(out, in, file);
                            carried.add(keys.toString());
                        }
                    }
                }
            }
        }
        System.out.println(carried);
        assertTrue(carried.contains("TLS 1.2, AES-GCM-128, sequence 5"), carried.toString());
        assertTrue(carried.contains("TLS 1.3, AES-GCM-256, sequence 5"), carried.toString());
    }

    /** A kernel may lack a cipher, and some are of one version only. */
    private static boolean isTaken(Socket out, TlsKeys keys) throws IOException {
        try {
            out.setOption(TlsOptions.TLS_TX, keys);
            return true;
        } catch (IOException e) {
            Errno errno = io.sockfd.Errors.errnoOf(e).orElseThrow();
            assertTrue(List.of(Errno.EINVAL, Errno.ENOENT, Errno.EOPNOTSUPP).contains(errno), keys + ": " + e);
            return false;
        }
    }

    private static void converse(Socket out, Socket in, Path path) throws Exception {
        out.sendAll(ByteBuffer.wrap("secret".getBytes(US_ASCII)));
        ByteBuffer data = ByteBuffer.allocateDirect(200_000);
        assertEquals(6, in.recv(data, 0));
        int size = (int) Files.size(path);
        Thread sender = new Thread(() -> {
            try (Descriptor file = Descriptor.open(path, Linux.O_RDONLY)) {
                long sent = 0;
                while (sent < size) {
                    sent += out.sendFile(file, sent, size - sent);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        sender.start();
        data.clear();
        while (data.position() < size) {
            assertTrue(in.recv(data, 0) > 0);
        }
        sender.join();
        byte[] received = new byte[size];
        data.get(0, received);
        assertArrayEquals(Files.readAllBytes(path), received);
        Message alert = message(ByteBuffer.wrap(TlsAlert.CLOSE_NOTIFY.bytes()));
        alert.outgoing().tlsRecordType(ALERT);
        assertEquals(2, out.sendMessage(alert, 0));
        Exception plain = Kernel.assertFails(Errno.EIO, () -> in.recv(data.clear(), 0));
        assertTrue(String.valueOf(plain.getMessage()).contains("tlsRecordType"), plain.toString());
        Message record = message(data.clear());
        assertEquals(2, in.receiveMessage(record, 0));
        assertEquals(ALERT, record.incoming().tlsRecordType());
        assertTrue(TlsAlert.decode(data.flip()).isEnd());
    }

    // ---- with OpenSSL --------------------------------------------------------------------------------------------

    @Test
    void takesOverAHandshakeOfSslEngineWithOpenssl() throws Exception {
        Kernel.assumeInstalled("openssl", "openssl");
        Path key = directory.resolve("key");
        Path certificate = directory.resolve("certificate");
        Path log = directory.resolve("keys.log");
        Process made = new ProcessBuilder(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
                                + " -subj /CN=localhost -keyout " + key + " -out " + certificate)
                        .split(" ", -1))
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, made.waitFor(), said);
        int port;
        try (Socket free = tcp().bind(loopback(0))) {
            port = ((InetSocketAddress) free.getLocalAddress()).getPort();
        }
        Path output = directory.resolve("output");
        Process server = new ProcessBuilder(("openssl s_server -quiet -tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256"
                                + " -num_tickets 1 -accept 127.0.0.1:" + port + " -key " + key + " -cert "
                                + certificate + " -keylogfile " + log)
                        .split(" ", -1))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try (Socket socket = connected(port)) {
            SSLEngine engine = engine();
            handshake(engine, socket);
            socket.setOption(TcpOptions.TCP_ULP, "tls")
                    .setOption(TlsOptions.TLS_TX, keys(log, "CLIENT_TRAFFIC_SECRET_0"))
                    .setOption(TlsOptions.TLS_RX, keys(log, "SERVER_TRAFFIC_SECRET_0"));
            // the server's ticket is the first record, and no application data
            ByteBuffer data = ByteBuffer.allocateDirect(20_000);
            Message ticket = message(data);
            assertTrue(socket.receiveMessage(ticket, 0) > 0);
            assertEquals(HANDSHAKE, ticket.incoming().tlsRecordType());
            Path file = Files.writeString(directory.resolve("file"), "from a file, by the kernel\n");
            try (Descriptor opened = Descriptor.open(file, Linux.O_RDONLY)) {
                assertEquals(Files.size(file), socket.sendFile(opened, 0, Files.size(file)));
            }
            await(output, "from a file, by the kernel");
            server.getOutputStream().write("from OpenSSL\n".getBytes(US_ASCII));
            server.getOutputStream().flush();
            Message answer = message(data.clear());
            assertEquals(13, socket.receiveMessage(answer, 0));
            assertEquals(APPLICATION_DATA, answer.incoming().tlsRecordType());
            Message end = message(ByteBuffer.wrap(TlsAlert.CLOSE_NOTIFY.bytes()));
            end.outgoing().tlsRecordType(ALERT);
            assertEquals(2, socket.sendMessage(end, 0));
            socket.shutdown(Linux.SHUT_WR);
            Message last = message(data.clear());
            assertEquals(2, socket.receiveMessage(last, 0));
            assertEquals(ALERT, last.incoming().tlsRecordType());
            assertEquals("close_notify (0)", TlsAlert.decode(data.flip()).toString());
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static void await(Path output, String words) throws Exception {
        for (int i = 0; i < 1000 && !Files.readString(output).contains(words); i++) {
            Thread.sleep(20);
        }
        assertTrue(Files.readString(output).contains(words), Files.readString(output));
    }

    private static Socket connected(int port) throws Exception {
        for (int i = 0; ; i++) {
            Socket socket = tcp();
            try {
                assertTrue(socket.connect(loopback(port)));
                return socket;
            } catch (IOException e) {
                socket.close();
                if (i == 500) {
                    throw e;
                }
                Thread.sleep(20); // it does not listen yet
            }
        }
    }

    private static SSLEngine engine() throws GeneralSecurityException {
        TrustManager all = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {all}, null);
        SSLEngine engine = context.createSSLEngine("localhost", 0);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
        engine.setSSLParameters(parameters);
        engine.setUseClientMode(true);
        return engine;
    }

    /** Reads record by record, so that nothing of what follows the handshake is taken from the socket. */
    private static void handshake(SSLEngine engine, Socket socket) throws Exception {
        ByteBuffer out = ByteBuffer.allocate(40_000);
        ByteBuffer in = ByteBuffer.allocate(40_000);
        ByteBuffer nothing = ByteBuffer.allocate(40_000);
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            if (status == HandshakeStatus.NEED_TASK) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                status = engine.getHandshakeStatus();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                status = engine.wrap(ByteBuffer.allocate(0), out.clear()).getHandshakeStatus();
                socket.sendAll(out.flip());
            } else {
                if (!in.hasRemaining() || in.position() == 0) {
                    readRecord(socket, in.clear());
                }
                status = engine.unwrap(in, nothing.clear()).getHandshakeStatus();
                if (!in.hasRemaining()) {
                    in.clear();
                }
            }
        }
    }

    private static void readRecord(Socket socket, ByteBuffer in) throws IOException {
        in.limit(5);
        fill(socket, in);
        in.limit(5 + Short.toUnsignedInt(in.getShort(3)));
        fill(socket, in);
        in.flip();
    }

    private static void fill(Socket socket, ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            assertTrue(socket.recv(in, 0) > 0, "the server ended the handshake");
        }
    }

    /** RFC 8446, 7.3: from a secret of the key log. */
    private static TlsKeys keys(Path log, String label) throws Exception {
        await(log, label);
        String line = Files.readAllLines(log).stream()
                .filter(entry -> entry.startsWith(label + " "))
                .findFirst()
                .orElseThrow();
        byte[] secret = HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1));
        return TlsKeys.ofSecret(TLS_CIPHER_AES_GCM_128, secret, 0);
    }

    // ---- the example ---------------------------------------------------------------------------------------------

    @Test
    @Timeout(300) // in emulation three programs of Java take their time
    void theExampleSendsAFileToOpenssl() throws Exception {
        KernelTlsIT.sendsAFile(directory);
    }
}
