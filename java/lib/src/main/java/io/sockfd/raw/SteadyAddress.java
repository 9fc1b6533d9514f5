package io.sockfd.raw;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * {@link Memory#steadyAddress} for somebody who asks again and again for the same two buffers, one to send and one to receive:
 * those are recognized, and no table is looked through. It keeps no buffer reachable. Threads may share it.
 */
public final class SteadyAddress {
    private @Nullable BufferAddress last;
    private @Nullable BufferAddress before;

    /** As {@link Memory#steadyAddress}. */
    public long of(ByteBuffer buffer) {
        BufferAddress known = last;
        if (known != null && known.refersTo(buffer)) {
            return known.steady;
        }
        BufferAddress second = before;
        return second != null && second.refersTo(buffer) ? second.steady : ofAnother(buffer);
    }

    private long ofAnother(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return 0;
        }
        BufferAddress found = BufferAddress.find(buffer);
        if (found == null) {
            return BufferAddress.steadyOfUnknown(buffer);
        }
        before = last;
        last = found;
        return found.steady;
    }
}
