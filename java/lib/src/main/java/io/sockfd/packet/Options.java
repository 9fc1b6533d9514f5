package io.sockfd.packet;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the options of a header, and their writer. {@link #next} moves to the next option; the methods that are
 * called as a field read the current one. Methods with arguments append an option; they are for a header that {@link
 * Header#compose} wrote and whose payload is not written yet, for the header grows.
 *
 * @param <T> the cursor itself
 */
public abstract class Options<T extends Options<T>> {
    private final Header<?> header;
    private final int begin;
    /** Header and padding end at a multiple of this. */
    private final int unit;
    /** Bytes that the header can have. */
    private final int most;

    int at;
    int length;
    private int next;
    private @Nullable String problem;

    /** @param begin of the options, from the header's beginning */
    Options(Header<?> header, int begin, int unit, int most) {
        this.header = header;
        this.begin = begin;
        this.unit = unit;
        this.most = most;
    }

    /** Begins again before the first option. */
    public final T rewind() {
        next = header.offset + begin();
        at = next;
        length = 0;
        problem = null;
        return self();
    }

    /**
     * Moves to the next option.
     *
     * @return false after the last
     * @throws PacketException when the option's length is impossible
     */
    public final boolean next() {
        if (advance()) {
            return true;
        } else if (problem != null) {
            throw new PacketException(problem);
        }
        return false;
    }

    /**
     * Moves to the first option of a kind, from the beginning.
     *
     * @return false when there is none
     * @throws PacketException when an option before has an impossible length
     */
    public final boolean find(int kind) {
        rewind();
        while (next()) {
            if (kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #next}, but false for a malformed option too. */
    final boolean advance() {
        int end = end();
        if (problem != null || next >= end || isEnd(Bytes.u8(header.b, next))) {
            at = next;
            length = 0;
            return false;
        }
        int kind = Bytes.u8(header.b, next);
        int room = end - next;
        int size = isSingle(kind) ? 1 : room < 2 ? 0 : measure(Bytes.u8(header.b, next + 1));
        if (size > room || (size < 2 && !isSingle(kind)) || !fits(kind, size)) {
            problem = header.name() + " option " + kind + " at byte " + (next - header.offset) + " has a length of "
                    + size + ", and there are " + room;
            length = 0;
            return false;
        }
        at = next;
        length = size;
        next += size;
        return true;
    }

    /** Where the options begin, from the header's beginning. */
    int begin() {
        return begin;
    }

    /** Where the header ends. */
    final int end() {
        return header.offset + header.length;
    }

    final @Nullable String problem() {
        return problem;
    }

    /** Walks to the end; why it is not reached, or null. */
    final @Nullable String walk() {
        rewind();
        while (advance()) {
            // only the lengths matter
        }
        return problem;
    }

    /** The kind of the current option. */
    public final int kind() {
        return length == 0 ? none() : Bytes.u8(header.b, at);
    }

    /** Bytes of the current option, kind and length included. */
    public final int length() {
        return length;
    }

    /** Where in the buffer the current option begins. */
    public final int offset() {
        return at;
    }

    /** A copy of the current option's data, without kind and length. */
    public final byte[] data() {
        byte[] data = new byte[Math.max(0, length - 2)];
        if (data.length > 0) {
            header.b.get(at + 2, data);
        }
        return data;
    }

    /**
     * Appends an option with its length.
     *
     * @throws IllegalArgumentException when it does not fit into the header or the buffer
     */
    public final T append(int kind, byte... data) {
        reserve(kind, data.length);
        header.b.put(at + 2, data);
        return self();
    }

    /** Appends a kind and its length, and zeros for the data; the current option is then the new one. */
    final T reserve(int kind, int data) {
        int size = 2 + data;
        if (size % granularity() != 0) {
            throw new IllegalArgumentException(
                    "option " + kind + " takes a multiple of " + granularity() + " bytes, not " + size);
        }
        place(size);
        Bytes.put8(header.b, at, Bytes.fit(kind, 8, "kind"));
        Bytes.put8(header.b, at + 1, Bytes.fit(encode(size), 8, "length"));
        return self();
    }

    /** Appends a kind that is a single byte. */
    final T single(int kind) {
        place(1);
        Bytes.put8(header.b, at, kind);
        return self();
    }

    /** Makes room after the last option, and makes it the current one. */
    private void place(int size) {
        String malformed = walk();
        if (malformed != null) {
            throw new PacketException(malformed);
        }
        int end = tail(at) + size - header.offset;
        int padded = (end + unit - 1) / unit * unit;
        if (padded > most || padded > header.limit - header.offset) {
            throw new IllegalArgumentException(header.name() + " would have " + padded
                    + " bytes, and there is room for " + Math.min(most, header.limit - header.offset));
        }
        at = header.offset + end - size;
        length = size;
        next = at + size;
        Bytes.zero(header.b, at, header.offset + padded);
        header.resize(padded);
        pad(next, header.offset + padded);
    }

    /** Where the next option goes, when the walk ended at {@code end}. */
    int tail(int end) {
        return end;
    }

    /** Fills the bytes after the last option, which are zeros. */
    void pad(int from, int to) {}

    abstract boolean isEnd(int kind);

    /** Whether the kind is all there is of it. */
    abstract boolean isSingle(int kind);

    /** The bytes of an option from its length field. */
    int measure(int field) {
        return field;
    }

    int encode(int size) {
        return size;
    }

    int granularity() {
        return 1;
    }

    /** Whether an option of a known kind can have so many bytes. */
    abstract boolean fits(int kind, int size);

    final int u8(int place) {
        return Bytes.u8(header.b, checked(place, 1));
    }

    final int u16(int place) {
        return Bytes.u16(header.b, checked(place, 2));
    }

    final int i32(int place) {
        return Bytes.i32(header.b, checked(place, 4));
    }

    final long u32(int place) {
        return Bytes.u32(header.b, checked(place, 4));
    }

    final ByteBuffer buffer() {
        return header.b;
    }

    /** Where the bytes at {@code place} of the current option are. */
    final int checked(int place, int size) {
        if (place < 0 || place + size > length) {
            throw new PacketException(
                    header.name() + " option " + kind() + " has " + length + " bytes, too few for this field");
        }
        return at + place;
    }

    final void require(int kind) {
        if (kind() != kind) {
            throw new IllegalStateException("the current option is of kind " + kind() + ", not " + kind);
        }
    }

    private static int none() {
        throw new IllegalStateException("there is no current option: call next or find first");
    }

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }
}
