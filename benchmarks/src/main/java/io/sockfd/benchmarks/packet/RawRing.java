package io.sockfd.benchmarks.packet;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Tpacket3Hdr;
import io.sockfd.raw.struct.TpacketBlockDesc;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The ring's memory through the flyweights: no call at all, and so the same for all backends. */
public final class RawRing extends Reader {
    private final MappedRing ring;
    private final ByteBuffer memory;
    private final ByteBuffer frames;
    private int next;

    public RawRing() throws Exception {
        this(Opened.open(MappedRing::open));
    }

    private RawRing(Opened<MappedRing> opened) {
        super(opened.frames(), opened.reader().socket());
        ring = opened.reader();
        memory = ring.memory();
        frames = memory.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    void settle() {
        ring.settle(next);
    }

    @Override
    long read(int count) throws IOException {
        ByteBuffer bytes = memory;
        long sum = 0;
        for (int left = count; left > 0; ) {
            int block = next * RingShape.BLOCK_SIZE;
            if ((TpacketBlockDesc.block_status(bytes, block) & Linux.TP_STATUS_USER) == 0) {
                throw dropped(left);
            }
            VarHandle.acquireFence();
            int packets = TpacketBlockDesc.num_pkts(bytes, block);
            int head = block + TpacketBlockDesc.offset_to_first_pkt(bytes, block);
            for (int i = 0; i < packets; i++) {
                int frame = head + Tpacket3Hdr.tp_mac(bytes, head);
                sum += Tpacket3Hdr.tp_snaplen(bytes, head) + frames.getInt(frame + Frames.NUMBER);
                head += Tpacket3Hdr.tp_next_offset(bytes, head);
            }
            VarHandle.releaseFence();
            TpacketBlockDesc.block_status(bytes, block, Linux.TP_STATUS_KERNEL);
            next = (next + 1) % RingShape.BLOCKS;
            left -= packets;
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        super.close();
        ring.unmap();
    }
}
