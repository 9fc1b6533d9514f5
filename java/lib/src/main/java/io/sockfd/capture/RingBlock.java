package io.sockfd.capture;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Tpacket3Hdr;
import io.sockfd.raw.struct.TpacketBlockDesc;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One block of a receive ring, and the walk over its packets. What the memory says is believed only as far as it stays
 * within the block.
 *
 * <pre>
 *   block_desc 48 | private area | head, sockaddr_ll, bytes | head, sockaddr_ll, bytes | ...
 * </pre>
 */
final class RingBlock {
    private static final VarHandle STATUS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final RingPacket packet;
    private int left;
    private int next;

    /**
     * A view.
     *
     * @param memory exactly the block, in native byte order
     * @param cooked whether the packets come without link headers
     */
    RingBlock(ByteBuffer memory, boolean cooked) {
        this.memory = memory;
        this.packet = new RingPacket(memory, cooked);
    }

    /** Whether the kernel is done with the block. All that it wrote before it said so is visible then. */
    boolean isOurs() {
        return ((int) STATUS.getAcquire(memory, TpacketBlockDesc.BLOCK_STATUS) & Linux.TP_STATUS_USER) != 0;
    }

    /** Goes to the first packet. */
    void open() {
        left = TpacketBlockDesc.num_pkts(memory, 0);
        next = TpacketBlockDesc.offset_to_first_pkt(memory, 0);
    }

    /** Whether {@link #next} has one more. */
    boolean hasNext() {
        return left != 0;
    }

    /**
     * The next packet, the same object each time.
     *
     * @throws IOException when it is not within the block; the rest of the block is passed over then
     */
    RingPacket next() throws IOException {
        int head = next;
        if (head < TpacketBlockDesc.SIZE || head > memory.capacity() - RingPacket.HEAD || !packet.moveTo(head)) {
            throw malformed(head);
        }
        left--;
        if (left != 0) {
            next = head + Tpacket3Hdr.tp_next_offset(memory, head);
            if (next <= head) {
                throw malformed(next);
            }
        }
        return packet;
    }

    private IOException malformed(int head) {
        String rest = Integer.toUnsignedString(left);
        left = 0;
        return new IOException("a block of the packet ring is malformed at offset " + head + ", with " + rest
                + " packets left: they are passed over");
    }

    /** Gives the block back; everything that was read of it, was read before. */
    void giveBack() {
        left = 0;
        STATUS.setRelease(memory, TpacketBlockDesc.BLOCK_STATUS, Linux.TP_STATUS_KERNEL);
    }
}
