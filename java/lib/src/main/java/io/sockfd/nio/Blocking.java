package io.sockfd.nio;

import io.sockfd.Socket;
import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.WaitOwner;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * How a channel's blocking operations wait and end. The channel owns the waits of its socket, so that an interrupt closes the
 * channel, and the socket with it. A thread that is interrupted already does not even begin.
 */
final class Blocking {
    private Blocking() {}

    static void own(Socket socket, WaitOwner channel) {
        Life.of(socket).owner(channel);
    }

    /** Follows the channel's mode, for those who use the socket itself. */
    static void configure(Socket socket, boolean block) {
        socket.timeout(block ? Socket.BLOCKING : Socket.NON_BLOCKING);
    }

    /**
     * Before a blocking operation: closes the channel when this thread is interrupted.
     *
     * @throws java.nio.channels.ClosedByInterruptException then
     */
    static void begin(WaitOwner channel) throws AsynchronousCloseException {
        if (Thread.currentThread().isInterrupted()) {
            channel.beginWait();
            channel.endWait(false);
        }
    }

    /** As the next one, for an operation that may wait; false for one that may not. It keeps the mode that it began with. */
    static boolean awaits(boolean blocking, Socket socket, int events) throws IOException {
        if (blocking) {
            await(socket, events);
        }
        return blocking;
    }

    /** Waits until the socket has one of these events. */
    static void await(Socket socket, int events) throws IOException {
        int ignored = socket.poll(events, null);
    }

    /**
     * The same until a deadline on {@link System#nanoTime}'s clock.
     *
     * @throws SocketTimeoutException with this message, when it passed first
     */
    static void await(Socket socket, int events, long deadline, String message) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0 || socket.poll(events, Duration.ofNanos(left)) == 0) {
            throw new SocketTimeoutException(message);
        }
    }

    /**
     * What an operation of a channel throws when its socket failed: a channel whose socket was closed is closed, too.
     */
    static IOException failed(Channel channel, IOException e) throws IOException {
        if (e instanceof ClosedChannelException
                && !(channel instanceof SelectableSocket s && s.behind().isOpen())) {
            boolean meanwhile = !channel.isOpen();
            channel.close();
            return meanwhile && e.getClass() == ClosedChannelException.class ? new AsynchronousCloseException() : e;
        }
        return e;
    }
}
