package io.sockfd;

import java.time.Duration;

/** The ready {@linkplain Codec codecs} of socket options, and makers of others. They are stateless. */
public final class Codecs {
    /** An int that is 0 or not. */
    public static final Codec<Boolean> BOOL = new PlainCodecs.Bool();

    /** An int; when the kernel gives 1 to 3 bytes they are taken as an unsigned number. */
    public static final Codec<Integer> INT = new PlainCodecs.Int();

    /**
     * An int of a range, where the kernel would take others and make something else of them.
     *
     * @param min the least
     * @param max the largest
     */
    public static Codec<Integer> range(int min, int max) {
        return new PlainCodecs.Range(min, max);
    }

    /**
     * An int of flags.
     *
     * @param known all bits that the kernel looks at; a value with others is refused, since it would ignore them
     */
    public static Codec<Integer> flags(int known) {
        return new PlainCodecs.Flags(known);
    }

    /** An unsigned 32-bit number as a long from 0 to 4294967295. */
    public static final Codec<Long> U32 = new PlainCodecs.U32();

    /** An unsigned 64-bit number with the same bits as the long: see {@link Long#toUnsignedString(long)}. */
    public static final Codec<Long> U64 = new PlainCodecs.U64();

    /** An interface index that the kernel wants in network byte order (IP_UNICAST_IF); host order in Java. */
    public static final Codec<Integer> BE_INT = new PlainCodecs.BigEndianInt();

    /**
     * {@code struct timeval}: microseconds, in Java rounded up so that a short time never becomes 0, which would mean
     * for ever. A negative duration is refused: the kernel would take it as 0. The kernel counts in ticks of its clock,
     * 1 to 10 ms each, rounds up to them, and gives that; what is more than it can count, some million years, it takes as
     * for ever and gives as 0.
     */
    public static final Codec<Duration> DURATION = new PlainCodecs.Timeval();

    /** {@code struct linger}; negative seconds are refused, of which the kernel would make any number. */
    public static final Codec<Linger> LINGER = new PlainCodecs.LingerCodec();

    /** An array of 32-bit numbers, such as group ids, of any length. */
    public static final Codec<int[]> INTS = new PlainCodecs.Ints();

    /**
     * Text that ends at the first NUL or with the returned length, in UTF-8.
     *
     * @param size of the kernel's field in bytes, with its NUL; longer text is refused where the kernel would cut it
     */
    public static Codec<String> string(int size) {
        return new PlainCodecs.Text(size);
    }

    /**
     * Bytes as they are.
     *
     * @param size bytes to offer on get; a set takes any number
     */
    public static Codec<byte[]> bytes(int size) {
        return new PlainCodecs.Bytes(size);
    }

    /**
     * A codec of a struct.
     *
     * @param size bytes to offer on get and to provide for {@code encode}
     * @param encode writes the value from offset 0 on and returns its length in bytes
     * @param decode reads a value from {@code length} bytes
     */
    public static <T> Codec<T> of(Class<T> type, int size, Codec.Encoder<T> encode, Codec.Decoder<T> decode) {
        return new PlainCodecs.Struct<>(type, size, encode, decode);
    }

    /** A codec of values that the kernel only gives. */
    public static <T> Codec<T> decoding(Class<T> type, int size, Codec.Decoder<T> decode) {
        return new PlainCodecs.Struct<>(type, size, null, decode);
    }

    /** A codec of values that the kernel only takes. */
    public static <T> Codec<T> encoding(Class<T> type, int size, Codec.Encoder<T> encode) {
        return new PlainCodecs.Struct<>(type, size, encode, null);
    }

    private Codecs() {}
}
