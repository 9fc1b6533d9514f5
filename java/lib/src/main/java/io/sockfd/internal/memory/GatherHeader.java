package io.sockfd.internal.memory;

import io.sockfd.raw.Memory;
import io.sockfd.raw.SteadyAddresses;
import io.sockfd.raw.struct.Iovec;
import io.sockfd.raw.struct.Msghdr;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A msghdr and its iovecs over the caller's buffers, for one call: direct buffers where they are, others as copies in {@link
 * CallMemory}. Each thread has a few, because a hot path makes no object, and who sends some buffers receives into others: a
 * call takes the one that had its first buffer the last time. That keeps what the iovecs said, and writes only what is another
 * now.
 *
 * <p>What another thread does to the buffers meanwhile, or to the array of them, changes nothing: what the kernel was told
 * is read once, and kept here until the call is over.
 */
public final class GatherHeader {
    private static final PerThread<Few> OF_THREAD = new PerThread<>(Few::new);

    /** The kernel's UIO_MAXIOV; more gives EMSGSIZE. */
    private static final int MOST = 1024;

    /** There is room for so many at least. */
    private static final int SMALLEST = 16;

    /** No datagram has so many bytes, and no copy either. */
    private static final long TOO_LONG = 1 << 30;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final SteadyAddresses addresses = new SteadyAddresses(SMALLEST);
    private @Nullable ByteBuffer[] buffers = new ByteBuffer[SMALLEST];

    // the struct msghdr and struct iovec[], and what stands in the latter
    private ByteBuffer memory = NONE;
    private long base;
    private long[] bases = new long[0];
    private int[] lengths = new int[0];

    private ByteBuffer copies = NONE;
    private boolean copied;
    private int held;

    private GatherHeader() {}

    /** A thread's. */
    private static final class Few {
        private final @Nullable GatherHeader[] all = new GatherHeader[4];
        private int oldest;

        /** One whose first buffer was this the last time, or another. */
        GatherHeader withFirst(ByteBuffer first) {
            for (GatherHeader header : all) {
                if (header != null && header.addresses.hasAt(0, first)) {
                    return header;
                }
            }
            return another();
        }

