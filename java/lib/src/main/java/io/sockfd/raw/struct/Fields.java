package io.sockfd.raw.struct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The few kinds of fields that a native-order buffer does not read by itself. */
final class Fields {
    static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private Fields() {}

    static int u8(ByteBuffer b, int at) {
        return b.get(at) & 0xff;
    }

    static int u16(ByteBuffer b, int at) {
        return b.getShort(at) & 0xffff;
    }

    static long u32(ByteBuffer b, int at) {
        return b.getInt(at) & 0xffff_ffffL;
    }

    static int be16(ByteBuffer b, int at) {
        return swap(!BIG_ENDIAN, b.getShort(at)) & 0xffff;
    }

    static void be16(ByteBuffer b, int at, int value) {
        b.putShort(at, swap(!BIG_ENDIAN, (short) value));
    }

    static int le16(ByteBuffer b, int at) {
        return swap(BIG_ENDIAN, b.getShort(at)) & 0xffff;
    }

    static void le16(ByteBuffer b, int at, int value) {
        b.putShort(at, swap(BIG_ENDIAN, (short) value));
    }

    static int be32(ByteBuffer b, int at) {
        int value = b.getInt(at);
        return BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    static void be32(ByteBuffer b, int at, int value) {
        b.putInt(at, BIG_ENDIAN ? value : Integer.reverseBytes(value));
    }

    /** A bit field of a byte: little-endian machines count from the low bit up, big-endian ones from the high bit down. */
    static int bits(int value, int first, int width) {
        int shift = BIG_ENDIAN ? Byte.SIZE - first - width : first;
        return value >>> shift & (1 << width) - 1;
    }

    /** A bit field of one bit among the first eight of a word: C puts these into the word's first byte. */
    static void bit(ByteBuffer b, int at, int index, int value) {
        int mask = BIG_ENDIAN ? 0x80 >>> index : 1 << index;
        b.put(at, (byte) (value == 0 ? b.get(at) & ~mask : b.get(at) | mask));
    }

    static byte[] bytes(ByteBuffer b, int at, int size) {
        byte[] copy = new byte[size];
        b.get(at, copy);
        return copy;
    }

    static void bytes(ByteBuffer b, int at, int size, byte[] value) {
        if (value.length > size) {
            throw new IllegalArgumentException(value.length + " bytes for a field of " + size);
        }
        b.put(at, value);
        for (int i = value.length; i < size; i++) {
            b.put(at + i, (byte) 0);
        }
    }

    private static short swap(boolean swap, short value) {
        return swap ? Short.reverseBytes(value) : value;
    }
}
