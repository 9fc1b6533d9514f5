package io.sockfd.family;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.AddressFamilyException;
import io.sockfd.address.VsockAddress;
import io.sockfd.examples.Program;
import io.sockfd.nio.JavaSockets;
import io.sockfd.nio.NioSockets;
import io.sockfd.option.VsockOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VSOCK streams over the loopback transport, against python. */
@Tests(family = "VSOCK", type = "SOCK_STREAM")
class VsockStreamIT {
    private static final int UNUSED_PORT = 0x7fff_1234;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

    @BeforeEach
    void transport() throws IOException {
        Vsock.assumeLoopback();
    }

    @Test
    void aPythonClientIsAnswered() throws Exception {
        try (Socket listener = Vsock.listener(SocketType.STREAM);
                Program client = Program.start(List.of(Python.command("""
                        s = _socket.socket(_socket.AF_VSOCK, _socket.SOCK_STREAM)
                        s.connect((1, int(sys.argv[1])))
                        s.sendall(b'hello'); s.shutdown(_socket.SHUT_WR)
                        d = b''
                        while True:
                            p = s.recv(100)
                            if not p: break
                            d += p
                        print(d.decode())
                        """, Integer.toString(Vsock.port(listener)))));
                Socket peer = Kernel.accept(listener)) {
            assertEquals(
                    VsockAddress.LOCAL,
                    ((VsockAddress) peer.getRemoteAddress()).cid(),
                    "the client's CID is the loopback's");
            peer.recvExactly(buffer.clear().limit(5));
            assertEquals("hello", Kernel.text(buffer));
            assertEquals(-1, peer.recv(buffer.clear(), 0));
            peer.sendAll(Kernel.bytes("and good bye"));
            peer.shutdown(Linux.SHUT_WR);
            assertEquals("and good bye\n", client.end());
        }
    }

    @Test
    void aPythonServerAnswers() throws Exception {
        try (Program server = Program.start(List.of(Python.command("""
                        l = _socket.socket(_socket.AF_VSOCK, _socket.SOCK_STREAM)
                        l.bind((_socket.VMADDR_CID_ANY, _socket.VMADDR_PORT_ANY)); l.listen()
                        print('port', l.getsockname()[1], flush=True)
                        s = _socket.socket(fileno=l._accept()[0])
                        n = 0
                        while True:
                            p = s.recv(1 << 20)
                            if not p: break
                            n += len(p)
                        s.sendall(str(n).encode()); s.close()
                        """)));
                Socket client = Vsock.socket(SocketType.STREAM)) {
            int port = Integer.parseUnsignedInt(server.await("port "));
            client.setOption(VsockOptions.SO_VM_SOCKETS_BUFFER_SIZE, 1L << 17);
            assertEquals(1L << 17, client.getOption(VsockOptions.SO_VM_SOCKETS_BUFFER_SIZE));
            assertTrue(client.connect(new VsockAddress(VsockAddress.LOCAL, port)));
            assertEquals(new VsockAddress(VsockAddress.LOCAL, port), client.getRemoteAddress());
            for (int i = 0; i < 64; i++) {
                client.sendAll(buffer.clear()); // 4 MiB: more than any buffer on the way
            }
            client.shutdown(Linux.SHUT_WR);
            assertTrue(client.recv(buffer.clear(), 0) > 0);
            assertEquals(Integer.toString(64 << 16), Kernel.text(buffer));
            server.end();
        }
    }

    @Test
    void nobodyListens() throws Exception {
        try (Socket client = Vsock.socket(SocketType.STREAM)) {
            Exception e = Kernel.assertFails(
                    Errno.ECONNRESET, () -> client.connect(new VsockAddress(VsockAddress.LOCAL, UNUSED_PORT)));
            assertTrue(e.toString().contains("vsock:1:" + UNUSED_PORT), e.toString());
        }
    }

    @Test
    void aPortIsBoundOnce() throws Exception {
        try (Socket first = Vsock.listener(SocketType.STREAM);
                Socket second = Vsock.socket(SocketType.STREAM)) {
            Kernel.assertFails(
                    Errno.EADDRINUSE, () -> second.bind(new VsockAddress(VsockAddress.ANY, Vsock.port(first))));
        }
    }

    @Test
    void closeWakesWhoAccepts() throws Exception {
        try (Socket listener = Vsock.listener(SocketType.STREAM)) {
            Waiting.endsByClose(listener, listener::accept);
        }
    }

    @Test
    void aWrongFamilyIsRefused() throws Exception {
        try (Socket socket = Kernel.open(Domain.UNIX, SocketType.STREAM, 0)) {
            assertThrows(AddressFamilyException.class, () -> socket.connect(new VsockAddress(VsockAddress.LOCAL, 1)));
        }
    }

    /** Channels of java.nio over both ends, watched by one selector, and a java.net.Socket over one. */
    @Test
    void channelsAndAViewOverIt() throws Exception {
        try (ServerSocketChannel listener = NioSockets.serverSocketChannelOf(Vsock.listener(SocketType.STREAM));
                SocketChannel client = NioSockets.socketChannelOf(Vsock.socket(SocketType.STREAM));
                Selector selector = NioSockets.provider().openSelector()) {
            listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            VsockAddress bound = (VsockAddress) listener.getLocalAddress();
            assertTrue(client.connect(new VsockAddress(VsockAddress.LOCAL, bound.port())));
            assertEquals(1, selector.select(5000));
            try (SocketChannel accepted = listener.accept()) {
                assertEquals(VsockAddress.LOCAL, ((VsockAddress) accepted.getRemoteAddress()).cid());
                accepted.configureBlocking(false);
                SelectionKey key = accepted.register(selector, SelectionKey.OP_READ);
                client.write(Kernel.bytes("asked"));
                selector.selectedKeys().clear();
                assertEquals(1, selector.select(5000));
                assertTrue(key.isReadable());
                assertEquals(5, accepted.read(buffer.clear()));
                accepted.write(buffer.flip());
                java.net.Socket view = JavaSockets.of(NioSockets.socketOf(client));
                assertEquals("asked", new String(view.getInputStream().readNBytes(5), US_ASCII));
                assertEquals(client.getRemoteAddress(), view.getRemoteSocketAddress());
            }
            assertEquals(-1, client.read(buffer.clear()));
        }
    }
}
