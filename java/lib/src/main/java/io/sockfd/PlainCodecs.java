package io.sockfd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the ready codecs work. */
final class PlainCodecs {
    private static final int MICROS_NANOS = 1000;

    private PlainCodecs() {}

    private static IllegalStateException length(int length, String expected) {
        return new IllegalStateException("the kernel returned " + length + " bytes where " + expected + " belong");
    }

    /** The kernel writes an int, or one byte where it was offered less than four or knows no better. */
    static int readInt(ByteBuffer b, int length) {
        return switch (length) {
            case 1 -> b.get(0) & 0xff;
            case 2 -> b.getShort(0) & 0xffff;
            case 3 ->
                b.order() == ByteOrder.LITTLE_ENDIAN
                        ? (b.getShort(0) & 0xffff) | ((b.get(2) & 0xff) << 16)
                        : ((b.getShort(0) & 0xffff) << 8) | (b.get(2) & 0xff);
            case 4 -> b.getInt(0);
            default -> throw length(length, "1 to 4");
        };
    }

    /** A codec of values that all have the same size. */
    abstract static class Fixed<T> implements Codec<T> {
        private final Class<T> type;
        private final int size;

        Fixed(Class<T> type, int size) {
            this.type = type;
            this.size = size;
        }

        @Override
        public final Class<T> type() {
            return type;
        }

        @Override
        public final int size() {
            return size;
        }

        /** @throws IllegalStateException when the kernel returned another length */
        final void check(int length) {
            if (length != size) {
                throw length(length, Integer.toString(size));
            }
        }
    }

    static final class Bool extends Fixed<Boolean> {
        Bool() {
            super(Boolean.class, Integer.BYTES);
        }

        @Override
        public int encode(Boolean value, ByteBuffer b) {
            b.putInt(0, value ? 1 : 0);
            return Integer.BYTES;
        }

        @Override
        public Boolean decode(ByteBuffer b, int length) {
            return readInt(b, length) != 0;
        }
    }

    static class Int extends Fixed<Integer> {
        Int() {
            super(Integer.class, Integer.BYTES);
        }

        @Override
        public int encode(Integer value, ByteBuffer b) {
            b.putInt(0, value);
            return Integer.BYTES;
        }

        @Override
        public Integer decode(ByteBuffer b, int length) {
            return readInt(b, length);
        }
    }

    static final class Range extends Int {
        private final int min;
        private final int max;

        Range(int min, int max) {
            this.min = min;
            this.max = max;
        }

