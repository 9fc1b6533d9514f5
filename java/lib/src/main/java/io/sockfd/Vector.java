package io.sockfd;

import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

/**
 * A msghdr and its iovecs over the caller's buffers, laid out in {@link Bounce} for one call: direct buffers where they
 * are, heap buffers as copies behind the iovecs. No object, because a hot path makes none.
 */
final class Vector {
    /** The kernel's UIO_MAXIOV; more gives EMSGSIZE. */
    private static final int MOST = 1024;

    private Vector() {}

    /**
     * Lays the buffers out.
     *
     * @param out copies what heap buffers hold
     * @return the memory, which begins with the msghdr
     * @throws ReadOnlyBufferException when one is to receive and cannot
     */
    static ByteBuffer layOut(ByteBuffer[] buffers, int first, int length, boolean out) {
        int count = Math.min(length, MOST);
        ByteBuffer memory = Bounce.of(end(count));
        int needed = layOut(memory, buffers, first, count, out);
        if (needed > memory.capacity()) {
            memory = Bounce.of(needed);
            int ignored = layOut(memory, buffers, first, count, out);
        }
        return memory;
    }

    private static int end(int count) {
        return Msghdr.SIZE + count * Iovec.SIZE;
    }

    /** Gives the size that it takes; where that is more than there is, copies are missing. */
    private static int layOut(ByteBuffer memory, ByteBuffer[] buffers, int first, int count, boolean out) {
        long base = Memory.address(memory);
        int copy = end(count);
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = buffers[first + i];
            int position = buffer.position();
            int room = buffer.limit() - position;
            int iovec = end(i);
            Iovec.iov_len(memory, iovec, room);
            if (!out && buffer.isReadOnly()) {
                throw new ReadOnlyBufferException();
            } else if (buffer.isDirect()) {
                Iovec.iov_base(memory, iovec, Memory.address(buffer) + position);
            } else {
                Iovec.iov_base(memory, iovec, base + copy);
                if (out && room <= memory.capacity() - copy) {
                    memory.put(copy, buffer, position, room);
                }
                copy = Math.addExact(copy, room);
            }
        }
        for (int i = 0; i < Msghdr.SIZE; i += Long.BYTES) {
            memory.putLong(i, 0);
        }
        Msghdr.msg_iov(memory, 0, base + Msghdr.SIZE);
        Msghdr.msg_iovlen(memory, 0, count);
        return copy;
    }

    /** Moves the positions by what the call moved, and copies back what heap buffers received. */
    static void advance(ByteBuffer memory, ByteBuffer[] buffers, int first, int length, boolean out, long bytes) {
        long left = bytes;
        int copy = end(Math.min(length, MOST));
        for (int i = first; left > 0; i++) {
            ByteBuffer buffer = buffers[i];
            int position = buffer.position();
            int room = buffer.limit() - position;
            int moved = (int) Math.min(left, room);
            if (!buffer.isDirect()) {
                if (!out) {
                    buffer.put(position, memory, copy, moved);
                }
                copy += room;
            }
            buffer.position(position + moved);
            left -= moved;
        }
    }
}
