package io.sockfd;

import io.sockfd.raw.Memory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory for one getsockopt or setsockopt: the value and its length. Each thread keeps one that fits most options. */
final class Scratch implements AutoCloseable {
    private static final int KEPT = 1024;
    private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(() -> new Scratch(KEPT));

    /** Seen by codecs of others, who may keep it and write to it at any time. */
    private static final ThreadLocal<Scratch> LENT = ThreadLocal.withInitial(() -> new Scratch(KEPT));

    private final ByteBuffer memory;
    private final int capacity;
    final ByteBuffer value;
    final long address;
    private boolean busy;

    private Scratch(int size) {
        capacity = (size + Long.BYTES - 1) & -Long.BYTES;
        memory = Memory.allocate(capacity + Long.BYTES);
        value = memory.slice(0, capacity).order(ByteOrder.nativeOrder());
        address = Memory.address(memory);
    }

    /**
     * Room for {@code size} bytes. Large values, and a codec that itself asks for an option, get memory of their own.
     *
     * @param ours whether only codecs of this library see it
     */
    static Scratch take(int size, boolean ours) {
        Scratch own = (ours ? OWN : LENT).get();
        if (own.busy || size > KEPT) {
            return new Scratch(size);
        }
        own.busy = true;
        return own;
    }

    /** Zeroes {@code size} bytes: some options are written in part, others are read before they are answered. */
    void clear(int size) {
        for (int i = 0; i < Math.min(size, capacity); i += Long.BYTES) {
            value.putLong(i, 0);
        }
    }

    /** Where the length is, for getsockopt's value-result argument. */
    long lengthAddress() {
        return address + capacity;
    }

    void length(int length) {
        memory.putInt(capacity, length);
    }

    int length() {
        return memory.getInt(capacity);
    }

    int capacity() {
        return capacity;
    }

    @Override
    public void close() {
        try {
            busy = false;
        } finally {
            Reference.reachabilityFence(memory); // until here the kernel was given its address
        }
    }
}
