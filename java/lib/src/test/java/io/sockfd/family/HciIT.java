package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands and events of a Bluetooth controller, and the monitor's view of all of them. */
@Tests(family = "Bluetooth", type = "SOCK_RAW BTPROTO_HCI")
class HciIT {
    private static final int FILTER = 16; // struct hci_ufilter
    private static final int COMMAND = 1;
    private static final int EVENT = 4;
    private static final int READ_BD_ADDR = 0x1009;
    private static final int COMMAND_COMPLETE = 0x0e;
    private static final int MONITOR_NEW_INDEX = 0;
    private static final int PACKETS = 200;

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

    @Test
    void aControllerTellsItsAddress() throws Exception {
        Option<byte[]> filter = Option.bytes(Linux.SOL_HCI, Linux.HCI_FILTER, FILTER);
        for (int i = 0; i < 2; i++) {
            try (Socket socket = Bluetooth.hci(bluetooth.controller(i), Linux.HCI_CHANNEL_RAW)) {
                ByteBuffer wanted = ByteBuffer.allocate(FILTER).order(ByteOrder.nativeOrder());
                wanted.putInt(0, 1 << EVENT).putInt(4, 1 << COMMAND_COMPLETE).putShort(12, (short) READ_BD_ADDR);
                socket.setOption(filter, wanted.array());
                assertEquals(
                        1 << EVENT,
                        ByteBuffer.wrap(socket.getOption(filter))
                                .order(ByteOrder.nativeOrder())
                                .getInt(0));
                buffer.clear()
                        .put((byte) COMMAND)
                        .putShort((short) READ_BD_ADDR)
                        .put((byte) 0);
                assertEquals(4, socket.send(buffer.flip(), 0));
                int length = socket.recv(buffer.clear(), 0);
                assertEquals(13, length, "an event with its head, the command, the status and an address");
                assertEquals(EVENT, buffer.get(0));
                assertEquals(COMMAND_COMPLETE, buffer.get(1));
                assertEquals(READ_BD_ADDR, buffer.getShort(4));
                assertEquals(0, buffer.get(6), "status");
                assertEquals(bluetooth.address(i), Bluetooth.address(buffer, 7));
            }
        }
    }

    @Test
    void theMonitorKnowsAllControllers() throws Exception {
        try (Socket monitor = Bluetooth.hci(Linux.HCI_DEV_NONE, Linux.HCI_CHANNEL_MONITOR)) {
            Set<Integer> seen = new HashSet<>();
            Socket unused = monitor.timeout(Socket.NON_BLOCKING);
            for (int i = 0; i < PACKETS && monitor.recv(buffer.clear(), 0) > 0; i++) {
                if (buffer.getShort(0) == MONITOR_NEW_INDEX) {
                    seen.add(Short.toUnsignedInt(buffer.getShort(2)));
                }
            }
            assertTrue(seen.contains(bluetooth.controller(0)), seen::toString);
            assertTrue(seen.contains(bluetooth.controller(1)), seen::toString);
        }
    }

    @Test
    void thereIsNoSuchController() throws Exception {
        Exception e = Kernel.assertFails(Errno.ENODEV, () -> Bluetooth.hci(0x777, Linux.HCI_CHANNEL_RAW));
        assertTrue(e.toString().contains("bind(hci:"), e.toString());
    }

    @Test
    void closeWakesWhoReceives() throws Exception {
        try (Socket socket = Bluetooth.hci(bluetooth.controller(0), Linux.HCI_CHANNEL_RAW)) {
            Waiting.endsByClose(socket, () -> socket.recv(buffer.clear(), 0));
        }
    }
}
