package io.sockfd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sockfd.address.Addresses;
import io.sockfd.address.PacketAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.capture.PrivateNetwork;
import io.sockfd.option.IpOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** ENOBUFS: the queue of a device is full, here one that lets little through (tc-tbf(8)). */
@Timeout(120)
@Tag("once")
class FullQueueIT {
    private static final int SIZE = 1000;
    private static final int MANY = 12; // four times as many as the queue takes
    private static final String TO = "10.99.0.2";

    private interface Send {
        long on(Socket socket) throws IOException;
    }

    private interface Body {
        void on(Socket socket) throws Exception;
    }

    private static final List<Send> SENDS = List.of(
            socket -> socket.send(frame(), 0),
            socket -> socket.send(new byte[SIZE], 0, SIZE, 0),
            socket -> socket.write(frame()),
            socket -> socket.write(new ByteBuffer[] {frame()}),
            socket -> {
                socket.sendAll(frame());
                return SIZE;
            },
            socket -> {
                try (Message message = new Message().data(frame())) {
                    return socket.sendMessage(message, 0);
                }
            },
            socket -> {
                try (MessageBatch batch = new MessageBatch(1, 1, 0)) {
                    batch.get(0).data(frame());
                    return socket.sendMessages(batch, 0, 1, 0) == 1 ? SIZE : -1;
                }
            });

    private static ByteBuffer frame() {
        return ByteBuffer.allocateDirect(SIZE);
    }

    /** With each kind of socket that learns of a full queue, on a platform and on a virtual thread. */
    private static void through(String rate, Body body) throws Exception {
        PrivateNetwork.run(() -> {
            PrivateNetwork.veth();
            PrivateNetwork.run("ip addr add 10.99.0.1/24 dev veth0"
                    + " && ip neigh add " + TO + " lladdr 02:00:00:00:00:02 dev veth0"
                    + " && tc qdisc add dev veth0 root tbf rate " + rate + " burst 2kb limit 3kb");
            NetworkInterface veth0 = NetworkInterface.getByName("veth0");
            for (boolean virtual : new boolean[] {false, true}) {
                if (virtual && !Virtual.available()) {
                    continue;
                }
                try (Socket packet = Socket.packet(SocketType.RAW, 0)) {
                    packet.bind(new PacketAddress(0, veth0.getIndex()));
                    run(virtual, packet, body);
                }
                try (Socket udp = Socket.udp().setOption(IpOptions.IP_RECVERR, true)) {
                    udp.connect(new InetSocketAddress(TO, 9));
                    run(virtual, udp, body);
                }
            }
        });
    }

    private static void run(boolean virtual, Socket socket, Body body) throws Exception {
        if (!virtual) {
            body.on(socket);
            return;
        }
        CompletableFuture<String> done = new CompletableFuture<>();
        Virtual.start(() -> {
            try {
                body.on(socket);
                done.complete("");
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        assertEquals("", done.get(60, TimeUnit.SECONDS));
    }

    @Test
    void aSocketThatMayWaitDoes() throws Exception {
        through("4mbit", socket -> {
            for (Duration timeout : List.of(Socket.BLOCKING, Duration.ofSeconds(30))) {
                socket.timeout(timeout);
                for (Send send : SENDS) {
                    for (int i = 0; i < MANY; i++) {
                        assertEquals(SIZE, send.on(socket));
                    }
                }
            }
        });
    }

    @Test
    void aNonBlockingSocketIsTold() throws Exception {
        through("64kbit", socket -> {
            socket.timeout(Socket.NON_BLOCKING);
            ErrnoException full = assertThrows(ErrnoException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    socket.send(frame(), 0);
                }
            });
            assertEquals(Errno.ENOBUFS, full.errno());
        });
    }

    @Test
    void theTimeoutAndACloseEndTheWait() throws Exception {
        through("2kbit", socket -> {
            socket.timeout(Duration.ofMillis(50));
            SocketTimeoutException late = assertThrows(SocketTimeoutException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    socket.send(frame(), 0);
                }
            });
            assertEquals(Errno.ENOBUFS, Errors.errnoOf(late).orElseThrow());
            socket.timeout(Socket.BLOCKING);
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            for (int i = 0; i < 100; i++) {
                                socket.send(frame(), 0);
                            }
                        } catch (Throwable e) {
                            end.complete(e);
                        }
                    })
                    .start();
            Thread.sleep(50);
            socket.close();
            assertInstanceOf(ClosedChannelException.class, end.get(30, TimeUnit.SECONDS));
        });
    }

    /** No wait would make room for it. */
    @Test
    void tooMuchControlDataIsAFailureAtOnce() throws IOException {
        int much = 2 * ControlWriter.mostOfAll();
        try (Socket socket = Socket.udp();
                Message message = new Message(1, much + 64).data(frame())) {
            message.address(Sockaddr.of(Addresses.parse("127.0.0.1:9")))
                    .outgoing()
                    .put(Linux.SOL_SOCKET, Linux.SO_TIMESTAMPING, ByteBuffer.allocate(much));
            ErrnoException refused = assertThrows(ErrnoException.class, () -> socket.sendMessage(message, 0));
            assertEquals(Errno.ENOBUFS, refused.errno());
        }
    }
}
