package io.sockfd.uring;

import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/**
 * Sends by a stream all that it is given, in order, one send after the other. What is {@linkplain #put put} while it is in
 * flight goes next, in one send; a send that the kernel cuts short goes on by itself. It completes when nothing is left, or
 * when a send fails: {@link #result} then is the number of bytes since the completion before ({@code Integer.MAX_VALUE} for
 * more), or -errno.
 *
 * <pre>{@code
 * SendAll out = ring.sendAll(socket);
 * out.put(frame);
 * out.put(buffer); // both are the caller's again
 * ring.await(-1); // submits, and waits
 * }</pre>
 *
 * <p>What was not sent by then, after {@link #cancel} or the end of a {@link #limit} for instance, is {@link #unsent}, and is
 * sent before what is put next.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
 */
public final class SendAll extends Operation {
    private static final int KEEP = 64 * 1024;
    private static final int FIRST_SIZE = 256;
    private static final int MOST = 1 << 30;
    private static final Block NOTHING = new Block(0);

    private Block gathered = NOTHING; // from 0 to the position
    private Block flying = NOTHING; // from the position to the limit
    private long sent;

    /** Memory of our own, which does not go away. */
    private static final class Block {
        final ByteBuffer bytes;
        final long address;

        Block(int size) {
            bytes = Memory.allocate(size).limit(0);
            address = size == 0 ? 0 : Memory.address(bytes);
        }
    }

    SendAll(Core core, Socket socket) {
        super(core, socket);
        if (!socket.type().equals(SocketType.STREAM)) {
            throw new IllegalArgumentException(socket + " is no stream: send each of its messages by Send");
        }
    }

    /**
     * Takes all bytes between position and limit: copies them, and sends them after those of earlier calls, with the next {@link
     * Ring#await}. The buffer is the caller's again, with its position at its limit. Who puts much looks at {@link #unsent}.
     *
     * @throws IllegalStateException when more than 1 GiB would be unsent
     * @throws ClosedChannelException when the ring or the socket is closed; nothing is sent then
     */
    public void put(ByteBuffer data) throws IOException {
        core.check();
        int more = data.remaining();
        if (unsent() + more > MOST) {
            throw new IllegalStateException(
                    unsent() + " bytes are unsent, no more than " + MOST + " can be: put more after its completion");
        }
        gather(data, more);
        if (!isActive() && unsent() > 0) {
            if (!flying.bytes.hasRemaining()) {
                turn();
            }
            begin();
        }
    }

    private void gather(ByteBuffer data, int more) {
        int size = gathered.bytes.limit();
        if (gathered.bytes.capacity() - size < more) {
            Block larger = new Block(Math.max(size + more, Math.max(FIRST_SIZE, 2 * gathered.bytes.capacity())));
            larger.bytes.limit(size).put(gathered.bytes.rewind()).rewind();
            gathered = larger;
        }
        ByteBuffer into = gathered.bytes;
        into.limit(size + more).position(size);
        into.put(data).rewind();
    }

    /** What was gathered flies next. */
    private void turn() {
        Block free = flying;
        flying = gathered;
        gathered = free.bytes.capacity() > KEEP ? NOTHING : free;
        if (gathered.bytes.capacity() > 0) {
            gathered.bytes.clear().limit(0);
        }
    }

    /** How many bytes were put, and are not known to be sent. */
    public long unsent() {
        return (long) gathered.bytes.remaining() + flying.bytes.remaining();
    }

    @Override
    String name() {
        return "send";
    }

    @Override
    void write(ByteBuffer sqes, int at, int fd, long token) {
        int flags = Linux.MSG_NOSIGNAL | Linux.MSG_WAITALL;
        ByteBuffer data = flying.bytes;
        long from = flying.address + data.position();
        Submission.write(sqes, at, Linux.IORING_OP_SEND, 0, 0, fd, 0, from, data.remaining(), flags, token, 0);
    }

    @Override
    void completed(int result, int flags, boolean done) {
        if (result >= 0) {
            ByteBuffer data = flying.bytes;
            data.position(data.position() + result);
            sent += result;
            if (!data.hasRemaining()) {
                turn();
            }
            if (flying.bytes.hasRemaining()) { // the next one, or what tells why this one was short
                int again = flyAgain();
                if (again == 0) {
                    return;
                }
                result(again);
            } else {
                result((int) Math.min(sent, Integer.MAX_VALUE));
            }
        }
        sent = 0;
    }
}
