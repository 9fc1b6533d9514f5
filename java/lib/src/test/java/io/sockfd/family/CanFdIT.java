package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.examples.Program;
import io.sockfd.option.CanRawOptions;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.CanfdFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CAN FD: frames of up to 64 bytes, against can-utils. */
@Tests(family = "CAN", type = "SOCK_RAW CAN_RAW, FD frames")
class CanFdIT {
    private final ByteBuffer frame = ByteBuffer.allocateDirect(CanfdFrame.SIZE).order(ByteOrder.nativeOrder());
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
        byte[] data = new byte[Linux.CANFD_MAX_DLEN];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 3);
        }
        try (Program candump = can.start("candump", "-L", "-n", "2", "vcan0");
                Socket socket = can.raw().setOption(CanRawOptions.CAN_RAW_FD_FRAMES, true)) {
            socket.bind(can.address());
            can.awaitFilters(2);
            assertEquals(CanfdFrame.SIZE, socket.send(Can.fdFrame(0x123, Linux.CANFD_BRS, data), 0));
            socket.send(Can.frame(0x321, 9), 0);
            List<String> frames = Can.frames(candump.end());
            assertEquals("123##", frames.get(0).substring(0, 5));
            int flags = Character.digit(frames.get(0).charAt(5), 16); // CANFD_FDF comes from Linux 5.14 on
            assertEquals(Linux.CANFD_BRS, flags & (Linux.CANFD_BRS | Linux.CANFD_ESI));
            assertEquals("321#09", frames.get(1), "classic frames go beside them");
            assertArrayEquals(
                    data, java.util.HexFormat.of().parseHex(frames.get(0).substring(6)));
        }
    }

    @Test
    void whatCansendSendsIsReceived() throws Exception {
        try (Socket socket = can.raw().setOption(CanRawOptions.CAN_RAW_FD_FRAMES, true);
                Socket classic = can.raw()) {
            socket.bind(can.address());
            classic.bind(can.address());
            can.run("cansend", "vcan0", "00000456##311223344556677889900AABB");
            assertEquals(CanfdFrame.SIZE, socket.recv(frame.clear(), 0));
            assertEquals(Linux.CAN_EFF_FLAG | 0x456, CanfdFrame.can_id(frame, 0));
            assertEquals(12, CanfdFrame.len(frame, 0));
            assertEquals(Linux.CANFD_BRS | Linux.CANFD_ESI, CanfdFrame.flags(frame, 0) & 3);
            assertEquals((byte) 0xbb, frame.get(CanfdFrame.DATA + 11));
            assertEquals(
                    Socket.WOULD_BLOCK,
                    classic.timeout(Socket.NON_BLOCKING).recv(frame.clear(), 0),
                    "not for those who did not ask for them");
        }
    }

    @Test
    void withoutTheOptionTheyAreRefused() throws Exception {
        try (Socket socket = can.raw().bind(can.address())) {
            Kernel.assertFails(Errno.EINVAL, () -> socket.send(Can.fdFrame(1, 0, new byte[20]), 0));
        }
    }
}
