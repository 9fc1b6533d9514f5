package io.sockfd.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ByteBufferSend;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.PlaintextChannelBuilder;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The selector of Kafka's client, against a server that sends each message back. */
@Timeout(120)
class KafkaSelectorIT {
    private static final int CONNECTIONS = 20;
    private static final int MESSAGES = 200;

    private static void echo(ServerSocket server) {
        for (int i = 0; i < CONNECTIONS; i++) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> echo(socket));
                thread.setDaemon(true);
                thread.start();
            } catch (Exception e) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] message = in.readNBytes(in.readInt());
                byte[] whole = ByteBuffer.allocate(4 + message.length)
                        .putInt(message.length)
                        .put(message)
                        .array();
                out.write(whole);
            }
        } catch (Exception e) {
            // the client is gone
        }
    }

    private static PlaintextChannelBuilder builder() {
        PlaintextChannelBuilder builder = new PlaintextChannelBuilder(null);
        builder.configure(Map.of());
        return builder;
    }

    @Test
    void eachMessageComesBack() throws Exception {
        Provider.assertOurs();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Selector selector =
                        new Selector(10_000, new Metrics(), Time.SYSTEM, "echo", builder(), new LogContext())) {
            Thread acceptor = new Thread(() -> echo(server));
            acceptor.setDaemon(true);
            acceptor.start();
            for (int i = 0; i < CONNECTIONS; i++) {
                selector.connect(
                        "c" + i,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()),
                        1 << 16,
                        1 << 16);
            }
            List<String> connected = new ArrayList<>();
            while (connected.size() < CONNECTIONS) {
                selector.poll(1000);
                connected.addAll(selector.connected());
            }
            for (int round = 0; round < MESSAGES; round++) {
                for (String id : connected) {
                    ByteBuffer text = ByteBuffer.wrap((id + " " + round).getBytes(StandardCharsets.UTF_8));
                    selector.send(new NetworkSend(id, ByteBufferSend.sizePrefixed(text)));
                }
                int received = 0;
                while (received < CONNECTIONS) {
                    selector.poll(1000);
                    for (NetworkReceive receive : selector.completedReceives()) {
                        assertEquals(
                                receive.source() + " " + round,
                                StandardCharsets.UTF_8.decode(receive.payload()).toString());
                        received++;
                    }
                    assertTrue(
                            selector.disconnected().isEmpty(),
                            selector.disconnected().toString());
                }
            }
        }
    }
}
