package io.sockfd.packet;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A header in a buffer. {@link #wrap} is for a header that is there, {@link #compose} for one that is to be written.
 * Methods named as a field read it, and with an argument write it and give the view back.
 *
 * @param <T> the view itself
 */
public abstract class Header<T extends Header<T>> {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    ByteBuffer b = NONE;
    int offset;
    int limit;
    /** Of the header with its options, as it was checked. */
    int length;
    /** Bytes after the limit that were on the wire, as what is around this says; 0 unless the capture was cut. */
    int cut;

    private final int least;

    Header(int least) {
        this.least = least;
    }

    /**
     * Looks at the header at {@code offset}.
     *
     * @param limit where the captured bytes end
     * @throws PacketException when there is no whole, sound header
     * @throws IndexOutOfBoundsException when the offset or the limit is outside of the buffer
     */
    public final T wrap(ByteBuffer buffer, int offset, int limit) {
        String problem = inspect(buffer, offset, limit);
        if (problem != null) {
            b = NONE;
            throw new PacketException(problem);
        }
        return self();
    }

    /** Looks at the header at the buffer's position; the captured bytes end at its limit. */
    public final T wrap(ByteBuffer buffer) {
        return wrap(buffer, buffer.position(), buffer.limit());
    }

    /**
     * Writes a new header at {@code offset}: the fixed part, without options, zeros but for what every such header has.
     *
     * @throws IllegalArgumentException when it does not fit between offset and limit
     */
    public final T compose(ByteBuffer buffer, int offset, int limit) {
        Objects.checkFromToIndex(offset, limit, buffer.limit());
        if (limit - offset < least) {
            throw new IllegalArgumentException(
                    name() + " takes " + least + " bytes, and there are " + (limit - offset));
        }
        this.b = buffer;
        this.offset = offset;
        this.limit = limit;
        this.length = least;
        this.cut = 0;
        Bytes.zero(buffer, offset, offset + least);
        defaults();
        return self();
    }

    /** The buffer it is in. */
    public final ByteBuffer buffer() {
        return b;
    }

    /** Where the header begins. */
    public final int offset() {
        return offset;
    }

    /** Bytes of the header, its options included. */
    public final int headerLength() {
        return length;
    }

    /** Where the header ends and what it carries begins. */
    public final int payloadOffset() {
        return offset + length;
    }

    /** Where the payload ends: as the header says, but never after the captured bytes. */
    public int payloadLimit() {
        return limit;
    }

    /** Bytes of payload that are there. */
    public final int payloadLength() {
        return payloadLimit() - payloadOffset();
    }

    /**
     * Bytes of payload that there were on the wire: more than {@link #payloadLength} when the capture kept only the
     * beginning. This header's own length field says it, or that of the IP header around it when {@link Packet} wrapped it.
     */
    public final int payloadLengthOnWire() {
        return payloadLength() + payloadCut();
    }

    /** Bytes of payload that were on the wire and are not here. */
    int payloadCut() {
        return cut;
    }

    /** Bytes of payload that are not here, when header and payload have so many by the header's own field. */
    final int cutBy(int bytes) {
        return Math.max(0, bytes - (limit - offset));
    }

    /** A new buffer over the payload; it shares the bytes. */
    public final ByteBuffer payload() {
        return b.slice(payloadOffset(), payloadLength());
    }

    /** Wraps, or says why not. */
    final @Nullable String inspect(ByteBuffer buffer, int offset, int limit) {
        return inspect(buffer, offset, limit, 0);
    }

    /** As {@link #inspect(ByteBuffer, int, int)}, when so many bytes after the limit were cut off. */
    final @Nullable String inspect(ByteBuffer buffer, int offset, int limit, int cut) {
        Objects.checkFromToIndex(offset, limit, buffer.limit());
        this.b = buffer;
        this.offset = offset;
        this.limit = limit;
        this.cut = cut;
        this.length = least;
        return limit - offset < least
                ? name() + " is cut off: it takes " + least + " bytes, and there are " + (limit - offset)
                : problem();
    }

    /** Checks all but the least length, and sets the length. */
    @Nullable
    String problem() {
        return null;
    }

    /** Sets {@link #length} to one from the wire, or says why not. */
    final @Nullable String measured(int bytes) {
        if (bytes < least) {
            return name() + " says it has " + bytes + " bytes; it has at least " + least;
        } else if (bytes > limit - offset) {
            return name() + " is cut off: it says it has " + bytes + " bytes, and there are " + (limit - offset);
        }
        length = bytes;
        return null;
    }

    /** What a new header does not leave 0. */
    void defaults() {}

    /** For messages. */
    abstract String name();

    /** Writes the length of header and payload, when it has a field for it. */
    void fillLength(int end) {}

    /** The options changed the header's length. */
    void resize(int bytes) {
        length = bytes;
    }

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }

    final int u8(int at) {
        return Bytes.u8(b, offset + at);
    }

    final int u16(int at) {
        return Bytes.u16(b, offset + at);
    }

    final int i32(int at) {
        return Bytes.i32(b, offset + at);
    }

    final long u32(int at) {
        return Bytes.u32(b, offset + at);
    }

    final boolean bit(int at, int mask) {
        return (u8(at) & mask) != 0;
    }

    final T put8(int at, int value, String field) {
        Bytes.put8(b, offset + at, Bytes.fit(value, 8, field));
        return self();
    }

    final T put16(int at, int value, String field) {
        Bytes.put16(b, offset + at, Bytes.fit(value, 16, field));
        return self();
    }

    final T put32(int at, long value, String field) {
        Bytes.put32(b, offset + at, Bytes.fit(value, 32, field));
        return self();
    }

    final T putBit(int at, int mask, boolean on) {
        Bytes.put8(b, offset + at, on ? u8(at) | mask : (u8(at) & ~mask));
        return self();
    }

    final T put(int at, byte[] bytes) {
        b.put(offset + at, bytes);
        return self();
    }

    final byte[] get(int at, int count) {
        byte[] bytes = new byte[count];
        b.get(offset + at, bytes);
        return bytes;
    }
}
