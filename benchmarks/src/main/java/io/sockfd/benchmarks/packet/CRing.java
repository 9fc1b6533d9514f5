package io.sockfd.benchmarks.packet;

import io.sockfd.benchmarks.Native;
import io.sockfd.raw.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;

/** {@code native/bench/loops/packet.c}: a ring of TPACKET_V3. */
public final class CRing extends Reader {
    static {
        Native.load();
    }

    private final MappedRing ring;
    /** The index of the block that comes next, an int. */
    private final ByteBuffer next = Memory.allocate(Integer.BYTES);

    public CRing() throws Exception {
        this(Opened.open(MappedRing::open));
    }

    private CRing(Opened<MappedRing> opened) {
        super(opened.frames(), opened.reader().socket());
        ring = opened.reader();
    }

    @Override
    void settle() {
        ring.settle(next.getInt(0));
    }

    @Override
    long read(int count) {
        return Native.check(
                ring(ring.address(), RingShape.BLOCK_SIZE, RingShape.BLOCKS, Memory.address(next), count),
                "reading a ring");
    }

    private static native long ring(long memory, int blockSize, int blocks, long next, int count);

    @Override
    public void close() throws IOException {
        super.close();
        ring.unmap();
    }
}
