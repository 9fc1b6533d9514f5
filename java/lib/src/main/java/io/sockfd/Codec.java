package io.sockfd;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How the value of a socket option becomes the kernel's bytes and back. The ready ones are in {@link Codecs}; a type of
 * your own needs {@link #type}, {@link #size()}, {@link #encode} and {@link #decode}.
 *
 * <p>The buffers are direct, in native byte order and at least as long as {@link #size(Object)} says; use absolute
 * accesses from offset 0. They are reused: keep no reference. A codec may be called from several threads at once.
 *
 * <pre>{@code
 * Codec<Duration> millis = new Codec<>() {
 *     public Class<Duration> type() {
 *         return Duration.class;
 *     }
 *
 *     public int size() {
 *         return Integer.BYTES;
 *     }
 *
 *     public int encode(Duration value, ByteBuffer buffer) {
 *         buffer.putInt(0, (int) value.toMillis());
 *         return Integer.BYTES;
 *     }
 *
 *     public Duration decode(ByteBuffer buffer, int length) {
 *         return Duration.ofMillis(buffer.getInt(0));
 *     }
 * };
 * Option<Duration> timeout = Option.of("TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, Option.Access.READ_WRITE, millis);
 * socket.setOption(timeout, Duration.ofSeconds(5));
 * }</pre>
 *
 * @param <T> the Java type
 */
public interface Codec<T> {
    /** Writes a value. */
    @FunctionalInterface
    interface Encoder<T> {
        /** See {@link Codec#encode}. */
        int encode(T value, ByteBuffer buffer);
    }

    /** Reads a value. */
    @FunctionalInterface
    interface Decoder<T> {
        /** See {@link Codec#decode}. */
        T decode(ByteBuffer buffer, int length);
    }

    /** The class of the values. */
    Class<T> type();

    /** The bytes to offer to getsockopt, and enough for {@link #encode} unless {@link #size(Object)} says more. */
    int size();

    /** The bytes that {@link #encode} needs for this value. */
    default int size(T value) {
        return size();
    }

    /**
     * Writes the value.
     *
     * @return the length for setsockopt in bytes; with 0 goes a null pointer
     * @throws IllegalArgumentException when the kernel would silently change the value
     */
    int encode(T value, ByteBuffer buffer);

    /**
     * Reads a value.
     *
     * @param length what the kernel returned as the length
     * @throws IllegalStateException when that is no length of this type
     */
    T decode(ByteBuffer buffer, int length);

    /**
     * The bytes to offer in a second getsockopt, where the kernel wants the exact number and the beginning of the value, that
     * it gave by the first, tells it.
     *
     * @param length what the kernel returned as the length
     * @return 0 when the value is complete, as with nearly all options
     */
    default int rest(ByteBuffer buffer, int length) {
        return 0;
    }

    /**
     * Writes what the kernel reads before it answers a getsockopt; the buffer holds zeros. Most options read nothing.
     *
     * @param request the argument of {@link Option#get(int, Object)}, null in {@link Option#get(int)}
     * @return the length to offer
     * @throws UnsupportedOperationException when the kernel needs a request and there is none
     */
    default int request(@Nullable T request, ByteBuffer buffer) {
        return request == null ? size() : Math.max(encode(request, buffer), size());
    }
}
