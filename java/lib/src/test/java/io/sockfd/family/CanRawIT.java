package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.CanAddress;
import io.sockfd.address.Sockaddr;
import io.sockfd.examples.Program;
import io.sockfd.option.CanFilter;
import io.sockfd.option.CanRawOptions;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.CanFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Raw CAN, against can-utils. */
@Tests(family = "CAN", type = "SOCK_RAW CAN_RAW")
class CanRawIT {
    private static final int NO_INTERFACE = 0x7fff_0000;

    private final ByteBuffer frame = ByteBuffer.allocateDirect(CanFrame.SIZE).order(ByteOrder.nativeOrder());
    private Can can = Kernel.later();

    @BeforeEach
    void bus() throws IOException {
        can = Can.with(SocketType.RAW, Linux.CAN_RAW);
    }

    @AfterEach
    void end() throws IOException {
        Kernel.close(can);
    }

    @Test
    void candumpSeesWhatIsSent() throws Exception {
        try (Program candump = can.start("candump", "-L", "-n", "4", "vcan0");
                Socket socket = can.raw().bind(can.address())) {
            can.awaitFilters(2);
            socket.send(Can.frame(0x123, 0xde, 0xad, 0xbe, 0xef), 0);
            socket.send(Can.frame(Linux.CAN_EFF_FLAG | 0x1234567, 1, 2, 3, 4, 5, 6, 7, 8), 0);
            socket.send(Can.frame(Linux.CAN_RTR_FLAG | 0x7ff), 0);
            socket.sendTo(Can.frame(0x001), can.address(), 0);
            assertEquals(
                    List.of("123#DEADBEEF", "01234567#0102030405060708", "7FF#R", "001#"), Can.frames(candump.end()));
        }
    }

    @Test
    void whatCansendSendsIsReceivedWithItsInterface() throws Exception {
        try (Socket socket = can.raw().bind(new CanAddress(0))) { // every bus
            can.run("cansend", "vcan0", "5A1#11.22.33");
            Sockaddr from = new Sockaddr();
            assertEquals(CanFrame.SIZE, socket.recvFrom(frame.clear(), from, 0));
            assertEquals("5A1#112233", Can.text(frame));
            assertEquals(can.address(), from.decode());
            can.run("cansend", "vcan0", "1F334455#R");
            socket.recvFrom(frame.clear(), from, 0);
            assertEquals("1F334455#R", Can.text(frame));
        }
    }

    @Test
    void filtersChoose() throws Exception {
        try (Socket socket = can.raw().bind(can.address());
                Socket sender = can.raw().bind(can.address())) {
            assertArrayEquals(
                    new CanFilter[] {new CanFilter(0, 0)}, socket.getOption(CanRawOptions.CAN_RAW_FILTER), "all");
            CanFilter[] filters = {
                new CanFilter(0x100, 0x700), new CanFilter(Linux.CAN_INV_FILTER | 0x200, Linux.CAN_SFF_MASK & 0x200)
            };
            socket.setOption(CanRawOptions.CAN_RAW_FILTER, filters);
            assertArrayEquals(filters, socket.getOption(CanRawOptions.CAN_RAW_FILTER));
            socket.setOption(CanRawOptions.CAN_RAW_FILTER, new CanFilter[] {filters[0]});
            for (int id : new int[] {0x0ff, 0x100, 0x200, 0x1ff, 0x7ff}) {
                sender.send(Can.frame(id), 0);
            }
            socket.recv(frame.clear(), 0);
            assertEquals("100#", Can.text(frame));
            socket.recv(frame.clear(), 0);
            assertEquals("1FF#", Can.text(frame));
            socket.setOption(CanRawOptions.CAN_RAW_FILTER, new CanFilter[0]);
            sender.send(Can.frame(0x100), 0);
            assertEquals(Socket.WOULD_BLOCK, socket.timeout(Socket.NON_BLOCKING).recv(frame.clear(), 0));
        }
    }

    @Test
    void ownFramesComeBackOnRequestAndSayThatTheyAreOwn() throws Exception {
        try (Socket socket = can.raw().bind(can.address());
                Socket other = can.raw().bind(can.address());
                Message message = new Message()) {
            socket.setOption(CanRawOptions.CAN_RAW_RECV_OWN_MSGS, true);
            socket.send(Can.frame(0x42), 0);
            socket.receiveMessage(message.data(frame.clear()), 0);
            assertEquals("042#", Can.text(frame));
            assertTrue((message.flags() & Linux.MSG_CONFIRM) != 0, "its own");
            other.receiveMessage(message.data(frame.clear()), 0);
            assertFalse((message.flags() & Linux.MSG_CONFIRM) != 0, "somebody else's");
            assertTrue((message.flags() & Linux.MSG_DONTROUTE) != 0, "of this host");
            socket.setOption(CanRawOptions.CAN_RAW_LOOPBACK, false);
            socket.send(Can.frame(0x43), 0);
            assertEquals(Socket.WOULD_BLOCK, other.timeout(Socket.NON_BLOCKING).recv(frame.clear(), 0));
        }
    }

    @Test
    void whatIsNoFrameIsRefused() throws Exception {
        try (Socket socket = can.raw().bind(can.address())) {
            Kernel.assertFails(Errno.EINVAL, () -> socket.send(Can.frame(1).limit(CanFrame.SIZE - 1), 0));
            ByteBuffer tooLong = Can.frame(1);
            CanFrame.len(tooLong, 0, Linux.CAN_MAX_DLEN + 1);
            Kernel.assertFails(Errno.EINVAL, () -> socket.send(tooLong, 0));
            assertEquals(0, tooLong.position(), "nothing was sent");
        }
    }

    @Test
    void aBusThatIsDownOrMissing() throws Exception {
        try (Socket socket = can.raw().bind(can.address());
                Socket unbound = can.raw()) {
            can.down();
            Kernel.assertFails(Errno.ENETDOWN, () -> socket.send(Can.frame(1), 0));
            Exception e = Kernel.assertFails(Errno.ENODEV, () -> unbound.bind(new CanAddress(NO_INTERFACE)));
            assertTrue(e.toString().contains("bind(can:"), e.toString());
        }
    }

    @Test
    void closeWakesWhoReceives() throws Exception {
        try (Socket socket = can.raw().bind(can.address())) {
            Waiting.endsByClose(socket, () -> socket.recv(frame.clear(), 0));
        }
    }
}
