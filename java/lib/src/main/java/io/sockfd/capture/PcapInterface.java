package io.sockfd.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An interface description of a pcapng file.
 *
 * @param snapLength 0 for no limit
 * @param resolution if_tsresol: a negative power of 10, or with the highest bit of 2
 * @param offsetSeconds if_tsoffset
 */
record PcapInterface(int linkType, long snapLength, int resolution, long offsetSeconds) {
    static final int IF_TSRESOL = 9;
    static final int IF_TSOFFSET = 14;
    static final int NANOSECONDS = 9;
    static final int MICROSECONDS = 6;

    private static final int END_OF_OPTIONS = 0;
    private static final int OPTION_HEADER = 4;
    private static final int BINARY = 0x80;
    private static final long SECOND = 1_000_000_000;

    /** @param limit where the body ends, its options included */
    static PcapInterface read(ByteBuffer b, int at, int limit) throws PcapFormatException {
        int linkType = b.getShort(at) & 0xffff;
        long snapLength = b.getInt(at + 4) & PcapRecords.U32;
        int resolution = MICROSECONDS;
        long offset = 0;
        int option = at + PcapngRecords.INTERFACE_BODY;
        while (limit - option >= OPTION_HEADER) {
            int code = b.getShort(option) & 0xffff;
            int length = b.getShort(option + 2) & 0xffff;
            int value = option + OPTION_HEADER;
            if (code == END_OF_OPTIONS) {
                break;
            } else if (length > limit - value) {
                throw new PcapFormatException("an interface description's option " + code + " says it has " + length
                        + " bytes, and there are " + (limit - value));
            } else if (code == IF_TSRESOL && length == 1) {
                resolution = b.get(value) & 0xff;
            } else if (code == IF_TSOFFSET && length == Long.BYTES) {
                offset = b.getLong(value);
            }
            option = value + ((length + 3) & ~3);
        }
        return new PcapInterface(linkType, snapLength, resolution, offset);
    }

    /** The description, with its resolution. */
    static ByteBuffer write(int linkType, int snapLength, int resolution, ByteOrder order) {
        int options = 3 * Integer.BYTES;
        int length = PcapngRecords.FRAME + PcapngRecords.INTERFACE_BODY + options;
        ByteBuffer b = ByteBuffer.allocate(length).order(order);
        b.putInt(PcapngRecords.INTERFACE)
                .putInt(length)
                .putShort((short) linkType)
                .putShort((short) 0);
        b.putInt(snapLength).putShort((short) IF_TSRESOL).putShort((short) 1);
        b.put((byte) resolution).put((byte) 0).putShort((short) 0);
        return b.putInt(END_OF_OPTIONS).putInt(length).flip();
    }

    /** Nanoseconds since 1970 of an unsigned count. */
    long nanos(long ticks) throws PcapFormatException {
        try {
            long nanos = (resolution & BINARY) != 0 ? binary(ticks, resolution & ~BINARY) : decimal(ticks, resolution);
            return Math.addExact(nanos, Math.multiplyExact(offsetSeconds, SECOND));
        } catch (ArithmeticException e) {
            throw new PcapFormatException("the time " + Long.toUnsignedString(ticks) + " of resolution " + resolution
                    + " is after the year 2262, or before 1678");
        }
    }

    private static long decimal(long ticks, int digits) {
        if (digits > NANOSECONDS) {
            long nanos = ticks;
            for (int i = digits; i > NANOSECONDS && nanos != 0; i--) {
                nanos = Long.divideUnsigned(nanos, 10);
            }
            return positive(nanos);
        }
        long nanos = positive(ticks);
        for (int i = digits; i < NANOSECONDS; i++) {
            nanos = Math.multiplyExact(nanos, 10L);
        }
        return nanos;
    }

    private static long binary(long ticks, int bits) {
        if (bits >= Long.SIZE) {
            // less than a second; 2^-33 is finer than a nanosecond
            return bits - 33 >= Long.SIZE ? 0 : ((ticks >>> (bits - 33)) * SECOND) >>> 33;
        }
        long seconds = bits == 0 ? ticks : ticks >>> bits;
        long fraction = bits == 0 ? 0 : ticks & ((1L << bits) - 1);
        int cut = Math.max(0, bits - 33);
        return Math.addExact(
                Math.multiplyExact(positive(seconds), SECOND), ((fraction >>> cut) * SECOND) >>> (bits - cut));
    }

    private static long positive(long value) {
        if (value < 0) {
            throw new ArithmeticException("more than 63 bits");
        }
        return value;
    }
}
