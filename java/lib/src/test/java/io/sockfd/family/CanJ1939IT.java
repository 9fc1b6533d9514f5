package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.ControlCursor;
import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.Option;
import io.sockfd.SockExtendedErr;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.J1939Address;
import io.sockfd.address.Sockaddr;
import io.sockfd.examples.Program;
import io.sockfd.option.J1939Options;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.J1939Filter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** J1939: parameter groups between addresses, with transport sessions beyond 8 bytes; against python. */
@Tests(family = "CAN", type = "SOCK_DGRAM CAN_J1939")
class CanJ1939IT {
    private static final int OURS = 0x20;
    private static final int THEIRS = 0x30;
    private static final int PGN = 0x12300;
    private static final int BROADCAST_PGN = 0xfeca;
    private static final int LONG = 500;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 12).order(ByteOrder.nativeOrder());
    private Can can = Kernel.later();

    @BeforeEach
    void bus() throws IOException {
        can = Can.with(SocketType.DGRAM, Linux.CAN_J1939);
        Kernel.assumeInstalled("python3", "python3");
    }

    @AfterEach
    void end() throws IOException {
        Kernel.close(can);
    }

    private J1939Address at(int address, int pgn) {
        return new J1939Address(can.ifindex(), 0, pgn, address);
    }

    private Socket j1939(int address) throws IOException {
        return can.socket(SocketType.DGRAM, Linux.CAN_J1939).bind(at(address, Linux.J1939_NO_PGN));
    }

    @Test
    void pythonAnswersInATransportSession() throws Exception {
        try (Program peer = can.start(Python.command("""
                        s = _socket.socket(_socket.AF_CAN, _socket.SOCK_DGRAM, _socket.CAN_J1939)
                        s.bind(('vcan0', 0, _socket.J1939_NO_PGN, 0x30))
                        print('ready', flush=True)
                        d, a = s.recvfrom(4096)
                        print('from', hex(a[2]), hex(a[3]), len(d), flush=True)
                        s.sendto(bytes(reversed(d)), ('vcan0', 0, a[2], a[3]))
                        """));
                Socket socket = j1939(OURS);
                Message message = new Message()) {
            String unused = peer.await("ready");
            byte[] data = new byte[LONG];
            data[0] = 1;
            assertEquals(LONG, socket.sendTo(buffer.clear().put(data).flip(), at(THEIRS, PGN), 0));
            assertEquals("0x12300 0x20 500", peer.await("from ").trim());
            Sockaddr from = new Sockaddr();
            assertEquals(
                    LONG, socket.receiveMessage(message.data(buffer.clear()).address(from), 0));
            // the kernel does not say on which bus
            assertEquals(new J1939Address(0, 0, PGN, THEIRS), from.decode());
            assertEquals(1, buffer.get(LONG - 1));
            assertEquals(OURS, control(message, Linux.SCM_J1939_DEST_ADDR));
            assertEquals(6, control(message, Linux.SCM_J1939_PRIO), "the default priority");
            peer.end();
        }
    }

    private static int control(Message message, int type) {
        ControlCursor controls = message.incoming().cursor();
        while (controls.next()) {
            if (controls.is(Linux.SOL_CAN_J1939, type)) {
                return controls.getByte(0);
            }
        }
        return -1;
    }

    @Test
    void broadcastsNeedPermissionAndReachAllWhoFilterForThem() throws Exception {
        Option<byte[]> filter = Option.bytes(Linux.SOL_CAN_J1939, Linux.SO_J1939_FILTER);
        try (Socket sender = j1939(OURS);
                Socket listener = j1939(THEIRS).setOption(SocketOptions.SO_BROADCAST, true);
                Socket deaf = j1939(THEIRS + 1).setOption(SocketOptions.SO_BROADCAST, true)) {
            J1939Address everybody = at(Linux.J1939_NO_ADDR, BROADCAST_PGN);
            Kernel.assertFails(Errno.EACCES, () -> sender.sendTo(Kernel.bytes("8 bytes."), everybody, 0));
            J1939Filter.pgn(buffer, 0, PGN);
            J1939Filter.pgn_mask(buffer, 0, 0x3ffff);
            byte[] wanted = new byte[J1939Filter.SIZE];
            buffer.get(0, wanted);
            deaf.setOption(filter, wanted);
            sender.setOption(SocketOptions.SO_BROADCAST, true);
            sender.setOption(J1939Options.SO_J1939_SEND_PRIO, 3);
            assertEquals(3, sender.getOption(J1939Options.SO_J1939_SEND_PRIO));
            assertEquals(8, sender.sendTo(Kernel.bytes("8 bytes."), everybody, 0));
            assertEquals(8, listener.recv(buffer.clear(), 0));
            assertEquals("8 bytes.", Kernel.text(buffer));
            assertEquals(Socket.WOULD_BLOCK, deaf.timeout(Socket.NON_BLOCKING).recv(buffer.clear(), 0));
        }
    }

    @Test
    void candumpSeesTheIdentifier() throws Exception {
        try (Program candump = can.start("candump", "-L", "-n", "1", "vcan0");
                Socket socket = j1939(OURS)) {
            can.awaitFilters(2);
            socket.sendTo(Kernel.bytes("abc"), at(THEIRS, PGN), 0);
            // priority 6, PGN 0x123, destination, source
            assertEquals("19233020#616263", Can.frames(candump.end()).get(0));
        }
    }

    @Test
    void anAddressWithoutAnOwnerDoesNotAnswer() throws Exception {
        try (Socket socket = j1939(OURS)) {
            assertEquals(LONG, socket.sendTo(buffer.clear().limit(LONG), at(THEIRS, PGN), 0));
            Kernel.assertFails(Errno.EHOSTUNREACH, () -> socket.recv(buffer.clear(), 0));
        }
    }

    @Test
    void theErrorQueueSaysSoInItsWords() throws Exception {
        try (Socket socket = j1939(OURS).setOption(J1939Options.SO_J1939_ERRQUEUE, true);
                Message message = new Message()) {
            assertEquals(LONG, socket.sendTo(buffer.clear().limit(LONG), at(THEIRS, PGN), 0));
            assertTrue((socket.poll(Linux.POLLERR, Duration.ofSeconds(20)) & Linux.POLLERR) != 0);
            socket.receiveMessage(message.data(buffer.clear()), Linux.MSG_ERRQUEUE);
            SockExtendedErr error = Objects.requireNonNull(message.incoming().extendedError());
            assertEquals(Errno.EHOSTUNREACH, error.errno());
            assertEquals(Linux.SO_EE_ORIGIN_LOCAL, error.origin());
            assertEquals(Linux.J1939_EE_INFO_TX_ABORT, error.info());
        }
    }

    @Test
    void anAddressIsBoundWithoutAnInterfaceNever() throws Exception {
        try (Socket socket = can.socket(SocketType.DGRAM, Linux.CAN_J1939)) {
            Kernel.assertFails(Errno.ENODEV, () -> socket.bind(new J1939Address(0, 0, Linux.J1939_NO_PGN, OURS)));
            Kernel.assertFails(Errno.EBADFD, () -> socket.sendTo(Kernel.bytes("x"), at(THEIRS, PGN), 0));
        }
    }
}
