package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Errno;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.CanAddress;
import io.sockfd.examples.Program;
import io.sockfd.option.CanIsotpOptions;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.CanIsotpFcOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ISO-TP: messages of up to 4095 bytes in CAN frames with flow control, against can-utils. */
@Tests(family = "CAN", type = "SOCK_DGRAM CAN_ISOTP")
class CanIsotpIT {
    private static final int TESTER = 0x7e0;
    private static final int ENGINE = 0x7e8;
    private static final int LONG = 300;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 13);
    private Can can = Kernel.later();

    @BeforeEach
    void bus() throws IOException {
        can = Can.with(SocketType.DGRAM, Linux.CAN_ISOTP);
        Kernel.assumeInstalled("isotpsend", "can-utils");
    }

    @AfterEach
    void end() throws IOException {
        Kernel.close(can);
    }

    private Socket isotp(int rx, int tx) throws IOException {
        return can.socket(SocketType.DGRAM, Linux.CAN_ISOTP).bind(new CanAddress(can.ifindex(), rx, tx));
    }

    private static byte[] pattern(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 7);
        }
        return data;
    }

    @Test
    void isotpsendSendsAMessageOfManyFrames() throws Exception {
        try (Socket socket = isotp(TESTER, ENGINE)) {
            byte[] data = pattern(LONG);
            try (Program sender = can.start("isotpsend", "-s", "7E0", "-d", "7E8", "vcan0")) {
                sender.sayAll(HexFormat.ofDelimiter(" ").formatHex(data) + "\n");
                assertEquals(LONG, socket.recv(buffer.clear(), 0));
                sender.end();
            }
            assertEquals(ByteBuffer.wrap(data), buffer.flip());
        }
    }

    @Test
    void isotprecvReceivesOne() throws Exception {
        try (Program receiver = can.start("isotprecv", "-s", "7E8", "-d", "7E0", "vcan0")) {
            can.awaitFilters(1);
            try (Socket socket = isotp(ENGINE, TESTER)) {
                byte[] data = pattern(LONG);
                assertEquals(LONG, socket.send(buffer.clear().put(data).flip(), 0));
                assertEquals(
                        HexFormat.ofDelimiter(" ").withUpperCase().formatHex(data),
                        receiver.end().trim());
            }
        }
    }

    @Test
    void theLongestMessageGoesBothWaysBetweenTwoSockets() throws Exception {
        int longest = 4095;
        try (Socket tester = isotp(ENGINE, TESTER);
                Socket engine = isotp(TESTER, ENGINE)) {
            assertEquals(
                    longest, tester.send(buffer.clear().put(pattern(longest)).flip(), 0));
            ByteBuffer received = ByteBuffer.allocateDirect(1 << 13);
            assertEquals(longest, engine.recv(received, 0));
            assertEquals(ByteBuffer.wrap(pattern(longest)), received.flip());
            assertEquals(3, engine.send(Kernel.bytes("ack"), 0));
            assertEquals(3, tester.recv(received.clear(), 0));
            assertEquals(new CanAddress(can.ifindex(), ENGINE, TESTER), tester.getLocalAddress());
        }
    }

    @Test
    void optionsAreSetBeforeBind() throws Exception {
        Option<byte[]> flowControl = Option.bytes(Linux.SOL_CAN_ISOTP, Linux.CAN_ISOTP_RECV_FC, CanIsotpFcOptions.SIZE);
        try (Socket socket = can.socket(SocketType.DGRAM, Linux.CAN_ISOTP)) {
            socket.setOption(CanIsotpOptions.CAN_ISOTP_TX_STMIN, 1_000_000L);
            assertEquals(1_000_000L, socket.getOption(CanIsotpOptions.CAN_ISOTP_TX_STMIN));
            socket.setOption(flowControl, new byte[] {8, 0, 0});
            assertEquals(8, socket.getOption(flowControl)[CanIsotpFcOptions.BS]);
            socket.bind(new CanAddress(can.ifindex(), ENGINE, TESTER));
            Kernel.assertFails(Errno.EISCONN, () -> socket.setOption(CanIsotpOptions.CAN_ISOTP_TX_STMIN, 0L));
        }
    }

    @Test
    void nobodyControlsTheFlow() throws Exception {
        try (Socket socket = isotp(ENGINE, TESTER)) {
            assertEquals(LONG, socket.send(buffer.clear().put(pattern(LONG)).flip(), 0), "the kernel has it");
            // its wait for the first flow control ends after a second
            assertTrue((socket.poll(Linux.POLLERR, java.time.Duration.ofSeconds(20)) & Linux.POLLERR) != 0);
            Kernel.assertFails(Errno.ECOMM, () -> socket.recv(buffer.clear(), 0));
        }
    }

    @Test
    void oneIdentifierForBothIsRefused() throws Exception {
        try (Socket socket = can.socket(SocketType.DGRAM, Linux.CAN_ISOTP)) {
            Kernel.assertFails(Errno.EADDRNOTAVAIL, () -> socket.bind(new CanAddress(can.ifindex(), TESTER, TESTER)));
        }
    }
}
