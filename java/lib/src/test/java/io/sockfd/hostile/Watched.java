package io.sockfd.hostile;

import io.sockfd.Codec;
import io.sockfd.Option;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A codec that offers some bytes of its memory, poisons the rest, and looks afterwards who wrote there. */
final class Watched implements Codec<byte[]> {
    private static final byte POISON = 0x5a;

    private final int offered;
    private final int fill;
    private @Nullable ByteBuffer memory;
    private int wrote;

    /**
     * Offers so many.
     *
     * @param fill what the offered bytes hold, -1 for zeros
     */
    Watched(int offered, int fill) {
        this.offered = offered;
        this.fill = fill;
    }

    Option<byte[]> option(int level, int optname) {
        return Option.of("watched " + level + ", " + optname, level, optname, Option.Access.READ_WRITE, this);
    }

    ByteBuffer memory() {
        if (memory == null) {
            throw new AssertionError("never asked");
        }
        return memory;
    }

    /** What was not offered is as it was. */
    void check(String what) {
        ByteBuffer watched = memory;
        for (int i = wrote; watched != null && i < watched.capacity(); i++) {
            if (watched.get(i) != POISON) {
                throw new AssertionError(what + ": byte " + i + " was written, and " + wrote + " were offered");
            }
        }
    }

    @Override
    public Class<byte[]> type() {
        return byte[].class;
    }

    @Override
    public int size() {
        return offered;
    }

    @Override
    public int encode(byte[] value, ByteBuffer buffer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] decode(ByteBuffer buffer, int length) {
        wrote = Math.max(wrote, Math.min(length, buffer.capacity()));
        return new byte[0];
    }

    /** Of a second, larger try nothing is known to be poisoned. */
    @Override
    public int request(byte @Nullable [] request, ByteBuffer buffer) {
        boolean first = memory == null;
        memory = buffer;
        wrote = first ? offered : buffer.capacity();
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.put(i, i < offered ? (byte) Math.max(0, fill) : POISON);
        }
        return offered;
    }
}
