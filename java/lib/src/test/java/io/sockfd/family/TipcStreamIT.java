package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.TipcAddress;
import io.sockfd.examples.Program;
import io.sockfd.netlink.Namespaces;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TIPC connections, against python, and between two nodes of a cluster. */
@Tests(family = "TIPC", type = "SOCK_STREAM")
class TipcStreamIT {
    private static final int SERVICE = 19_999;
    private static final int CHUNK = 1 << 15;
    private static final int CHUNKS = 16;
    private static final int POLLS = 100;
    private static final int POLL_MS = 100;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);

    @BeforeEach
    void available() throws IOException {
        stream().close();
        Kernel.assumeInstalled("python3", "python3");
    }

    private static Socket stream() throws IOException {
        return Kernel.open(Domain.TIPC, SocketType.STREAM, 0);
    }

    private static TipcAddress range(int instance) {
        return TipcAddress.serviceRange(SERVICE, instance, instance, Linux.TIPC_CLUSTER_SCOPE);
    }

    @Test
    void aPythonClientIsServed() throws Exception {
        try (Socket listener = stream().bind(range(1)).listen();
                Program client = Program.start(List.of(Python.command("""
                        s = _socket.socket(_socket.AF_TIPC, _socket.SOCK_STREAM)
                        s.connect((_socket.TIPC_ADDR_NAME, 19999, 1, 0))
                        n = 0
                        while n < 16 << 15: n += len(s.recv(1 << 16))
                        s.sendall(str(n).encode())
                        """)));
                Socket socket = Kernel.accept(listener)) {
            for (int i = 0; i < CHUNKS; i++) {
                socket.sendAll(buffer.clear());
            }
            assertTrue(socket.recv(buffer.clear(), 0) > 0);
            assertEquals(Integer.toString(CHUNKS * CHUNK), Kernel.text(buffer));
            client.end();
            assertEquals(-1, socket.recv(buffer.clear(), 0));
        }
    }

    @Test
    void nobodyListens() throws Exception {
        try (Socket socket = stream()) {
            Kernel.assertFails(Errno.EHOSTUNREACH, () -> socket.connect(TipcAddress.service(SERVICE, 77, 0)));
        }
    }

    @Test
    void aServiceOfAnotherNodeIsReached() throws Exception {
        Kernel.assumeInstalled("tipc", "iproute2");
        try (Namespaces net = Namespaces.pair()) {
            bearer(net.get(0), "right");
            bearer(net.get(1), "left");
            try (Socket listener = net.get(1).call(() -> stream().bind(range(5)).listen());
                    Socket client = connectOnce(net.get(0), 5);
                    Socket accepted = Kernel.accept(listener)) {
                client.sendAll(Kernel.bytes("over the wire"));
                accepted.recvExactly(buffer.clear().limit(13));
                assertEquals("over the wire", Kernel.text(buffer));
                int here = ((TipcAddress) client.getLocalAddress()).node();
                assertEquals(here, ((TipcAddress) accepted.getRemoteAddress()).node());
                assertTrue(here != ((TipcAddress) accepted.getLocalAddress()).node(), "two nodes");
            }
        }
    }

    private static void bearer(Namespaces.Namespace node, String device) throws IOException {
        node.run(() -> {
            try (Program tipc = Program.start(List.of("tipc", "bearer", "enable", "media", "eth", "device", device))) {
                tipc.end();
            }
        });
    }

    /** A name is known on the other node when the two have found each other. */
    private static Socket connectOnce(Namespaces.Namespace node, int instance) throws Exception {
        for (int i = 0; ; i++) {
            Socket socket = node.call(TipcStreamIT::stream);
            try {
                socket.connect(TipcAddress.service(SERVICE, instance, 0));
                return socket;
            } catch (IOException e) {
                socket.close();
                if (i == POLLS) {
                    throw e;
                }
                Thread.sleep(POLL_MS);
            }
        }
    }
}
