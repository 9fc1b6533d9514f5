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
 * What the flight recorder is told of sockets: each connect and accept, each send and receive, from the call of the public
 * method to its end, with the waits in between. An event is null where no recording wants it.
 */
final class Recorded {
    private Recorded() {}

    /** A send or a receive: the bytes, of a batch the messages, or {@link Endpoint#WOULD_BLOCK}. */
    @FunctionalInterface
    interface Operation {
        long run() throws IOException;
    }

    // ---- sends and receives --------------------------------------------------------------------------------------

    static long write(Endpoint socket, @Nullable Sockaddr to, Operation operation) throws IOException {
        return move(WriteEvent.start(), socket, to, operation);
    }

    static long read(Endpoint socket, @Nullable Sockaddr from, Operation operation) throws IOException {
        return move(ReadEvent.start(), socket, from, operation);
    }

    private static long move(
            @Nullable TransferEvent event, Endpoint socket, @Nullable Sockaddr peer, Operation operation)
            throws IOException {
        long moved = run(event, socket, peer, operation);
        if (event != null && moved != Endpoint.WOULD_BLOCK && event.ended()) {
            event.moved(moved, 1);
            record(event, socket, peer, null);
        }
        return moved;
    }

    static int batch(Endpoint socket, boolean out, MessageBatch batch, int from, Operation operation)
            throws IOException {
        TransferEvent event = out ? WriteEvent.start() : ReadEvent.start();
        int moved = (int) run(event, socket, null, operation);
        if (event != null && moved != Endpoint.WOULD_BLOCK && event.ended()) {
            long bytes = 0;
            for (int i = from; i < from + moved; i++) {
                bytes += batch.get(i).length();
            }
            event.moved(bytes, moved);
            record(event, socket, moved == 1 ? batch.get(from).address() : null, null);
        }
        return moved;
    }

    private static long run(
            @Nullable OperationEvent event, Endpoint socket, @Nullable Sockaddr peer, Operation operation)
            throws IOException {
        try {
            return operation.run();
        } catch (IOException | RuntimeException e) {
            failed(event, socket, e, peer);
            throw e;
        }
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    static @Nullable OperationEvent connect() {
        return Flight.look() ? ConnectEvent.start() : null;
    }

    static @Nullable OperationEvent accept() {
        return Flight.look() ? AcceptEvent.start() : null;
    }

    /** Ends what succeeded: a connect, or an accept, of which this is the connection. */
    static void end(@Nullable OperationEvent event, Endpoint socket, @Nullable Sockaddr peer) {
        if (event != null && event.ended()) {
            record(event, socket, peer, null);
        }
    }

    /** Ends what the kernel, a timeout or a close made fail; a fault of the arguments is no operation. */
    static void failed(@Nullable OperationEvent event, Endpoint socket, Exception e, @Nullable Sockaddr peer) {
        if (event != null && (e instanceof IOException || e instanceof WithErrno) && event.ended()) {
            String failure =
                    Errors.errnoOf(e).map(Errno::name).orElse(e.getClass().getSimpleName());
            record(event, socket, peer, failure);
        }
    }

    private static void record(
            OperationEvent event, Endpoint socket, @Nullable Sockaddr peer, @Nullable String failure) {
        int number = socket.number();
        String local = null;
        String remote = peer != null && !peer.isEmpty() ? peer.toString() : null;
        try {
            number = socket.enter();
            try {
                Sockaddr name = new Sockaddr();
                local = socket.local(name) ? name.toString() : null;
                remote = remote == null && socket.peer(name) ? name.toString() : remote;
            } finally {
                socket.exit();
            }
        } catch (ClosedChannelException e) {
            // it has no names any more
        }
        event.record(number, local, remote, failure);
    }
}
