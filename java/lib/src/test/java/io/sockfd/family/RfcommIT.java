package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.RfcommAddress;
import io.sockfd.examples.Program;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** RFCOMM streams between two controllers, against BlueZ's rctest. */
@Tests(family = "Bluetooth", type = "SOCK_STREAM BTPROTO_RFCOMM")
class RfcommIT {
    private static final int CHANNEL = 11;
    private static final int SIZE = 100;
    private static final int MUCH = 1 << 14;

    private static Bluetooth bluetooth = Kernel.later();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MUCH).order(ByteOrder.LITTLE_ENDIAN);

    @BeforeAll
    static void controllers() throws Exception {
        bluetooth = new Bluetooth();
    }

    @AfterAll
    static void end() throws IOException {
        Kernel.close(bluetooth);
    }

    private static Socket rfcomm(int controller, int channel) throws IOException {
        return Kernel.bound(
                Kernel.open(Domain.BLUETOOTH, SocketType.STREAM, Linux.BTPROTO_RFCOMM),
                new RfcommAddress(bluetooth.address(controller), channel));
    }

    @Test
    void rctestSends() throws Exception {
        try (Socket listener = rfcomm(0, CHANNEL).listen();
                Program peer = Program.start(List.of(
                        "rctest",
                        "-s",
                        "-i",
                        bluetooth.name(1),
                        "-P",
                        Integer.toString(CHANNEL),
                        "-b",
                        Integer.toString(SIZE),
                        "-N",
                        "3",
                        bluetooth.address(0).toString()));
                Socket socket = Kernel.accept(listener)) {
            assertEquals(bluetooth.address(1), ((RfcommAddress) socket.getRemoteAddress()).address());
            for (int i = 0; i < 3; i++) {
                socket.recvExactly(buffer.clear().limit(SIZE));
                assertEquals(i, buffer.getInt(0), peer::toString);
            }
        }
    }

    @Test
    void aStreamGoesBothWays() throws Exception {
        try (Socket listener = rfcomm(0, CHANNEL + 1).listen();
                Socket client = rfcomm(1, 0)) {
            client.connect(new RfcommAddress(bluetooth.address(0), CHANNEL + 1));
            try (Socket accepted = Kernel.accept(listener)) {
                for (int i = 0; i < MUCH; i++) {
                    buffer.put(i, (byte) (i * 31));
                }
                Thread sender = new Thread(() -> {
                    try {
                        client.sendAll(buffer.duplicate().clear());
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                sender.start();
                ByteBuffer received = ByteBuffer.allocateDirect(MUCH);
                accepted.recvExactly(received);
                sender.join();
                assertEquals(buffer.clear(), received.flip());
                accepted.sendAll(Kernel.bytes("thank you"));
                client.recvExactly(received.clear().limit(9));
                assertEquals("thank you", Kernel.text(received));
                client.shutdown(Linux.SHUT_RDWR);
                // the end of the session is an error here, not an end of the stream
                Kernel.assertFails(Errno.ECONNRESET, () -> accepted.recv(received.clear(), 0));
            }
        }
    }

    @Test
    void nobodyListens() throws Exception {
        try (Socket socket = rfcomm(0, 0)) {
            Exception e = Kernel.assertFails(
                    Errno.ECONNREFUSED, () -> socket.connect(new RfcommAddress(bluetooth.address(1), 29)));
            assertTrue(e.toString().contains("rfcomm:"), e.toString());
        }
    }

    @Test
    void aChannelIsBoundOnce() throws Exception {
        try (Socket first = rfcomm(0, CHANNEL + 3).listen()) {
            assertEquals(CHANNEL + 3, ((RfcommAddress) first.getLocalAddress()).channel());
            Kernel.assertFails(Errno.EADDRINUSE, () -> rfcomm(0, CHANNEL + 3));
        }
    }
}
