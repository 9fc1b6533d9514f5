package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Option;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.examples.Program;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DCCP: connections of datagrams with congestion control, gone from Linux 6.16 on; against python. */
@Tests(family = "DCCP", type = "SOCK_DCCP")
class DccpIT {
    private static final Option<byte[]> SERVICE =
            Option.bytes(Linux.SOL_DCCP, Linux.DCCP_SOCKOPT_SERVICE, Integer.BYTES);
    private static final byte[] CODE = {'s', 'f', 'd', '1'};

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 11);

    @BeforeEach
    void available() throws IOException {
        dccp().close();
        Kernel.assumeInstalled("python3", "python3");
    }

    private static Socket dccp() throws IOException {
        return Kernel.open(Domain.INET, new SocketType(Linux.SOCK_DCCP), Linux.IPPROTO_DCCP);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Socket listener() throws IOException {
        return dccp().setOption(SERVICE, CODE).bind(loopback(0)).listen();
    }

    private static int port(Socket socket) throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    @Test
    void aPythonClientIsAnswered() throws Exception {
        try (Socket listener = listener();
                Program client = Program.start(List.of(Python.command("""
                        s = _socket.socket(_socket.AF_INET, 6, 33)
                        s.setsockopt(269, 2, b'sfd1')
                        s.connect(('127.0.0.1', int(sys.argv[1])))
                        s.send(b'one'); s.send(b'three')
                        print(s.recv(100).decode())
                        """, Integer.toString(port(listener)))));
                Socket socket = Kernel.accept(listener)) {
            assertArrayEquals(CODE, socket.getOption(SERVICE));
            assertEquals(3, socket.recv(buffer.clear(), 0));
            assertEquals(5, socket.recv(buffer.clear(), 0), "datagrams keep their boundaries");
            assertEquals("three", Kernel.text(buffer));
            socket.send(Kernel.bytes("answer"), 0);
            assertEquals("answer\n", client.end());
        }
    }

    @Test
    void anotherServiceIsRefused() throws Exception {
        try (Socket listener = listener();
                Socket client = dccp().setOption(SERVICE, new byte[] {'n', 'o', 'n', 'e'})) {
            Kernel.assertFails(Errno.EBADRQC, () -> client.connect(loopback(port(listener))));
        }
    }

    @Test
    void aDatagramIsNotFragmented() throws Exception {
        Option<byte[]> mps = Option.bytes(Linux.SOL_DCCP, Linux.DCCP_SOCKOPT_GET_CUR_MPS, Integer.BYTES);
        try (Socket listener = listener();
                Socket client = dccp().setOption(SERVICE, CODE)) {
            client.connect(loopback(port(listener)));
            try (Socket accepted = Kernel.accept(listener)) {
                int most = ByteBuffer.wrap(client.getOption(mps))
                        .order(java.nio.ByteOrder.nativeOrder())
                        .getInt();
                Kernel.assertFails(Errno.EMSGSIZE, () -> client.send(ByteBuffer.allocateDirect(most + 1), 0));
                assertEquals(4, client.send(Kernel.bytes("less"), 0));
                assertEquals(4, accepted.recv(buffer.clear(), 0));
            }
        }
    }
}
