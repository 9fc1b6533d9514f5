/*
 * Sends a file over TLS that the kernel encrypts (kTLS): the JDK makes the handshake, then the kernel has the keys, and
 * sendfile(2) brings no byte into user space. SSLEngine gives no keys away: they come from the client's key log.
 *
 * keytool -genkeypair -keyalg EC -dname CN=localhost -storetype PKCS12 -keystore server.p12 -storepass secret
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/KernelTls.java 127.0.0.1:8443 server.p12 keys.log /etc/services
 *
 * Peer: openssl s_client -connect 127.0.0.1:8443 -ciphersuites TLS_AES_128_GCM_SHA256 -keylogfile keys.log -quiet
 */

import io.sockfd.Descriptor;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.TlsAlert;
import io.sockfd.address.Addresses;
import io.sockfd.option.TcpOptions;
import io.sockfd.option.TlsKeys;
import io.sockfd.option.TlsOptions;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

public class KernelTls {
    public static void main(String[] args) throws Exception {
        System.setProperty("javax.net.ssl.keyStore", args[1]);
        System.setProperty("javax.net.ssl.keyStorePassword", "secret");
        Path log = Path.of(args[2]), file = Path.of(args[3]);
        try (Socket listener = Socket.tcp().bind(Addresses.parse(args[0])).listen()) {
            System.out.println("listening on " + Addresses.format(listener.getLocalAddress()));
            try (Socket client = listener.accept();
                    Descriptor open = Descriptor.open(file, Linux.O_RDONLY);
                    Message end = new Message()) {
                long records = handshake(SSLContext.getDefault().createSSLEngine(), client);
                client.setOption(TcpOptions.TCP_ULP, "tls");
                client.setOption(TlsOptions.TLS_TX, keys(log, "SERVER_TRAFFIC_SECRET_0", records));
                client.setOption(TlsOptions.TLS_RX, keys(log, "CLIENT_TRAFFIC_SECRET_0", 0));
                ByteBuffer question = ByteBuffer.allocate(1000);
                client.recv(question, 0);
                System.out.print("asked: " + new String(question.array(), 0, question.position()));
                for (long sent = 0, size = Files.size(file); sent < size; ) {
                    sent += client.sendFile(open, sent, size - sent);
                }
                end.data(ByteBuffer.wrap(TlsAlert.CLOSE_NOTIFY.bytes())).outgoing().tlsRecordType(TlsAlert.RECORD_TYPE);
                client.sendMessage(end, 0);
            }
        }
    }

    /** Reads record by record, and nothing behind; gives how many it wrote with the last keys: session tickets. */
    private static long handshake(SSLEngine engine, Socket socket) throws Exception {
        ByteBuffer none = ByteBuffer.allocate(20_000), record = ByteBuffer.allocate(20_000);
        engine.setUseClientMode(false);
        engine.beginHandshake();
        for (long written = 0; ; ) switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> {
                engine.wrap(none.clear().limit(0), record.clear());
                socket.sendAll(record.flip());
                written++;
            }
            case NEED_UNWRAP -> {
                socket.recvExactly(record.clear().limit(5));
                socket.recvExactly(record.limit(5 + record.getShort(3)));
                engine.unwrap(record.flip(), none.clear());
                written = 0;
            }
            default -> { return written; }
        }
    }

    private static TlsKeys keys(Path log, String label, long sequence) throws Exception {
        String secret = Files.readString(log).split(label + " \\w+ ")[1].substring(0, 64);
        return TlsKeys.ofSecret(Linux.TLS_CIPHER_AES_GCM_128, HexFormat.of().parseHex(secret), sequence);
    }
}
