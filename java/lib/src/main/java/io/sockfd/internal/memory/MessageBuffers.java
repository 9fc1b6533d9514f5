package io.sockfd.internal.memory;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Iovec;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message's data buffers and the struct iovec[] made of them; what cannot be used in place goes through memory of its
 * own.
 *
 * <p>What the kernel is told is read once from the buffers and kept apart from what the setters set: nothing that another
 * thread does during a call changes it. One call at a time, see {@link OneThread}.
 */
public final class MessageBuffers {
    /** For {@link #prepare}: what cannot be used in place is refused. */
    public static final long NO_COPIES = -1;

    private static final ByteBuffer NO_BOUNCE = ByteBuffer.allocate(0);

    /** No datagram has so many bytes, and no copy either. */
    private static final long TOO_LONG = 1 << 30;

    private @Nullable ByteBuffer[] buffers;
    private int count;

    // of the call under way or the last one; addresses: 0 for what is copied
    private @Nullable ByteBuffer[] held;
    private long[] addresses;
    private ByteBuffer iov;
    private long[] bases; // what stands in the iovecs, so that only what is another now is written
    private int[] lengths;
    private long iovAddress;
    private ByteBuffer bounce = NO_BOUNCE;
    private long bounceAddress;
    private int prepared;
    private long room;
    private long stood;

    public MessageBuffers(int capacity) {
        buffers = new ByteBuffer[checked(capacity)];
        held = new ByteBuffer[capacity];
        addresses = new long[capacity];
        iov = Memory.allocate(capacity * Iovec.SIZE);
        bases = new long[capacity];
        lengths = new int[capacity];
    }

    private static int checked(int capacity) {
        if (capacity < 0 || capacity > Linux.UIO_MAXIOV) {
            throw new IllegalArgumentException(capacity + " buffers: a message takes 0 to " + Linux.UIO_MAXIOV);
        }
        return capacity;
    }

    /** Makes room for that many buffers. */
    public void reserve(int capacity) {
        if (checked(capacity) > buffers.length) {
            buffers = Arrays.copyOf(buffers, capacity);
        }
    }

    public int capacity() {
        return buffers.length;
    }

    public int count() {
        return count;
    }

    public ByteBuffer buffer(int i) {
        ByteBuffer buffer = i < count ? buffers[i] : null;
        if (buffer == null) {
            throw new IndexOutOfBoundsException("buffer " + i + " of " + count);
        }
        return buffer;
    }

    /** Forgets the buffers, but not the address of each, so that setting the same ones again costs nothing. */
    public void clear() {
        count = 0;
    }

    /** Lets go of the buffers; not during a call. */
    public void drop() {
        count = 0;
        Arrays.fill(buffers, null);
        Arrays.fill(held, null);
    }

    public void add(ByteBuffer buffer) {
        if (count == buffers.length) {
            throw new IllegalStateException("the message takes " + count + " buffers: use Message.reserveBuffers");
        }
        buffers[count] = Objects.requireNonNull(buffer, "buffer");
        count++;
    }

