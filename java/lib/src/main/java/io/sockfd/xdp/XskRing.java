package io.sockfd.xdp;

import io.sockfd.Errors;
import io.sockfd.internal.memory.Mapping;
import io.sockfd.option.XdpMmapOffsets;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.XdpDesc;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One ring: entries between two indexes, of which the kernel moves one. Both only ever grow, and wrap around. Once the mapping
 * is taken away everything is 0, and so nothing is believed that is not within the ring.
 */
final class XskRing {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final Mapping mapping;
    private final ByteBuffer memory;
    private final int mask;
    private final int producerAt;
    private final int consumerAt;
    private final int flagsAt;
    private final int entriesAt;
    private int own; // the index that this process moves, as far as it has got
    private int told; // as far as the kernel knows

    /**
     * Maps a ring.
     *
     * @param entry bytes of one
     */
    XskRing(int fd, long page, XdpMmapOffsets.Ring offsets, int entries, int entry) throws IOException {
        int size = (int) offsets.desc() + entries * entry;
        long address = Mapping.map(fd, page, size, Linux.MAP_POPULATE);
        mapping = new Mapping(Errors.check(address, "mmap", "a ring of " + entries + " entries"), size);
        memory = mapping.slice(0, size);
        mask = entries - 1;
        producerAt = (int) offsets.producer();
        consumerAt = (int) offsets.consumer();
        flagsAt = (int) offsets.flags();
        entriesAt = (int) offsets.desc();
    }

    void takeAway() {
        mapping.close();
    }

    int size() {
        return mask + 1;
    }

    boolean needsWakeUp() {
        return ((int) INT.getOpaque(memory, flagsAt) & Linux.XDP_RING_NEED_WAKEUP) != 0;
    }

    // ---- receive and completion: the kernel produces -------------------------------------------------------------

    /** How many entries are there to be read. */
    int available() {
        int there = (int) INT.getAcquire(memory, producerAt) - own;
        return there < 0 || there > mask + 1 ? 0 : there;
    }

    /** Tells the kernel that what was read is its. */
    void release() {
        if (told != own) {
            told = own;
            INT.setRelease(memory, consumerAt, own);
        }
    }

    // ---- fill and transmit: this process produces ----------------------------------------------------------------

    /** How many entries the kernel has not taken of those that it was told of. */
    int untaken() {
        return told - (int) INT.getAcquire(memory, consumerAt);
    }

    /** Tells the kernel of what was written. */
    void submit() {
        if (told != own) {
            told = own;
            INT.setRelease(memory, producerAt, own);
        }
    }

    boolean isTold() {
        return told == own;
    }

    // ---- entries -------------------------------------------------------------------------------------------------

    /** The place of the next descriptor, for the methods below; the index moves behind it. */
    int nextDescriptor() {
        return entriesAt + (own++ & mask) * XdpDesc.SIZE;
    }

    long address(int at) {
        return XdpDesc.addr(memory, at);
    }

    int length(int at) {
        return XdpDesc.len(memory, at);
    }

    void describe(long address, int length) {
        int at = nextDescriptor();
        XdpDesc.addr(memory, at, address);
        XdpDesc.len(memory, at, length);
        XdpDesc.options(memory, at, 0);
    }

    /** Of the fill ring. */
    void write(long address) {
        memory.putLong(nextAddress(), address);
    }

    /** Of the completion ring. */
    long read() {
        return memory.getLong(nextAddress());
    }

    private int nextAddress() {
        return entriesAt + (own++ & mask) * Long.BYTES;
    }
}
