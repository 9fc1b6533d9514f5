package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.jfr.AcceptEvent;
import io.sockfd.internal.jfr.ConnectEvent;
import io.sockfd.internal.jfr.Flight;
import io.sockfd.internal.jfr.OperationEvent;
import io.sockfd.internal.jfr.ReadEvent;
import io.sockfd.internal.jfr.TransferEvent;
import io.sockfd.internal.jfr.WriteEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * What the flight recorder is told of sockets: each connect and accept, and each send and receive that had to wait. What can
 * proceed at once does not come by here. An event is null unless a recorder was started.
 */
final class Recorded {
    private Recorded() {}

    /** Begins a send or a receive that has to wait, unless it was begun. */
    static @Nullable TransferEvent transfer(@Nullable TransferEvent begun, boolean out) {
        if (begun != null || !Flight.isOn()) {
            return begun;
        }
        return out ? WriteEvent.start() : ReadEvent.start();
    }

    static @Nullable OperationEvent connect() {
        return Flight.isOn() ? ConnectEvent.start() : null;
    }

    static @Nullable OperationEvent accept() {
        return Flight.isOn() ? AcceptEvent.start() : null;
    }

    /**
     * Ends a transfer, inside of a call.
     *
     * @param result the bytes, or -errno
     * @param peer of datagrams; null for the connection's
     */
    static void end(@Nullable TransferEvent event, Endpoint socket, long result, @Nullable Sockaddr peer) {
        if (event != null && event.ended()) {
            event.moved(Math.max(0, result), 1);
            record(event, socket, result, peer);
        }
    }

    /** As {@link #end(TransferEvent, Endpoint, long, Sockaddr)} outside of a call; not of a socket that was closed meanwhile. */
    static void endBetweenCalls(@Nullable TransferEvent event, Endpoint socket, long bytes) {
        if (event != null) {
            try {
                int ignored = socket.enter();
                try {
                    end(event, socket, bytes, null);
                } finally {
                    socket.exit();
                }
            } catch (ClosedChannelException e) {
                // it has no names any more
            }
        }
    }

    /** As {@link #end(TransferEvent, Endpoint, long, Sockaddr)} for a batch, of which the result is the number of messages. */
    static void endBatch(@Nullable TransferEvent event, Endpoint socket, long result) {
        if (event != null && event.ended()) {
            event.moved(0, (int) Math.max(0, result));
            record(event, socket, result, null);
        }
    }

    /**
     * Ends a connect, inside of a call, or an accept, whose connection nobody else knows yet.
     *
     * @param result not negative, or -errno
     */
    static void end(@Nullable OperationEvent event, Subject socket, long result, @Nullable Sockaddr peer) {
        if (event != null && event.ended()) {
            record(event, socket, result, peer);
        }
    }

    /** Ends a connect that failed, inside of a call. */
    static void failed(@Nullable OperationEvent event, Endpoint socket, IOException e, @Nullable Sockaddr peer) {
        if (event != null) {
            end(event, socket, -Errors.errnoOf(e).orElse(Errno.EINTR).value(), peer);
        }
    }

    private static void record(OperationEvent event, Subject socket, long result, @Nullable Sockaddr peer) {
        Sockaddr name = new Sockaddr();
        String local = socket.local(name) ? name.toString() : null;
        String remote = peer != null && !peer.isEmpty() ? peer.toString() : socket.peer(name) ? name.toString() : null;
        event.record(
                socket.number(),
                local,
                remote,
                result < 0 ? Errno.ofResult(result).name() : null);
    }
}
