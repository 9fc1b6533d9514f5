package io.sockfd.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Network byte order, whatever the buffer's own. */
final class Bytes {
    static final long U32 = 0xffff_ffffL;

    private static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static int u8(ByteBuffer b, int at) {
        return b.get(at) & 0xff;
    }

    static int u16(ByteBuffer b, int at) {
        return (short) SHORT.get(b, at) & 0xffff;
    }

    static int i32(ByteBuffer b, int at) {
        return (int) INT.get(b, at);
    }

    static long u32(ByteBuffer b, int at) {
        return (int) INT.get(b, at) & U32;
    }

    static long u48(ByteBuffer b, int at) {
        return (long) u16(b, at) << 32 | u32(b, at + 2);
    }

    static long i64(ByteBuffer b, int at) {
        return (long) LONG.get(b, at);
    }

    static void put8(ByteBuffer b, int at, int value) {
        b.put(at, (byte) value);
    }

    static void put16(ByteBuffer b, int at, int value) {
        SHORT.set(b, at, (short) value);
    }

    static void put32(ByteBuffer b, int at, int value) {
        INT.set(b, at, value);
    }

    static void put48(ByteBuffer b, int at, long value) {
        put16(b, at, (int) (value >>> 32));
        put32(b, at + 2, (int) value);
    }

    static void put64(ByteBuffer b, int at, long value) {
        LONG.set(b, at, value);
    }

    static void zero(ByteBuffer b, int from, int to) {
        for (int i = from; i < to; i++) {
            b.put(i, (byte) 0);
        }
    }

    /** The value, when it has at most so many bits. */
    static int fit(long value, int bits, String field) {
        if (value < 0 || value >>> bits != 0) {
            throw new IllegalArgumentException(field + " is 0 to " + ((1L << bits) - 1) + ", not " + value);
        }
        return (int) value;
    }
}
