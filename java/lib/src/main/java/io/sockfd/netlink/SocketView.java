package io.sockfd.netlink;

import io.sockfd.option.MemInfo;
import io.sockfd.raw.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A socket as sock_diag(7) tells it: a view of the message where it lies, good until the {@link SocketDiag} goes on. {@link
 * #copy} keeps it; what the lists of SocketDiag hold are copies.
 *
 * <p>What the kernel did not tell is null, or -1 for numbers.
 */
public abstract class SocketView {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    private static final String[] STATES = {
        "UNKNOWN",
        "ESTABLISHED",
        "SYN_SENT",
        "SYN_RECV",
        "FIN_WAIT1",
        "FIN_WAIT2",
        "TIME_WAIT",
        "CLOSE",
        "CLOSE_WAIT",
        "LAST_ACK",
        "LISTEN",
        "CLOSING",
        "NEW_SYN_RECV",
        "BOUND_INACTIVE"
    };

    private final Attributes attributes = new Attributes();
    private final int structSize;
    private final int[] offsets;
    private final int[] lengths;

    /** Protected by nobody: one thread at a time. */
    ByteBuffer buffer = EMPTY;

    int at;
    private int end;

    SocketView(int structSize, int attributeTypes) {
        this.structSize = structSize;
        offsets = new int[attributeTypes];
        lengths = new int[attributeTypes];
    }

    final void set(NetlinkMessage message) throws MalformedMessageException {
        int start = message.atLeast(structSize);
        index(message.buffer(), start, start + message.payloadLength());
    }

    private void index(ByteBuffer bytes, int start, int stop) throws MalformedMessageException {
        buffer = bytes;
        at = start;
        end = stop;
        Arrays.fill(offsets, 0);
        attributes.set(bytes, start + Attributes.align(structSize), stop);
        while (attributes.next()) {
            int type = attributes.type();
            if (type < offsets.length) {
                offsets[type] = attributes.offset();
                lengths[type] = attributes.length();
                check(type, attributes);
            }
        }
    }

    /** That an attribute is as long as its getter needs, once, so that getters throw nothing. */
    abstract void check(int type, Attributes attribute) throws MalformedMessageException;

    final void copyFrom(SocketView other) {
        ByteBuffer bytes = ByteBuffer.allocate(other.end - other.at).order(ByteOrder.nativeOrder());
        bytes.put(0, other.buffer, other.at, other.end - other.at);
        try {
            index(bytes, 0, bytes.capacity());
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("the view is of a message that is gone: copy it before you go on", e);
        }
    }

    /** The same socket in memory of its own. */
    public abstract SocketView copy();

    // ---- what all have in common ---------------------------------------------------------------------------------

    /** AF_INET, AF_UNIX … */
    public final int family() {
        return at < end ? buffer.get(at) & 0xff : Linux.AF_UNSPEC;
    }

    /** A {@code TCP_} state: TCP_ESTABLISHED, TCP_LISTEN, TCP_CLOSE …, which other protocols use likewise. */
    public abstract int state();

    /** The inode that {@code /proc/PID/fd} shows as {@code socket:[…]}; 0 for a connection without a descriptor. */
    public abstract long inode();

    /** The kernel's own number of the socket, never used again (SO_COOKIE). */
    public abstract long cookie();

    /** The user who owns it, unsigned; -1 when not told. */
    public abstract long uid();

    /** Its memory: {@code ss -m}. */
    public abstract @Nullable MemInfo memory();

    /** The state's name without {@code TCP_}: {@code ESTABLISHED}, {@code LISTEN} … */
    public String stateName() {
        return state() < STATES.length ? STATES[state()] : "STATE_" + state();
    }

    // ---- attributes ----------------------------------------------------------------------------------------------

    /** What the message lies in: for attributes that have no method, and for the flyweights of raw.struct. */
    public final ByteBuffer buffer() {
        return buffer;
    }

    /** Where the value of an attribute begins in {@link #buffer}; -1 when there is none of this type. */
    public final int attributeOffset(int type) {
        return type < offsets.length && offsets[type] != 0 ? offsets[type] : -1;
    }

    /** How long the value of an attribute is; 0 when there is none of this type. */
    public final int attributeLength(int type) {
        return attributeOffset(type) < 0 ? 0 : lengths[type];
    }

    final int u8(int type) {
        int offset = attributeOffset(type);
        return offset < 0 ? -1 : buffer.get(offset) & 0xff;
    }

    final long u32(int type) {
        return u32(type, 0);
    }

    final long u32(int type, int behind) {
        int offset = attributeOffset(type);
        return offset < 0 ? -1 : Integer.toUnsignedLong(buffer.getInt(offset + behind));
    }

    final long u64(int type) {
        int offset = attributeOffset(type);
        return offset < 0 ? -1 : buffer.getLong(offset);
    }

    final @Nullable MemInfo memory(int type) {
        int offset = attributeOffset(type);
        return offset < 0 ? null : MemInfo.of(buffer, offset, attributeLength(type));
    }

    final byte @Nullable [] bytes(int type) {
        int offset = attributeOffset(type);
        if (offset < 0) {
            return null;
        }
        byte[] copy = new byte[attributeLength(type)];
        buffer.get(offset, copy);
        return copy;
    }

    final long cookieAt(int offset) {
        return Integer.toUnsignedLong(buffer.getInt(offset))
                | Integer.toUnsignedLong(buffer.getInt(offset + Integer.BYTES)) << Integer.SIZE;
    }
}
