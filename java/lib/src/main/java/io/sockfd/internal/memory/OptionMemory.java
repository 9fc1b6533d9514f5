package io.sockfd.internal.memory;

import io.sockfd.raw.Memory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory for one getsockopt or setsockopt: the value and its length. Each thread keeps one that fits most options. */
public final class OptionMemory implements AutoCloseable {
    private static final int KEPT = 1024;
    private static final PerThread<OptionMemory> OWN = new PerThread<>(() -> new OptionMemory(KEPT));

    /** Seen by codecs of others, who may keep it and write to it at any time. */
    private static final PerThread<OptionMemory> LENT = new PerThread<>(() -> new OptionMemory(KEPT));

    private final ByteBuffer memory;
    private final int capacity;
    public final ByteBuffer value;
    public final long address;
    private boolean busy;

    private OptionMemory(int size) {
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
    public static OptionMemory take(int size, boolean ours) {
        OptionMemory own = (ours ? OWN : LENT).get();
        if (own.busy || size > KEPT) {
            return new OptionMemory(size);
        }
        own.busy = true;
        return own;
    }

    /** Zeroes {@code size} bytes: some options are written in part, others are read before they are answered. */
    public void clear(int size) {
        for (int i = 0; i < Math.min(size, capacity); i += Long.BYTES) {
            value.putLong(i, 0);
        }
    }

    /** Where the length is, for getsockopt's value-result argument. */
    public long lengthAddress() {
        return address + capacity;
    }

    public void length(int length) {
        memory.putInt(capacity, length);
    }

    public int length() {
        return memory.getInt(capacity);
    }

    public int capacity() {
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
