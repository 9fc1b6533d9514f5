package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.CanAddress;
import io.sockfd.examples.Program;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.BcmMsgHead;
import io.sockfd.raw.struct.CanFrame;
import io.sockfd.raw.struct.Timeval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The broadcast manager: the kernel sends in cycles and tells of changes only, against can-utils. */
@Tests(family = "CAN", type = "SOCK_DGRAM CAN_BCM")
class CanBcmIT {
    private static final long CYCLE_MICROS = 20_000;

    private final ByteBuffer message =
            ByteBuffer.allocateDirect(BcmMsgHead.SIZE + CanFrame.SIZE).order(ByteOrder.nativeOrder());
    private Can can = Kernel.later();

    @BeforeEach
    void bus() throws IOException {
        can = Can.with(SocketType.DGRAM, Linux.CAN_BCM);
    }

    @AfterEach
    void end() throws IOException {
        Kernel.close(can);
    }

    private Socket bcm() throws IOException {
        Socket socket = can.socket(SocketType.DGRAM, Linux.CAN_BCM);
        socket.connect(can.address());
        return socket;
    }

    /** A head, and one frame behind it unless that is null. */
    private ByteBuffer message(int opcode, int flags, int id, long ival2Micros, ByteBuffer... frames) {
        message.clear();
        for (int i = 0; i < message.capacity(); i++) {
            message.put(i, (byte) 0);
        }
        BcmMsgHead.opcode(message, 0, opcode);
        BcmMsgHead.flags(message, 0, flags);
        BcmMsgHead.can_id(message, 0, id);
        BcmMsgHead.nframes(message, 0, frames.length);
        Timeval.tv_usec(message, BcmMsgHead.IVAL2, ival2Micros);
        for (ByteBuffer frame : frames) {
            message.put(BcmMsgHead.SIZE, frame, 0, CanFrame.SIZE);
        }
        return message.limit(BcmMsgHead.SIZE + frames.length * CanFrame.SIZE);
    }

    @Test
    void framesAreSentInCyclesUntilTheyAreDeleted() throws Exception {
        try (Program candump = can.start("candump", "-L", "-n", "5", "vcan0");
                Socket socket = bcm()) {
            can.awaitFilters(1);
            socket.send(
                    message(
                            Linux.TX_SETUP,
                            Linux.SETTIMER | Linux.STARTTIMER,
                            0x321,
                            CYCLE_MICROS,
                            Can.frame(0x321, 0xca, 0xfe)),
                    0);
            assertEquals(java.util.Collections.nCopies(5, "321#CAFE"), Can.frames(candump.end()));
            socket.send(message(Linux.TX_READ, 0, 0x321, 0), 0);
            assertEquals(message.capacity(), socket.recv(message.clear(), 0));
            assertEquals(Linux.TX_STATUS, BcmMsgHead.opcode(message, 0));
            assertEquals(
                    "321#CAFE",
                    Can.text(message.slice(BcmMsgHead.SIZE, CanFrame.SIZE).order(ByteOrder.nativeOrder())));
            socket.send(message(Linux.TX_DELETE, 0, 0x321, 0), 0);
            Kernel.assertFails(Errno.EINVAL, () -> socket.send(message(Linux.TX_DELETE, 0, 0x321, 0), 0));
        }
    }

    @Test
    void onlyChangesAreTold() throws Exception {
        try (Socket socket = bcm()) {
            socket.send(message(Linux.RX_SETUP, 0, 0x200, 0, Can.frame(0x200, 0xff)), 0); // the mask
            for (String data : List.of("01", "01", "02", "02", "03")) {
                can.run("cansend", "vcan0", "200#" + data);
            }
            for (String data : List.of("01", "02", "03")) {
                assertEquals(message.capacity(), socket.recv(message.clear(), 0));
                assertEquals(Linux.RX_CHANGED, BcmMsgHead.opcode(message, 0));
                assertEquals(
                        "200#" + data,
                        Can.text(message.slice(BcmMsgHead.SIZE, CanFrame.SIZE).order(ByteOrder.nativeOrder())));
            }
            assertEquals(Socket.WOULD_BLOCK, socket.timeout(Socket.NON_BLOCKING).recv(message.clear(), 0));
        }
    }

    @Test
    void silenceIsTold() throws Exception {
        try (Socket socket = bcm()) {
            ByteBuffer setup =
                    message(Linux.RX_SETUP, Linux.SETTIMER | Linux.STARTTIMER | Linux.RX_FILTER_ID, 0x201, 0);
            Timeval.tv_usec(setup, BcmMsgHead.IVAL1, CYCLE_MICROS);
            socket.send(setup, 0);
            assertEquals(BcmMsgHead.SIZE, socket.recv(message.clear(), 0));
            assertEquals(Linux.RX_TIMEOUT, BcmMsgHead.opcode(message, 0));
            assertEquals(0x201, BcmMsgHead.can_id(message, 0));
        }
    }

    @Test
    void whatIsNoMessageIsRefused() throws Exception {
        try (Socket socket = bcm();
                Socket nowhere = can.socket(SocketType.DGRAM, Linux.CAN_BCM)) {
            Kernel.assertFails(
                    Errno.EINVAL,
                    () -> socket.send(message(Linux.TX_SETUP, 0, 1, 0).limit(9), 0));
            Kernel.assertFails(Errno.EINVAL, () -> socket.send(message(99, 0, 1, 0), 0));
            Kernel.assertFails(Errno.ENOTCONN, () -> nowhere.send(message(Linux.TX_READ, 0, 1, 0), 0));
            Exception e = Kernel.assertFails(Errno.ENODEV, () -> nowhere.connect(new CanAddress(0x7fff_0000)));
            assertTrue(e.toString().contains("connect(can:"), e.toString());
        }
    }
}
