package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.address.Sockaddr;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Connects a socket.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
 */
public final class Connect extends Operation {
    private final Socket socket;
    private final Sockaddr peer = new Sockaddr();

    Connect(Core core, Socket socket) {
        super(core, socket);
        this.socket = socket;
    }

    /**
     * Hands it to the kernel, with the next {@link Ring#await}.
     *
     * @throws IllegalStateException when it is in flight
     * @throws ClosedChannelException when the ring or the socket is closed
     */
    public void start(SocketAddress address) throws IOException {
        checkIdle();
        peer.set(address, socket.domain().value());
        if (peer.family() == Linux.AF_UNSPEC) {
            socket.hold().close(); // a disconnect: the socket no longer remembers its names
        }
        begin();
    }

    @Override
    String name() {
        return "connect";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        Submission.write(sqes, at, Linux.IORING_OP_CONNECT, 0, 0, fd, peer.length(), peer.address(), 0, 0, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {}
}
