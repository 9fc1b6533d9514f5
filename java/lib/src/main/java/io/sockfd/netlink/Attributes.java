package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.Nlattr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over the attributes of a message or of a nest: {@code while (a.next()) switch (a.type()) …}. It copies nothing
 * and is good as long as the message is. One object can be used again and again: {@link NetlinkMessage#attributes}, {@link
 * #nested}.
 *
 * <p>Numbers are in native byte order unless the name says otherwise, strings are UTF-8. A getter takes an attribute that
 * is longer than it needs, as the kernel does; one that is shorter is a {@link MalformedMessageException}.
 */
public final class Attributes {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;

    private ByteBuffer buffer = EMPTY;
    private int next;
    private int end;
    private int type;
    private int offset;
    private int length;

    /** A cursor over nothing. */
    public Attributes() {}

    Attributes set(ByteBuffer buffer, int start, int end) {
        this.buffer = buffer;
        this.next = start;
        this.end = end;
        length = 0;
        offset = start;
        type = 0;
        return this;
    }

    /**
     * Goes on to the next attribute.
     *
     * @return false when there is none
     * @throws MalformedMessageException when its length is below 4 or beyond the end
     */
    public boolean next() throws MalformedMessageException {
        int left = end - next;
        if (left <= 0) {
            return false;
        }
        int size = left < Nlattr.SIZE ? left : Nlattr.nla_len(buffer, next);
        if (size < Nlattr.SIZE || size > left) {
            int at = next;
            next = end;
            throw new MalformedMessageException("the attribute at byte " + at + " says that it has " + size
                    + " bytes: it needs " + Nlattr.SIZE + " and there are " + left);
        }
        type = Nlattr.nla_type(buffer, next);
        offset = next + Nlattr.SIZE;
        length = size - Nlattr.SIZE;
        next += align(size);
        return true;
    }

    static int align(int size) {
        return size + Linux.NLA_ALIGNTO - 1 & -Linux.NLA_ALIGNTO;
    }

    /** Its number, without the flags. */
    public int type() {
        return type & Linux.NLA_TYPE_MASK;
    }

    /** Whether it is marked as a nest (NLA_F_NESTED); older parts of the kernel do not mark theirs. */
    public boolean isMarkedNested() {
        return (type & Linux.NLA_F_NESTED) != 0;
    }

    /** Whether it is marked as being in network byte order (NLA_F_NET_BYTEORDER). */
    public boolean isMarkedNetworkOrder() {
        return (type & Linux.NLA_F_NET_BYTEORDER) != 0;
    }

    /** The bytes of its value. */
    public int length() {
        return length;
    }

    /** Where in {@link #buffer} its value begins: for flyweights of {@link io.sockfd.raw.struct}. */
    public int offset() {
        return offset;
    }

    /** What the message lies in. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /**
     * That the value has at least so many bytes.
     *
     * @return {@link #offset}
     * @throws MalformedMessageException when it has fewer
     */
    public int atLeast(int bytes) throws MalformedMessageException {
        if (length < bytes) {
            throw new MalformedMessageException(
                    "attribute " + type() + " has " + length + " bytes where " + bytes + " are needed");
        }
        return offset;
    }

    /** An unsigned byte. */
    public int u8() throws MalformedMessageException {
        return buffer.get(atLeast(Byte.BYTES)) & 0xff;
    }

    /** An unsigned number of 2 bytes. */
    public int u16() throws MalformedMessageException {
        return buffer.getShort(atLeast(Short.BYTES)) & 0xffff;
    }

    /** An unsigned number of 2 bytes in network byte order. */
    public int be16() throws MalformedMessageException {
        int value = u16();
        return buffer.order() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes((short) value) & 0xffff;
    }

    /** An unsigned number of 4 bytes. */
    public long u32() throws MalformedMessageException {
        return Integer.toUnsignedLong(s32());
    }

    /** A number of 4 bytes: an interface index, a set of flags. */
    public int s32() throws MalformedMessageException {
        return buffer.getInt(atLeast(Integer.BYTES));
    }

    /** A number of 8 bytes; read it as unsigned where it can be that large. */
    public long u64() throws MalformedMessageException {
        return buffer.getLong(atLeast(Long.BYTES));
    }

    /** A copy of the value. */
    public byte[] bytes() {
        byte[] copy = new byte[length];
        buffer.get(offset, copy);
        return copy;
    }

    /** A string, up to its NUL or the attribute's end. */
    public String string() {
        int size = 0;
        while (size < length && buffer.get(offset + size) != 0) {
            size++;
        }
        byte[] copy = new byte[size];
        buffer.get(offset, copy);
        return new String(copy, StandardCharsets.UTF_8);
    }

    /** An Internet address of 4 or 16 bytes; an IPv4-mapped one stays an {@link Inet6Address}. */
    public InetAddress inetAddress() throws MalformedMessageException {
        if (length != IPV4 && length != IPV6) {
            throw new MalformedMessageException("attribute " + type() + " has " + length
                    + " bytes: an Internet address has " + IPV4 + " or " + IPV6);
        }
        return inetAddress(bytes());
    }

    static InetAddress inetAddress(byte[] bytes) {
        try {
            return bytes.length == IPV6 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Points {@code into} at the attributes inside of this one; also for arrays, whose types count the elements. */
    public Attributes nested(Attributes into) {
        return into.set(buffer, offset, offset + length);
    }

    /** As {@link #nested(Attributes)} with a new cursor. */
    public Attributes nested() {
        return nested(new Attributes());
    }

    /**
     * As {@link #nested(Attributes)}, behind a struct that comes first.
     *
     * @throws MalformedMessageException when the value is shorter than the struct
     */
    public Attributes nestedBehind(int structSize, Attributes into) throws MalformedMessageException {
        return into.set(buffer, atLeast(structSize) + Math.min(align(structSize), length), offset + length);
    }
}
