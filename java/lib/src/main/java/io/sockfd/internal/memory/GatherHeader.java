package io.sockfd.internal.memory;

import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A msghdr and its iovecs over the caller's buffers, laid out in {@link CallMemory} for one call: direct buffers where they
 * are, others as copies behind the iovecs. Each thread has one, because a hot path makes no object.
 *
 * <p>What another thread does to the buffers meanwhile, or to the array of them, changes nothing: what the kernel was told
 * is read once, and kept here until the call is over.
 */
public final class GatherHeader {
    private static final PerThread<GatherHeader> OF_THREAD = new PerThread<>(GatherHeader::new);

    /** The kernel's UIO_MAXIOV; more gives EMSGSIZE. */
    private static final int MOST = 1024;

    /** So many are room without growing. */
    private static final int FEW = 16;

    /** No datagram has so many bytes, and no copy either. */
    private static final long TOO_LONG = 1 << 30;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private @Nullable ByteBuffer[] buffers = new ByteBuffer[FEW];
    private ByteBuffer memory = NONE;
    private long base;
    private int count;
    private int held;

    private GatherHeader() {}

    /**
     * Lays the buffers out.
     *
     * @param out copies what is not sent from where it is
     * @param copyMax what is copied at most, for a stream; the buffers behind are left out then
     * @return for this call, to be {@linkplain #forget forgotten} after it
     * @throws ReadOnlyBufferException when one is to receive and cannot
     * @throws IllegalStateException when the arena of one is closed
     */
    public static GatherHeader layOut(ByteBuffer[] buffers, int first, int length, boolean out, long copyMax) {
        GatherHeader header = OF_THREAD.get();
        try {
            header.layOut(Math.min(length, MOST), buffers, first, out, copyMax);
            if (length > MOST && out && copyMax == Long.MAX_VALUE) {
                // a stream takes the rest later, but a datagram would be cut
                Msghdr.msg_iovlen(header.memory, 0, MOST + 1);
            }
            return header;
        } catch (RuntimeException | Error e) {
            header.forget();
            throw e;
        }
    }

    private void layOut(int wanted, ByteBuffer[] from, int first, boolean out, long copyMax) {
        if (buffers.length < wanted) {
            buffers = new ByteBuffer[MOST];
        }
        memory = CallMemory.of(iovec(wanted));
        long needed = fill(wanted, from, first, out, copyMax);
        if (needed > TOO_LONG && out) {
            nowhere();
        } else if (needed > memory.capacity()) {
            memory = CallMemory.of((int) Math.min(needed, TOO_LONG));
            fill(wanted, from, first, out, memory.capacity() - iovec(wanted)); // no more, if one has grown since
        }
        for (int i = 0; i < Msghdr.SIZE; i += Long.BYTES) {
            memory.putLong(i, 0);
        }
        Msghdr.msg_iov(memory, 0, base + Msghdr.SIZE);
        Msghdr.msg_iovlen(memory, 0, count);
    }

    private static int iovec(int i) {
        return Msghdr.SIZE + i * Iovec.SIZE;
    }

    /** Gives the size that it takes; where that is more than there is, copies are missing, and it must be done again. */
    private long fill(int wanted, ByteBuffer[] from, int first, boolean out, long copyMax) {
        base = Memory.address(memory);
        long copy = iovec(wanted);
        long end = copy + Math.min(copyMax, Long.MAX_VALUE - copy);
        count = wanted;
        held = wanted;
        for (int i = 0; i < count; i++) {
            ByteBuffer buffer = from[first + i];
            buffers[i] = buffer;
            int position = buffer.position();
            int room = Math.max(0, buffer.limit() - position);
            if (!out && buffer.isReadOnly()) {
                throw new ReadOnlyBufferException();
            }
            long address = Memory.steadyAddress(buffer);
            if (address != 0) {
                address += position;
            } else {
                address = base + copy;
                if (room > end - copy) {
                    room = (int) (end - copy);
                    count = i + 1;
                }
                copy(buffer, position, room, copy, out);
                copy += room;
            }
            Iovec.iov_base(memory, iovec(i), address);
            Iovec.iov_len(memory, iovec(i), room);
        }
        return copy;
    }

    private void copy(ByteBuffer buffer, int position, int room, long at, boolean out) {
        if (!out) {
            CallMemory.check(buffer, memory);
        } else if (room <= memory.capacity() - at) {
            memory.put((int) at, buffer, position, room);
        }
    }

    /** A datagram too long to be copied, whose length alone the kernel shall see, and answer EMSGSIZE. */
    private void nowhere() {
        count = 1;
        Iovec.iov_base(memory, iovec(0), 0);
        Iovec.iov_len(memory, iovec(0), Integer.MAX_VALUE);
    }

    /** The address of the struct msghdr. */
    public long address() {
        return base;
    }

    /** Moves the positions by what the call moved, and copies back what was received elsewhere. */
    public void advance(boolean out, long bytes) {
        long left = bytes;
        for (int i = 0; left > 0; i++) {
            ByteBuffer buffer = buffers[i];
            if (buffer == null) {
                throw new AssertionError("more moved than was offered");
            }
            int moved = (int) Math.min(left, Iovec.iov_len(memory, iovec(i)));
            int position = buffer.position();
            if (!out && Memory.steadyAddress(buffer) == 0) {
                buffer.put(position, memory, (int) (Iovec.iov_base(memory, iovec(i)) - base), moved);
            }
            buffer.position(position + moved);
            left -= moved;
        }
    }

    /** Lets go of the buffers; until here the kernel was given their addresses. */
    public void forget() {
        Arrays.fill(buffers, 0, held, null);
        memory = NONE;
    }
}
