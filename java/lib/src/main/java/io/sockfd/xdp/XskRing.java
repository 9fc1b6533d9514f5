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
import java.nio.LongBuffer;

/**
 * One ring: entries between two indexes, of which the kernel moves one. Both only ever grow, and wrap around. Once the mapping
 * is taken away everything is 0, and so nothing is believed that is not within the ring.
 */
final class XskRing {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Longs in struct xdp_desc: the address; the length and options, of which there are none. */
    static final int DESCRIPTOR = XdpDesc.SIZE / Long.BYTES;

    private static final int LENGTH_SHIFT = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 0 : Integer.SIZE;

    private final Mapping mapping;
    private final ByteBuffer memory;
    private final LongBuffer entries;
    private final int mask;
    private final int producerAt;
    private final int consumerAt;
    private final int flagsAt;
    private int own; // the index that this process moves, as far as it has got
    private int told; // as far as the kernel knows

    /**
     * Maps a ring.
     *
     * @param entry bytes of one
     */
    XskRing(int fd, long page, XdpMmapOffsets.Ring offsets, int count, int entry) throws IOException {
        int size = (int) offsets.desc() + count * entry;
        long address = Mapping.map(fd, page, size, Linux.MAP_POPULATE);
        mapping = new Mapping(Errors.check(address, "mmap", "a ring of " + count + " entries"), size);
        memory = mapping.slice(0, size);
        mask = count - 1;
        producerAt = (int) offsets.producer();
        consumerAt = (int) offsets.consumer();
        flagsAt = (int) offsets.flags();
        entries = mapping.slice((int) offsets.desc(), count * entry).asLongBuffer();
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

    /** How many entries were read or written, in all; it wraps around. */
    int index() {
        return own;
    }

    /** How many of the next entries lie one behind the other: the ring's end is between the others. */
    private int inOnePiece(int count) {
        return Math.min(count, mask + 1 - (own & mask));
    }

    /** Of the receive ring: copies descriptors, two longs each; an entry for each is there. */
    void read(long[] descriptors, int count) {
        int first = inOnePiece(count);
        LongBuffer ignored = entries.get(DESCRIPTOR * (own & mask), descriptors, 0, DESCRIPTOR * first)
                .get(0, descriptors, DESCRIPTOR * first, DESCRIPTOR * (count - first));
        own += count;
    }

    /** The address in a descriptor. */
    static long address(long[] descriptors, int index) {
        return descriptors[DESCRIPTOR * index];
    }

    /** The length in a descriptor. */
    static int length(long[] descriptors, int index) {
        return (int) (descriptors[DESCRIPTOR * index + 1] >>> LENGTH_SHIFT);
    }

    /** Of the transmit ring. */
    void describe(long address, int length) {
        int at = DESCRIPTOR * (own++ & mask);
        LongBuffer ignored = entries.put(at, address).put(at + 1, (long) length << LENGTH_SHIFT);
    }

    /** Of the fill ring. */
    void write(long[] addresses, int count) {
        int first = inOnePiece(count);
        LongBuffer ignored = entries.put(own & mask, addresses, 0, first).put(0, addresses, first, count - first);
        own += count;
    }

    /** Of the fill ring. */
    void write(long address) {
        LongBuffer ignored = entries.put(own++ & mask, address);
    }

    /** Of the completion ring. */
    long read() {
        return entries.get(own++ & mask);
    }
}
