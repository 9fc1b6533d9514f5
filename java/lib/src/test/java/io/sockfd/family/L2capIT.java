package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.L2capAddress;
import io.sockfd.examples.Program;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * L2CAP channels between two controllers, against BlueZ's l2test. Nobody connects to an address that is not there: Linux
 * 6.1.192 of Debian falls over when such a socket is closed (hci_chan_del).
 */
@Tests(family = "Bluetooth", type = "SOCK_SEQPACKET BTPROTO_L2CAP")
class L2capIT {
    private static final int PSM = 0x1011;
    private static final int UNUSED_PSM = 0x1eff; // odd, and the upper byte even, or it is none
    private static final int SIZE = 200;

    private static Bluetooth bluetooth = Kernel.later();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 10).order(ByteOrder.LITTLE_ENDIAN);

    @BeforeAll
    static void controllers() throws Exception {
        bluetooth = new Bluetooth();
    }

    @AfterAll
    static void end() throws IOException {
        Kernel.close(bluetooth);
    }

    private static Socket l2cap(int psm) throws IOException {
        return Kernel.bound(
                Kernel.open(Domain.BLUETOOTH, SocketType.SEQPACKET, Linux.BTPROTO_L2CAP),
                new L2capAddress(bluetooth.address(0), psm));
    }

    @Test
    void l2testSends() throws Exception {
        try (Socket listener = l2cap(PSM).listen();
                Program peer = Program.start(List.of(
                        "l2test",
                        "-s",
                        "-i",
                        bluetooth.name(1),
                        "-P",
                        Integer.toString(PSM),
                        "-b",
                        Integer.toString(SIZE),
                        "-N",
                        "4", // the last may be lost: the end of the channel overtakes what is still queued
                        "-C", // a pause after each other
                        "1",
                        "-D",
                        "200",
                        bluetooth.address(0).toString()));
                Socket socket = Kernel.accept(listener)) {
            assertEquals(bluetooth.address(1), ((L2capAddress) socket.getRemoteAddress()).address());
            for (int i = 0; i < 3; i++) {
                assertEquals(SIZE, socket.recv(buffer.clear(), 0), peer::toString);
                assertEquals(i, buffer.getInt(0), "the number of the frame");
                assertEquals(SIZE, buffer.getShort(4));
                assertEquals(0x7f, buffer.get(SIZE - 1));
            }
        }
    }

    @Test
    void l2testReceives() throws Exception {
        try (Program peer = Program.start(List.of(
                        "l2test",
                        "-r",
                        "-i",
                        bluetooth.name(1),
                        "-P",
                        Integer.toString(PSM + 2),
                        "-b",
                        Integer.toString(2 * SIZE)));
                Socket socket = l2cap(0)) {
            peer.awaitError(text -> text.contains("Waiting for connection"));
            assertTrue(socket.connect(new L2capAddress(bluetooth.address(1), PSM + 2)));
            for (int i = 0; i < 2; i++) {
                buffer.clear().limit(SIZE);
                buffer.putInt(0, i).putShort(4, (short) SIZE);
                for (int at = 6; at < SIZE; at++) {
                    buffer.put(at, (byte) 0x7f); // it checks
                }
                assertEquals(SIZE, socket.send(buffer, 0));
            }
            peer.awaitError(text -> text.contains(2 * SIZE + " bytes in"));
            assertTrue(!peer.errors().contains("missed") && !peer.errors().contains("wrong"), peer.errors());
        }
    }

    @Test
    void aLongMessageIsTruncatedVisibly() throws Exception {
        try (Socket listener = l2cap(PSM + 4).listen();
                Socket client = Kernel.bound(
                        Kernel.open(Domain.BLUETOOTH, SocketType.SEQPACKET, Linux.BTPROTO_L2CAP),
                        new L2capAddress(bluetooth.address(1), 0))) {
            client.connect(new L2capAddress(bluetooth.address(0), PSM + 4));
            try (Socket accepted = Kernel.accept(listener);
                    Message message = new Message()) {
                assertEquals(SIZE, client.send(buffer.clear().limit(SIZE), 0));
                assertEquals(
                        10, accepted.receiveMessage(message.data(buffer.clear().limit(10)), 0));
                assertTrue(message.truncated());
                client.shutdown(Linux.SHUT_RDWR);
                assertEquals(-1, accepted.recv(buffer.clear(), 0));
            }
        }
    }

    @Test
    void nobodyListens() throws Exception {
        try (Socket socket = l2cap(0)) {
            Exception e = Kernel.assertFails(
                    Errno.ECONNREFUSED, () -> socket.connect(new L2capAddress(bluetooth.address(1), UNUSED_PSM)));
            assertTrue(e.toString().contains("l2cap:"), e.toString());
        }
    }

    @Test
    void closeWakesWhoAccepts() throws Exception {
        try (Socket listener = l2cap(PSM + 6).listen()) {
            Waiting.endsByClose(listener, listener::accept);
        }
    }
}