        @Override
        public int encode(Integer value, ByteBuffer b) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(value
                        + (max == Integer.MAX_VALUE ? " is less than " + min : " is outside of " + min + " to " + max));
            }
            return super.encode(value, b);
        }
    }

    static final class Flags extends Int {
        private final int known;

        Flags(int known) {
            this.known = known;
        }

        @Override
        public int encode(Integer value, ByteBuffer b) {
            if ((value & ~known) != 0) {
                throw new IllegalArgumentException("0x" + Integer.toHexString(value) + " has bits outside of 0x"
                        + Integer.toHexString(known) + ", which the kernel would ignore");
            }
            return super.encode(value, b);
        }
    }

    static final class BigEndianInt extends Fixed<Integer> {
        BigEndianInt() {
            super(Integer.class, Integer.BYTES);
        }

        @Override
        public int encode(Integer value, ByteBuffer b) {
            b.putInt(0, swap(b, value));
            return Integer.BYTES;
        }

        @Override
        public Integer decode(ByteBuffer b, int length) {
            check(length);
            return swap(b, b.getInt(0));
        }

        private static int swap(ByteBuffer b, int value) {
            return b.order() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(value) : value;
        }
    }

    static final class U32 extends Fixed<Long> {
        U32() {
            super(Long.class, Integer.BYTES);
        }

        @Override
        public int encode(Long value, ByteBuffer b) {
            if (value >>> Integer.SIZE != 0) {
                throw new IllegalArgumentException(value + " does not fit into 32 bits: give 0 to 4294967295");
            }
            b.putInt(0, value.intValue());
            return Integer.BYTES;
        }

        @Override
        public Long decode(ByteBuffer b, int length) {
            return Integer.toUnsignedLong(readInt(b, length));
        }
    }

    static final class U64 extends Fixed<Long> {
        U64() {
            super(Long.class, Long.BYTES);
        }

        @Override
        public int encode(Long value, ByteBuffer b) {
            b.putLong(0, value);
            return Long.BYTES;
        }

        @Override
        public Long decode(ByteBuffer b, int length) {
            return length == Long.BYTES ? b.getLong(0) : Integer.toUnsignedLong(readInt(b, length));
        }
    }

    static final class Timeval extends Fixed<Duration> {
        private static final int USEC = 8;
        private static final int SIZE = 16;

        Timeval() {
            super(Duration.class, SIZE);
        }

        @Override
        public int encode(Duration value, ByteBuffer b) {
            if (value.isNegative()) {
                throw new IllegalArgumentException(value + " is negative: give 0 for no limit");
            }
            Duration up = value.plusNanos(MICROS_NANOS - 1);
            b.putLong(0, up.getSeconds());
            b.putLong(USEC, up.getNano() / MICROS_NANOS);
            return SIZE;
        }

        @Override
        public Duration decode(ByteBuffer b, int length) {
            check(length);
            return Duration.ofSeconds(b.getLong(0), b.getLong(USEC) * MICROS_NANOS);
        }
    }

    static final class LingerCodec extends Fixed<Linger> {
        LingerCodec() {
            super(Linger.class, io.sockfd.raw.struct.Linger.SIZE);
        }

        @Override
        public int encode(Linger value, ByteBuffer b) {
            if (value.seconds() < 0) {
                throw new IllegalArgumentException(value.seconds() + " seconds: give 0 or more");
            }
            io.sockfd.raw.struct.Linger.l_onoff(b, 0, value.onoff() ? 1 : 0);
            io.sockfd.raw.struct.Linger.l_linger(b, 0, value.seconds());
            return size();
        }

        @Override
        public Linger decode(ByteBuffer b, int length) {
            check(length);
            return new Linger(
                    io.sockfd.raw.struct.Linger.l_onoff(b, 0) != 0, io.sockfd.raw.struct.Linger.l_linger(b, 0));
        }
    }

    static final class Ints implements Codec<int[]> {
        private static final int SIZE = 1024;

        @Override
        public Class<int[]> type() {
            return int[].class;
        }

        @Override
        public int size() {
            return SIZE;
        }

        @Override
        public int size(int[] value) {
            return value.length * Integer.BYTES;
        }

        @Override
        public int encode(int[] value, ByteBuffer b) {
            for (int i = 0; i < value.length; i++) {
                b.putInt(i * Integer.BYTES, value[i]);
            }
            return value.length * Integer.BYTES;
        }

        @Override
        public int[] decode(ByteBuffer b, int length) {
            if (length % Integer.BYTES != 0) {
                throw length(length, "a multiple of 4");
            }
            int[] value = new int[length / Integer.BYTES];
            for (int i = 0; i < value.length; i++) {
                value[i] = b.getInt(i * Integer.BYTES);
            }
            return value;
        }
    }

    record Text(int size) implements Codec<String> {
        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public int encode(String value, ByteBuffer b) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            if (bytes.length >= size) {
                throw new IllegalArgumentException(
                        "\"" + value + "\" has " + bytes.length + " bytes: at most " + (size - 1) + " fit");
            }
            b.put(0, bytes);
            b.put(bytes.length, (byte) 0);
            return bytes.length;
        }

        @Override
        public String decode(ByteBuffer b, int length) {
            int end = 0;
            while (end < length && b.get(end) != 0) {
                end++;
            }
            byte[] bytes = new byte[end];
            b.get(0, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    record Bytes(int size) implements Codec<byte[]> {
        @Override
        public Class<byte[]> type() {
            return byte[].class;
        }

        @Override
        public int size(byte[] value) {
            return value.length;
        }

        @Override
        public int encode(byte[] value, ByteBuffer b) {
            b.put(0, value);
            return value.length;
        }

        @Override
        public byte[] decode(ByteBuffer b, int length) {
            byte[] value = new byte[length];
            b.get(0, value);
            return value;
        }
    }

    /** Encoder or decoder is null where the kernel only gives or only takes; {@link Option} does not ask then. */
    record Struct<T>(Class<T> type, int size, Codec.@Nullable Encoder<T> encoder, Codec.@Nullable Decoder<T> decoder)
            implements Codec<T> {

        @Override
        public int encode(T value, ByteBuffer b) {
            if (encoder == null) {
                throw new UnsupportedOperationException(type.getSimpleName() + " can only be read");
            }
            return encoder.encode(value, b);
        }

        @Override
        public T decode(ByteBuffer b, int length) {
            if (decoder == null) {
                throw new UnsupportedOperationException(type.getSimpleName() + " can only be set");
            }
            return decoder.decode(b, length);
        }
    }
}
