package io.sockfd.event;

import io.sockfd.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection that an {@link EventLoop} {@linkplain EventLoop#serve serves}: what it sends is brought to a
 * {@link PeerHandler}, and what it shall get is given to {@link #send}, which never waits. All methods but {@link #socket} and
 * the attachment's are for the loop's thread. Closing the socket, on any thread, ends it, and what was not sent is lost.
 */
public abstract class Peer {
    private final Socket socket;
    private final PeerHandler handler;
    private volatile @Nullable Object attachment;
    private boolean finishing;

    /** For {@link LoopEngine}s. */
    protected Peer(Socket socket, PeerHandler handler) {
        this.socket = socket;
        this.handler = handler;
    }

    /** Its socket: read from it or write to it elsewhere, and the bytes are in no order. */
    public final Socket socket() {
        return socket;
    }

    /** Who is told. */
    protected final PeerHandler handler() {
        return handler;
    }

    /** For the user. */
    public final @Nullable Object attachment() {
        return attachment;
    }

    public final void attach(@Nullable Object newAttachment) {
        attachment = newAttachment;
    }

    /**
     * Sends all bytes between position and limit, after those of earlier calls: at once or, copied into memory that grows as
     * need be, when there is room. The buffer is the caller's again, with its position at its limit. Who sends much looks at
     * {@link #unsent}, and goes on when {@link PeerHandler#sent} is called.
     *
     * @throws IOException when the connection is broken; that may also come later, and be told to {@link
     *     EventLoop#onFailure}
     * @throws java.nio.channels.ClosedChannelException after a close
     * @throws IllegalStateException after {@link #finish}
     */
    public final void send(ByteBuffer data) throws IOException {
        if (finishing) {
            throw new IllegalStateException("nothing is sent after finish()");
        } else if (!socket.isOpen()) {
            throw new ClosedChannelException();
        }
        put(data);
    }

    /**
     * What {@link #send} does where it may.
     *
     * @param data all of it is taken, now or into memory of the peer's own
     * @throws IOException when the connection is broken
     */
    protected abstract void put(ByteBuffer data) throws IOException;

    /** How many bytes wait to be sent. */
    public abstract long unsent();

    /**
     * Leaves what comes from now on in the kernel, so that the peer has to wait when that has no room; what was received
     * before may still be brought.
     */
    public abstract void pause() throws IOException;

    /** Undoes {@link #pause}. */
    public abstract void resume() throws IOException;

    /** Closes the socket when all is sent. */
    public final void finish() throws IOException {
        finishing = true;
        if (unsent() == 0) {
            socket.close();
        } else {
            pause();
        }
    }

    /** Whether {@link #finish} was called: what comes is nobody's then. */
    protected final boolean isFinishing() {
        return finishing;
    }

    /**
     * To be called when there is nothing left to send: tells the handler, or ends a peer that was waiting for it.
     *
     * @throws IOException of the handler, or of the close
     */
    protected final void allSent() throws IOException {
        if (finishing) {
            socket.close();
        } else {
            handler.sent(this);
        }
    }

    /** Begins to serve it; called once. */
    protected abstract void start() throws IOException;
}
