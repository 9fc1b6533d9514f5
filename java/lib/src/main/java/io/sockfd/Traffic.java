package io.sockfd;

import io.sockfd.address.Sockaddr;
import io.sockfd.internal.jfr.Flight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The sends and receives of a {@link Socket}: {@link Transfer}, {@link Exchange} and {@link Whole}, and past them the flight
 * recorder where it runs. Where it does not, one look at a field says so.
 */
final class Traffic {
    private Traffic() {}

    // ---- bytes ---------------------------------------------------------------------------------------------------

    static int send(Endpoint socket, byte[] src, int offset, int length, int flags) throws IOException {
        return Flight.isOn()
                ? (int) Recorded.write(socket, null, () -> Transfer.send(socket, src, offset, length, flags))
                : Transfer.send(socket, src, offset, length, flags);
    }

    static int send(Endpoint socket, ByteBuffer src, @Nullable Sockaddr to, int flags) throws IOException {
        return Flight.isOn()
                ? (int) Recorded.write(socket, to, () -> Transfer.send(socket, src, to, flags))
                : Transfer.send(socket, src, to, flags);
    }

    static int receive(Endpoint socket, byte[] dst, int offset, int length, int flags) throws IOException {
        return Flight.isOn()
                ? (int) Recorded.read(socket, null, () -> Transfer.receive(socket, dst, offset, length, flags))
                : Transfer.receive(socket, dst, offset, length, flags);
    }

    static int receive(Endpoint socket, ByteBuffer dst, @Nullable Sockaddr from, int flags) throws IOException {
        return Flight.isOn()
                ? (int) Recorded.read(socket, from, () -> Transfer.receive(socket, dst, from, flags))
                : Transfer.receive(socket, dst, from, flags);
    }

    // ---- all of them, and as channels do -------------------------------------------------------------------------

    static void sendAll(Endpoint socket, ByteBuffer src) throws IOException {
        if (Flight.isOn()) {
            long from = src.position();
            long ignored = Recorded.write(socket, null, () -> {
                Whole.send(socket, src);
                return src.position() - from;
            });
        } else {
            Whole.send(socket, src);
        }
    }

    static void receiveExactly(Endpoint socket, ByteBuffer dst) throws IOException {
        if (Flight.isOn()) {
            long from = dst.position();
            long ignored = Recorded.read(socket, null, () -> {
                Whole.receive(socket, dst);
                return dst.position() - from;
            });
        } else {
            Whole.receive(socket, dst);
        }
    }

    static int write(Endpoint socket, ByteBuffer src) throws IOException {
        return Flight.isOn()
                ? (int) Recorded.write(socket, null, () -> Whole.write(socket, src))
                : Whole.write(socket, src);
    }

    static long write(Endpoint socket, ByteBuffer[] srcs, int offset, int length) throws IOException {
        return Flight.isOn()
                ? Recorded.write(socket, null, () -> Whole.write(socket, srcs, offset, length))
                : Whole.write(socket, srcs, offset, length);
    }

    static int read(Endpoint socket, ByteBuffer dst) throws IOException {
        return Flight.isOn()
                ? (int) Recorded.read(socket, null, () -> Whole.read(socket, dst))
                : Whole.read(socket, dst);
    }

    static long read(Endpoint socket, ByteBuffer[] dsts, int offset, int length) throws IOException {
        return Flight.isOn()
                ? Recorded.read(socket, null, () -> Whole.read(socket, dsts, offset, length))
                : Whole.read(socket, dsts, offset, length);
    }

    // ---- messages ------------------------------------------------------------------------------------------------

    /** With MSG_ZEROCOPY there is a keeper, as {@link Exchange#send(Endpoint, Message, int, ZeroCopyTickets)} says. */
    static long send(Endpoint socket, Message message, int flags, @Nullable ZeroCopyTickets keeper) throws IOException {
        return Flight.isOn()
                ? Recorded.write(socket, message.address(), () -> Exchange.send(socket, message, flags, keeper))
                : Exchange.send(socket, message, flags, keeper);
    }

    static long receive(Endpoint socket, Message message, int flags) throws IOException {
        return Flight.isOn()
                ? Recorded.read(socket, message.address(), () -> Exchange.receive(socket, message, flags))
                : Exchange.receive(socket, message, flags);
    }

    static int send(Endpoint socket, MessageBatch batch, int from, int n, int flags) throws IOException {
        return Flight.isOn()
                ? Recorded.batch(socket, true, batch, from, () -> Exchange.send(socket, batch, from, n, flags))
                : Exchange.send(socket, batch, from, n, flags);
    }

    static int receive(Endpoint socket, MessageBatch batch, int from, int n, int flags) throws IOException {
        return Flight.isOn()
                ? Recorded.batch(socket, false, batch, from, () -> Exchange.receive(socket, batch, from, n, flags))
                : Exchange.receive(socket, batch, from, n, flags);
    }

    // ---- past user space -----------------------------------------------------------------------------------------

    static long sendFile(Endpoint socket, FileChannel file, long position, long count) throws IOException {
        return Flight.isOn()
                ? Recorded.write(socket, null, () -> FileSource.send(socket, file, position, count))
                : FileSource.send(socket, file, position, count);
    }

    static long sendFile(Endpoint socket, Descriptor file, long position, long count) throws IOException {
        return Flight.isOn()
                ? Recorded.write(socket, null, () -> FileSource.send(socket, file, position, count))
                : FileSource.send(socket, file, position, count);
    }

    /** A receive of the source; the target may be no socket. */
    static long splice(Endpoint source, Descriptor target, long count) throws IOException {
        return Flight.isOn()
                ? Recorded.read(source, null, () -> Splice.move(source, target, count))
                : Splice.move(source, target, count);
    }
}
