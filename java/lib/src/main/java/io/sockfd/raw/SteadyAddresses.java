package io.sockfd.raw;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The {@linkplain Memory#steadyAddress steady addresses} of several buffers, for somebody who asks again and again for those
 * of the same ones in the same order: the buffer that was at a place the last time is found there, and no table is looked
 * through. It keeps no buffer reachable. For one thread at a time.
 */
public final class SteadyAddresses {
    private @Nullable BufferAddress[] last;

    /** None yet. */
    public SteadyAddresses(int places) {
        last = new BufferAddress[places];
    }

    /** Makes room for more. */
    public void grow(int places) {
        last = Arrays.copyOf(last, places);
    }

    /**
     * As {@link Memory#steadyAddress}.
     *
     * @param place from 0 to the places there are - 1
     */
    public long of(int place, ByteBuffer buffer) {
        BufferAddress known = last[place];
        return known != null && known.refersTo(buffer) ? known.steady : ask(place, buffer);
    }

    /**
     * As {@link #of}, of a buffer that may be written to; 0 for a read-only one.
     *
     * @param place from 0 to the places there are - 1
     */
    public long ofWritable(int place, ByteBuffer buffer) {
        BufferAddress known = last[place];
        return known != null && known.refersTo(buffer) ? known.writable : buffer.isReadOnly() ? 0 : ask(place, buffer);
    }

    /**
     * How many of the buffers, from the first on, were at their places the last time, and still have the memory between
     * position and limit that was written down.
     *
     * @param buffers as many as there are places, or fewer; their first {@code n} are not null
     * @param writable whether they must be
     * @param bases the address of each one's position
     * @param lengths what remained in each
     */
    public int standing(@Nullable ByteBuffer[] buffers, int n, boolean writable, long[] bases, int[] lengths) {
        @Nullable BufferAddress[] known = last;
        int i = 0;
        while (i < n && stands(buffers[i], known[i], writable, bases[i], lengths[i])) {
            i++;
        }
        return i;
    }

    private static boolean stands(
            @Nullable ByteBuffer buffer, @Nullable BufferAddress known, boolean writable, long base, int length) {
        if (buffer == null || known == null || !known.refersTo(buffer)) {
            return false;
        }
        int position = buffer.position();
        long start = writable ? known.writable : known.steady;
        return start != 0 && start + position == base && buffer.limit() - position == length;
    }

    /**
     * Whether that buffer was at the place the last time.
     *
     * @param place from 0 to the places there are - 1
     */
    public boolean hasAt(int place, ByteBuffer buffer) {
        BufferAddress known = last[place];
        return known != null && known.refersTo(buffer);
    }

    private long ask(int place, ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return 0;
        }
        BufferAddress found = BufferAddress.find(buffer);
        if (found == null) {
            return BufferAddress.steadyOfUnknown(buffer);
        }
        last[place] = found;
        return found.steady;
    }
}
