package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.ControlCursor;
import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.address.TipcAddress;
import io.sockfd.examples.Program;
import io.sockfd.option.TipcOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TIPC messages to services by their names, against python, and the kernel's topology server. */
@Tests(family = "TIPC", type = "SOCK_RDM")
class TipcRdmIT {
    private static final int SERVICE = 18_888;
    private static final int NOBODY = 18_889;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 10).order(ByteOrder.nativeOrder());

    @BeforeEach
    void available() throws IOException {
        rdm().close();
        Kernel.assumeInstalled("python3", "python3");
    }

    private static Socket rdm() throws IOException {
        return Kernel.open(Domain.TIPC, SocketType.RDM, 0);
    }

    private static TipcAddress range(int lower, int upper) {
        return TipcAddress.serviceRange(SERVICE, lower, upper, Linux.TIPC_CLUSTER_SCOPE);
    }

    private static TipcAddress name(int type, int instance) {
        return TipcAddress.service(type, instance, 0);
    }

    @Test
    void pythonIsReachedByNameAndAnswers() throws Exception {
        try (Program peer = Program.start(List.of(Python.command("""
                        s = _socket.socket(_socket.AF_TIPC, _socket.SOCK_RDM)
                        s.bind((_socket.TIPC_ADDR_NAMESEQ, 18888, 10, 19, _socket.TIPC_CLUSTER_SCOPE))
                        print('ready', flush=True)
                        d, a = s.recvfrom(100)
                        s.sendto(d[::-1], a)
                        """)));
                Socket socket = rdm()) {
            String unused = peer.await("ready");
            socket.sendTo(Kernel.bytes("stressed"), name(SERVICE, 15), 0);
            Sockaddr from = new Sockaddr();
            assertEquals(8, socket.recvFrom(buffer.clear(), from, 0));
            assertEquals("desserts", Kernel.text(buffer));
            assertEquals(Linux.TIPC_SOCKET_ADDR, ((TipcAddress) from.decode()).addrtype());
            peer.end();
        }
    }

    @Test
    void pythonReachesABoundName() throws Exception {
        try (Socket socket = rdm().bind(range(100, 100));
                Program peer = Program.start(List.of(Python.command("""
                        s = _socket.socket(_socket.AF_TIPC, _socket.SOCK_RDM)
                        s.sendto(b'hello', (_socket.TIPC_ADDR_NAME, 18888, 100, 0))
                        print(s.recv(100).decode())
                        """)))) {
            Sockaddr from = new Sockaddr();
            assertEquals(5, socket.recvFrom(buffer.clear(), from, 0));
            socket.sendTo(Kernel.bytes("welcome"), from, 0);
            assertEquals("welcome\n", peer.end());
        }
    }

    @Test
    void aRangeIsReachedAsOneByMulticast() throws Exception {
        try (Socket low = rdm().bind(range(1, 5));
                Socket high = rdm().bind(range(6, 9));
                Socket outside = rdm().bind(range(20, 29));
                Socket sender = rdm()) {
            sender.sendTo(Kernel.bytes("to all"), range(4, 7), 0);
            assertEquals(6, low.recv(buffer.clear(), 0));
            assertEquals(6, high.recv(buffer.clear(), 0));
            assertEquals(
                    Socket.WOULD_BLOCK, outside.timeout(Socket.NON_BLOCKING).recv(buffer.clear(), 0));
        }
    }

    @Test
    void whatCannotBeDeliveredComesBack() throws Exception {
        TipcAddress gone;
        try (Socket receiver = rdm()) {
            gone = (TipcAddress) receiver.getLocalAddress();
        }
        try (Socket sender = rdm();
                Message message = new Message()) {
            sender.setOption(TipcOptions.TIPC_DEST_DROPPABLE, false);
            sender.sendTo(Kernel.bytes("return to sender"), gone, 0);
            Sockaddr from = new Sockaddr();
            sender.receiveMessage(message.data(buffer.clear()).address(from), 0);
            ControlCursor controls = message.incoming().cursor();
            int error = -1;
            while (controls.next()) {
                if (controls.is(Linux.SOL_TIPC, Linux.TIPC_ERRINFO)) {
                    error = controls.getInt(0);
                }
            }
            assertEquals(Linux.TIPC_ERR_NO_PORT, error);
        }
    }

    @Test
    void anUnknownNameIsNoRoute() throws Exception {
        try (Socket socket = rdm()) {
            Exception e =
                    Kernel.assertFails(Errno.EHOSTUNREACH, () -> socket.sendTo(Kernel.bytes("x"), name(NOBODY, 1), 0));
            assertTrue(e.toString().contains("tipc:"), e.toString());
            Kernel.assertFails(Errno.EACCES, () -> socket.bind(TipcAddress.serviceRange(1, 5, 5, 2))); // reserved
        }
    }

    @Test
    void theTopologyServerTellsOfServices() throws Exception {
        int subscription = 28; // struct tipc_subscr: a range, a timeout, a filter, and 8 bytes of the user's
        try (Socket topology = Kernel.open(Domain.TIPC, SocketType.SEQPACKET, 0)) {
            topology.connect(name(Linux.TIPC_TOP_SRV, Linux.TIPC_TOP_SRV));
            buffer.clear().putInt(SERVICE).putInt(300).putInt(310).putInt(Linux.TIPC_WAIT_FOREVER);
            buffer.putInt(Linux.TIPC_SUB_PORTS).putLong(42);
            topology.send(buffer.flip(), 0);
            try (Socket service = rdm().bind(range(305, 306))) {
                assertEquals(20 + subscription, topology.recv(buffer.clear(), 0));
                assertEquals(Linux.TIPC_PUBLISHED, buffer.getInt(0));
                assertEquals(305, buffer.getInt(4));
                assertEquals(306, buffer.getInt(8));
                assertEquals(((TipcAddress) service.getLocalAddress()).ref(), buffer.getInt(12));
            }
            assertEquals(20 + subscription, topology.recv(buffer.clear(), 0));
            assertEquals(Linux.TIPC_WITHDRAWN, buffer.getInt(0));
        }
    }

    @Test
    void closeWakesWhoReceives() throws Exception {
        try (Socket socket = rdm()) {
            Waiting.endsByClose(socket, () -> socket.recv(buffer.clear(), 0));
        }
    }
}
