package io.sockfd;

import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.nio.ByteBuffer;

/**
 * A msghdr and its iovecs over the caller's buffers, laid out in {@link Bounce} for one call: direct buffers where they
 * are, heap buffers as copies behind the iovecs.
 */
final class Vector {
    /** The kernel's UIO_MAXIOV; more gives EMSGSIZE. */
    private static final int MOST = 1024;

    private Vector() {}

    /** Room for the message that the other two lay out and read; no object, because a hot path makes none. */
    static ByteBuffer memory(ByteBuffer[] buffers, int first, int length) {
        int count = Math.min(length, MOST);
        long heap = 0;
        for (int i = first; i < first + count; i++) {
            heap += buffers[i].isDirect() ? 0 : buffers[i].remaining();
        }
        return Bounce.of(Math.toIntExact(Msghdr.SIZE + (long) count * Iovec.SIZE + heap));
    }

    /**
     * Lays the buffers out.
     *
     * @param out copies what heap buffers hold
     * @return the address of the msghdr
     */
    static long layOut(ByteBuffer memory, ByteBuffer[] buffers, int first, int length, boolean out) {
        int count = Math.min(length, MOST);
        long base = Memory.address(memory);
        int copy = Msghdr.SIZE + count * Iovec.SIZE;
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = buffers[first + i];
            int iovec = Msghdr.SIZE + i * Iovec.SIZE;
            Iovec.iov_len(memory, iovec, buffer.remaining());
            if (buffer.isDirect()) {
                Iovec.iov_base(memory, iovec, Memory.address(buffer) + buffer.position());
            } else {
                Iovec.iov_base(memory, iovec, base + copy);
                if (out) {
                    memory.put(copy, buffer, buffer.position(), buffer.remaining());
                }
                copy += buffer.remaining();
            }
        }
        for (int i = 0; i < Msghdr.SIZE; i += Long.BYTES) {
            memory.putLong(i, 0);
        }
        Msghdr.msg_iov(memory, 0, base + Msghdr.SIZE);
        Msghdr.msg_iovlen(memory, 0, count);
        return base;
    }

    /** Moves the positions by what the call moved, and copies back what heap buffers received. */
    static void advance(ByteBuffer memory, ByteBuffer[] buffers, int first, int length, boolean out, long bytes) {
        int count = Math.min(length, MOST);
        long left = bytes;
        int copy = Msghdr.SIZE + count * Iovec.SIZE;
        for (int i = first; i < first + count; i++) {
            ByteBuffer buffer = buffers[i];
            int room = buffer.remaining();
            int moved = (int) Math.min(left, room);
            if (!out && !buffer.isDirect() && moved > 0) {
                buffer.put(buffer.position(), memory, copy, moved);
            }
            copy += buffer.isDirect() ? 0 : room;
            buffer.position(buffer.position() + moved);
            left -= moved;
        }
    }
}
