package io.sockfd.wake;

import io.sockfd.Domain;
import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.WithErrno;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.util.Set;

/** A {@link Socket}, whose descriptor counts the calls inside. */
final class Guarded implements Channel {
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()));

    private final Socket socket;

    private Guarded(Socket socket) {
        this.socket = socket;
    }

    static Channel[] pair() throws IOException {
        Socket.Pair pair = Socket.pair(Domain.UNIX, SocketType.DGRAM);
        return new Channel[] {new Guarded(pair.first()), new Guarded(pair.second())};
    }

    @Override
    public long recv(boolean waits) throws IOException {
        ByteBuffer buffer = BUFFER.get().clear();
        try {
            int received = socket.recv(buffer, waits ? 0 : Linux.MSG_DONTWAIT);
            return received == Long.BYTES ? buffer.getLong(0) : 0;
        } catch (ClosedChannelException e) {
            throw new ClosedException();
        }
    }

    @Override
    public void send(long value) throws IOException {
        try {
            socket.send(BUFFER.get().clear().putLong(0, value), Linux.MSG_DONTWAIT);
        } catch (ClosedChannelException e) {
            throw new ClosedException();
        } catch (IOException e) {
            if (!isAlone(e)) {
                throw e;
            }
        }
    }

    /** The other end was closed first. */
    private static boolean isAlone(IOException e) {
        return e instanceof WithErrno w
                && Set.of(Errno.ECONNREFUSED, Errno.ENOTCONN, Errno.EPIPE).contains(w.errno());
    }

    @Override
    public long cookie() throws IOException {
        return Cookie.of(socket.fd());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
