package io.sockfd.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.Message;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.examples.Program;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** VSOCK messages over the loopback transport, against python. */
@Tests(family = "VSOCK", type = "SOCK_SEQPACKET")
class VsockSeqpacketIT {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 10);

    @BeforeEach
    void transport() throws IOException {
        Vsock.assumeLoopback();
        Vsock.socket(SocketType.SEQPACKET).close();
    }

    @Test
    void messagesKeepTheirBoundaries() throws Exception {
        try (Socket listener = Vsock.listener(SocketType.SEQPACKET);
                Program client = Program.start(List.of(Python.command("""
                        s = _socket.socket(_socket.AF_VSOCK, _socket.SOCK_SEQPACKET)
                        s.connect((1, int(sys.argv[1])))
                        for m in b'one', b'three', b'x' * 600: s.send(m)
                        print(s.recv(100).decode(), s.recv(100).decode())
                        """, Integer.toString(Vsock.port(listener)))));
                Socket peer = Kernel.accept(listener);
                Message message = new Message()) {
            assertEquals(3, peer.recv(buffer.clear(), 0));
            assertEquals("one", Kernel.text(buffer));
            assertEquals(5, peer.recv(buffer.clear(), 0));
            assertEquals(100, peer.receiveMessage(message.data(buffer.clear().limit(100)), 0), "the rest is lost");
            assertTrue(message.truncated());
            assertEquals(2, peer.send(Kernel.bytes("to"), Linux.MSG_EOR));
            assertEquals(3, peer.send(Kernel.bytes("you"), Linux.MSG_EOR));
            assertEquals("to you\n", client.end());
            assertEquals(-1, peer.recv(buffer.clear(), 0));
        }
    }

    @Test
    void closeWakesWhoReceives() throws Exception {
        try (Socket listener = Vsock.listener(SocketType.SEQPACKET);
                Socket client = Vsock.socket(SocketType.SEQPACKET)) {
            client.connect(new io.sockfd.address.VsockAddress(1, Vsock.port(listener)));
            try (Socket peer = Kernel.accept(listener)) {
                Waiting.endsByClose(peer, () -> peer.recv(buffer.clear(), 0));
            }
        }
    }
}
