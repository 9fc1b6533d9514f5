package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.TipcAddress;
import io.sockfd.examples.Program;
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
                        s.shutdown(_socket.SHUT_RDWR) # or the other side is told ECONNRESET
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
}
