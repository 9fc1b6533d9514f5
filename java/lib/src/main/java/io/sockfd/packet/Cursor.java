package io.sockfd.packet;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How far a walk through a frame's headers has come: what is left for the next one, or why there is none. */
final class Cursor {
    ByteBuffer b = ByteBuffer.allocate(0);
    int offset;
    int limit;
    /** Bytes after the limit that were on the wire. */
    int cut;

    @Nullable
    String problem;

    void begin(ByteBuffer buffer, int offset, int limit, int cut) {
        b = buffer;
        this.offset = offset;
        this.limit = limit;
        this.cut = cut;
        problem = null;
    }

    /** Goes into a header: the rest is what it carries then. */
    boolean enter(Header<?> header) {
        problem = header.inspect(b, offset, limit, cut);
        if (problem == null) {
            offset = header.payloadOffset();
            limit = header.payloadLimit();
            cut = header.payloadCut();
        }
        return problem == null;
    }
}