        private GatherHeader another() {
            int place = oldest;
            oldest = (place + 1) % all.length;
            GatherHeader header = all[place];
            if (header == null) {
                header = new GatherHeader();
                all[place] = header;
            }
            return header;
        }
    }

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
        GatherHeader header = OF_THREAD.get().withFirst(length == 0 ? NONE : buffers[first]);
        try {
            int count = header.layOut(Math.min(length, MOST), buffers, first, out, copyMax);
            boolean tooMany = length > MOST && out && copyMax == Long.MAX_VALUE;
            // a stream takes the rest later, but a datagram would be cut
            Msghdr.msg_iovlen(header.memory, 0, tooMany ? MOST + 1 : count);
            return header;
        } catch (RuntimeException | Error e) {
            header.forget();
            throw e;
        }
    }

    /** Gives how many iovecs there are. */
    private int layOut(int wanted, ByteBuffer[] from, int first, boolean out, long copyMax) {
        if (lengths.length < wanted || lengths.length == 0) {
            grow(wanted);
        }
        System.arraycopy(from, first, buffers, 0, wanted);
        held = wanted;
        for (int i = addresses.standing(buffers, wanted, !out, bases, lengths); i < wanted; i++) {
            ByteBuffer buffer = Objects.requireNonNull(buffers[i], "buffer");
            int position = buffer.position();
            int room = Math.max(0, buffer.limit() - position);
            long address = out ? addresses.of(i, buffer) : addresses.ofWritable(i, buffer);
            if (address == 0) {
                return copy(wanted, from, first, out, copyMax);
            }
            iovec(i, address + position, room);
        }
        return wanted;
    }

    private void grow(int wanted) {
        int capacity = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, wanted - 1)) * 2);
        if (capacity > SMALLEST) {
            buffers = new ByteBuffer[capacity];
            addresses.grow(capacity);
        }
        bases = new long[capacity];
        lengths = new int[capacity];
        memory = Memory.allocate(at(capacity)); // zeros, as the arrays
        base = Memory.address(memory);
        Msghdr.msg_iov(memory, 0, base + Msghdr.SIZE);
    }

    private static int at(int i) {
        return Msghdr.SIZE + i * Iovec.SIZE;
    }

    private void iovec(int i, long address, int length) {
        if (bases[i] != address) {
            bases[i] = address;
            Iovec.iov_base(memory, at(i), address);
        }
        if (lengths[i] != length) {
            lengths[i] = length;
            Iovec.iov_len(memory, at(i), length);
        }
    }

    // ---- copies --------------------------------------------------------------------------------------------------

    private int copy(int wanted, ByteBuffer[] from, int first, boolean out, long copyMax) {
        copied = true;
        copies = CallMemory.of(1);
        long needed = fill(wanted, from, first, out, copyMax);
        if (needed > TOO_LONG && out) {
            return nowhere();
        } else if (needed > copies.capacity()) {
            copies = CallMemory.of((int) Math.min(needed, TOO_LONG));
            long ignored = fill(wanted, from, first, out, copies.capacity()); // no more, if one has grown since
        }
        return held;
    }

    /** Gives the size that it takes; where that is more than there is, copies are missing, and it must be done again. */
    private long fill(int wanted, ByteBuffer[] from, int first, boolean out, long copyMax) {
        long start = Memory.address(copies);
        long copy = 0;
        Arrays.fill(buffers, 0, held, null);
        held = wanted;
        for (int i = 0; i < held; i++) {
            ByteBuffer buffer = from[first + i];
            buffers[i] = buffer;
            int position = buffer.position();
            int room = Math.max(0, buffer.limit() - position);
            if (!out && buffer.isReadOnly()) {
                throw new ReadOnlyBufferException();
            }
            long address = addresses.of(i, buffer);
            if (address != 0) {
                iovec(i, address + position, room);
                continue;
            }
            if (room > copyMax - copy) {
                room = (int) (copyMax - copy);
                held = i + 1;
            }
            copy(buffer, position, room, copy, out);
            iovec(i, start + copy, room);
            copy += room;
        }
        return copy;
    }

    private void copy(ByteBuffer buffer, int position, int room, long at, boolean out) {
        if (!out) {
            CallMemory.check(buffer, copies);
        } else if (room <= copies.capacity() - at) {
            copies.put((int) at, buffer, position, room);
        }
    }

    /** A datagram too long to be copied, whose length alone the kernel shall see, and answer EMSGSIZE. */
    private int nowhere() {
        iovec(0, 0, Integer.MAX_VALUE);
        return 1;
    }

    // ---- the call ------------------------------------------------------------------------------------------------

    /** The address of the struct msghdr. */
    public long address() {
        return base;
    }

    /** Moves the positions by what the call moved, and copies back what was received elsewhere. */
    public void advance(boolean out, long bytes) {
        @Nullable ByteBuffer[] moved = buffers;
        int[] offered = lengths;
        boolean back = !out && copied;
        long left = bytes;
        for (int i = 0; left > 0; i++) {
            ByteBuffer buffer = i < held ? moved[i] : null;
            if (buffer == null) {
                throw new AssertionError("more moved than was offered");
            }
            int part = (int) Math.min(left, offered[i]);
            int position = buffer.position();
            if (back && addresses.of(i, buffer) == 0) {
                buffer.put(position, copies, (int) (bases[i] - Memory.address(copies)), part);
            }
            buffer.position(position + part);
            left -= part;
        }
    }

    /** Lets go of the buffers; until here the kernel was given their addresses. */
    public void forget() {
        Arrays.fill(buffers, 0, held, null);
        held = 0;
        copied = false;
        copies = NONE;
    }
}