    /** The buffers now, in an array of their own. */
    public ByteBuffer[] copy() {
        ByteBuffer[] copy = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            copy[i] = buffer(i);
        }
        return copy;
    }

    /** Bytes between position and limit, all buffers together. */
    public long remaining() {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += buffer(i).remaining();
        }
        return bytes;
    }

    // ---- one call ------------------------------------------------------------------------------------------------

    /** The address of the array that was prepared. */
    public long address() {
        return iovAddress;
    }

    /** Where the first of what was prepared lies. */
    public long firstAddress() {
        return bases[0];
    }

    /** How many bytes that has. */
    public int firstLength() {
        return lengths[0];
    }

    /** How many iovecs it has. */
    public int prepared() {
        return prepared;
    }

    /** The bytes that they have together. */
    public long room() {
        return room;
    }

    /** The buffers that were prepared: one, or an array of them. */
    public Object held() {
        ByteBuffer only = prepared == 1 ? held[0] : null;
        return only == null ? Arrays.copyOf(held, prepared) : only;
    }

    /**
     * Lays the array out.
     *
     * @param receive makes room for what cannot be received in place; else that is copied
     * @param copyMax of the bytes that are copied, at most so many; the buffers behind are left out then
     * @throws ReadOnlyBufferException when one is to receive and cannot
     * @throws IllegalStateException when the arena of one is closed
     * @throws IllegalArgumentException when one must be copied, with {@link #NO_COPIES}
     */
    public void prepare(boolean receive, long copyMax) {
        @Nullable ByteBuffer[] from = buffers;
        int wanted = Math.min(count, from.length);
        prepared = 0;
        room = 0;
        grow(wanted);
        long copies = 0;
        int i = standing(from, wanted, receive);
        long all = stood;
        for (; i < wanted && (copies < copyMax || copyMax == NO_COPIES); i++) {
            ByteBuffer buffer = hold(i, from[i]);
            if (receive && buffer.isReadOnly()) {
                throw new ReadOnlyBufferException();
            }
            int position = buffer.position();
            int length = Math.max(0, buffer.limit() - position);
            if (addresses[i] == 0) {
                checkCopies(copyMax);
                length = (int) Math.min(length, copyMax - copies);
                copies += length;
            }
            // of what is copied it becomes an address when all lengths are known
            iovec(i, addresses[i] + position, length);
            all += length;
        }
        prepared = i;
        room = all;
        if (copies > TOO_LONG && !receive) {
            nowhere();
        } else if (copies > 0) {
            copy(receive, (int) Math.min(copies, TOO_LONG));
        }
    }

    /** How many, from the first on, are those of the last call, with the same bytes between position and limit. */
    @SuppressWarnings("ReferenceEquality") // equal content is not the same memory
    private int standing(@Nullable ByteBuffer[] from, int wanted, boolean receive) {
        @Nullable ByteBuffer[] last = held;
        long[] starts = addresses;
        long[] known = bases;
        int[] remained = lengths;
        long all = 0;
        int i = 0;
        while (i < wanted) {
            ByteBuffer buffer = from[i];
            long start = starts[i];
            if (buffer == null || buffer != last[i] || start == 0 || (receive && buffer.isReadOnly())) {
                break;
            }
            int position = buffer.position();
            int length = buffer.limit() - position;
            if (known[i] != start + position || remained[i] != length) {
                break;
            }
            all += length;
            i++;
        }
        stood = all;
        return i;
    }

    private void iovec(int i, long address, int length) {
        if (bases[i] != address) {
            bases[i] = address;
            Iovec.iov_base(iov, i * Iovec.SIZE, address);
        }
        if (lengths[i] != length) {
            lengths[i] = length;
            Iovec.iov_len(iov, i * Iovec.SIZE, length);
        }
    }

    private static void checkCopies(long copyMax) {
        if (copyMax == NO_COPIES) {
            throw new IllegalArgumentException("MSG_ZEROCOPY reads the memory after the call: of a heap buffer or a"
                    + " closeable arena it may be gone by then, use ByteBuffer.allocateDirect or Arena.ofAuto()");
        }
    }

    private void grow(int wanted) {
        if (wanted > held.length) {
            int capacity = buffers.length;
            held = new ByteBuffer[capacity];
            addresses = new long[capacity];
            iov = Memory.allocate(capacity * Iovec.SIZE); // zeros, as the arrays
            bases = new long[capacity];
            lengths = new int[capacity];
            iovAddress = 0;
        }
        if (iovAddress == 0) {
            iovAddress = Memory.address(iov);
        }
    }

    @SuppressWarnings("ReferenceEquality") // equal content is not the same memory
    private ByteBuffer hold(int i, @Nullable ByteBuffer buffer) {
        if (buffer == null) {
            throw new IllegalStateException("another thread changes the data of this message");
        }
        if (held[i] != buffer) {
            addresses[i] = Memory.steadyAddress(buffer);
            held[i] = buffer;
        }
        return buffer;
    }

    private void copy(boolean receive, int size) {
        if (size > bounce.capacity()) {
            bounce = Memory.allocate(size);
            bounceAddress = Memory.address(bounce);
        }
        int used = 0;
        for (int i = 0; i < prepared; i++) {
            ByteBuffer buffer = held[i];
            if (addresses[i] == 0 && buffer != null) {
                int position = (int) bases[i];
                int length = Math.min(lengths[i], size - used);
                if (receive) {
                    CallMemory.check(buffer, bounce);
                } else {
                    bounce.put(used, buffer, position, length);
                }
                iovec(i, bounceAddress + used, length);
                used += length;
            }
        }
    }

    /** MessageBuffers of their own over what is prepared but for its first bytes; as many as fill what is given back. */
    public ByteBuffer behind(long bytes) {
        long left = bytes;
        int first = 0;
        while (left >= Iovec.iov_len(iov, first * Iovec.SIZE)) {
            left -= Iovec.iov_len(iov, first * Iovec.SIZE);
            first++;
        }
        int size = (prepared - first) * Iovec.SIZE;
        ByteBuffer rest = Memory.allocate(size);
        rest.put(0, iov, first * Iovec.SIZE, size);
        Iovec.iov_base(rest, 0, Iovec.iov_base(rest, 0) + left);
        Iovec.iov_len(rest, 0, Iovec.iov_len(rest, 0) - left);
        return rest;
    }

    /** A datagram too long to be copied, whose length alone the kernel shall see, and answer EMSGSIZE. */
    private void nowhere() {
        prepared = 1;
        iovec(0, 0, Integer.MAX_VALUE);
    }

    /** Moves the positions over the bytes that were moved, buffer by buffer, and copies those that were received elsewhere. */
    public void advance(boolean receive, long bytes) {
        @Nullable ByteBuffer[] moved = held;
        int[] offered = lengths;
        long[] starts = addresses;
        long left = bytes;
        for (int i = 0; i < prepared && left > 0; i++) {
            ByteBuffer buffer = Objects.requireNonNull(moved[i], "held");
            int part = (int) Math.min(left, offered[i]);
            int position = buffer.position();
            if (receive && starts[i] == 0 && part > 0) { // nothing was copied for an empty one
                buffer.put(position, bounce, (int) (bases[i] - bounceAddress), part);
            }
            buffer.position(position + part);
            left -= part;
        }
    }
}
