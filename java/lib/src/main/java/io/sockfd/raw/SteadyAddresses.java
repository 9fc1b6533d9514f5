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

    private long ask(int place, ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return 0;
        }
        BufferAddress found = BufferAddress.find(buffer);
        if (found == null) {
            return BufferAddress.steadyOf(buffer);
        }
        last[place] = found;
        return found.steady;
    }
}
