package io.sockfd.cli.kernel;

import io.sockfd.raw.Memory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Memory for C that lives until its block ends, although Java's last use of it may be the taking of its address. */
public final class Scratch implements AutoCloseable {
    private final List<ByteBuffer> held = new ArrayList<>();

    /** Zeroed memory. */
    public ByteBuffer allocate(int size) {
        ByteBuffer buffer = Memory.allocate(size);
        held.add(buffer);
        return buffer;
    }

    /** An int. */
    public ByteBuffer allocateInt(int value) {
        return allocate(Integer.BYTES).putInt(0, value);
    }

    /** The bytes of a text, with C's 0 at the end. */
    public ByteBuffer allocateText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return allocate(bytes.length + 1).put(0, bytes);
    }

    @Override
    @SuppressWarnings("ReachabilityFenceUsage") // this is the finally block: that of try-with-resources
    public void close() {
        Reference.reachabilityFence(held);
    }
}
