package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Nlattr;
import io.sockfd.raw.struct.Nlmsghdr;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes one message: a struct, then attributes. The buffer is kept and grows; starting again allocates nothing.
 *
 * <pre>{@code
 * NetlinkRequest request = netlink.request(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
 * Ifinfomsg.ifi_flags(request.buffer(), request.struct(Ifinfomsg.SIZE), IFF_UP);
 * request.string(IFLA_IFNAME, "dummy0").begin(IFLA_LINKINFO).string(IFLA_INFO_KIND, "dummy").end();
 * }</pre>
 *
 * <p>An attribute has at most 65531 bytes of value: the methods throw {@link IllegalArgumentException} beyond that.
 */
public final class NetlinkRequest {
    private static final int FIRST_CAPACITY = 1024;
    private static final int LARGEST_ATTRIBUTE = 0xffff;
    private static final int DEPTH = 16;

    private final int[] nests = new int[DEPTH];
    private ByteBuffer buffer = Memory.allocate(FIRST_CAPACITY);
    private int depth;
    private int length;
    private String call = "";
    private String context = "";

    NetlinkRequest() {}

    NetlinkRequest start(int type, int flags) {
        length = 0;
        depth = 0;
        call = "";
        context = "";
        reserve(Nlmsghdr.SIZE);
        Nlmsghdr.nlmsg_type(buffer, 0, type);
        Nlmsghdr.nlmsg_flags(buffer, 0, flags);
        return this;
    }

    /**
     * What an exception says about this request.
     *
     * @param call the request's name, for instance {@code RTM_NEWLINK}
     * @param context what it is about, for instance an interface
     */
    public NetlinkRequest describe(String call, String context) {
        this.call = call;
        this.context = context;
        return this;
    }

    /** Room for a struct, zeroed; call {@link #buffer} after this, because the buffer may have grown. */
    public int struct(int size) {
        return reserve(size);
    }

    /** What the message is written into, in native byte order, from 0 on. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** An attribute with a zeroed value of so many bytes; the result is where the value begins in {@link #buffer}. */
    public int attribute(int type, int size) {
        if (size < 0 || size > LARGEST_ATTRIBUTE - Nlattr.SIZE) {
            throw new IllegalArgumentException("attribute " + type + " of " + size + " bytes: netlink's largest has "
                    + (LARGEST_ATTRIBUTE - Nlattr.SIZE));
        }
        int at = reserve(Nlattr.SIZE + size);
        Nlattr.nla_len(buffer, at, Nlattr.SIZE + size);
        Nlattr.nla_type(buffer, at, type);
        return at + Nlattr.SIZE;
    }

    /** An attribute without a value. */
    public NetlinkRequest flag(int type) {
        attribute(type, 0);
        return this;
    }

    /** A number of 1 byte. */
    public NetlinkRequest u8(int type, int value) {
        int at = attribute(type, Byte.BYTES);
        buffer.put(at, (byte) value);
        return this;
    }

    /** A number of 2 bytes. */
    public NetlinkRequest u16(int type, int value) {
        int at = attribute(type, Short.BYTES);
        buffer.putShort(at, (short) value);
        return this;
    }

    /** A number of 2 bytes, written in network byte order. */
    public NetlinkRequest be16(int type, int value) {
        short swapped = Short.reverseBytes((short) value);
        return u16(type, buffer.order() == ByteOrder.BIG_ENDIAN ? value : swapped);
    }

    /** A number of 4 bytes. */
    public NetlinkRequest u32(int type, int value) {
        int at = attribute(type, Integer.BYTES);
        buffer.putInt(at, value);
        return this;
    }

    /** A number of 8 bytes. */
    public NetlinkRequest u64(int type, long value) {
        int at = attribute(type, Long.BYTES);
        buffer.putLong(at, value);
        return this;
    }

    /** Bytes as they are. */
    public NetlinkRequest bytes(int type, byte[] value) {
        int at = attribute(type, value.length);
        buffer.put(at, value);
        return this;
    }

    /**
     * A string in UTF-8, with its NUL.
     *
     * @throws IllegalArgumentException when it has a NUL inside
     */
    public NetlinkRequest string(int type, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL in the string of attribute " + type);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int at = attribute(type, utf8.length + 1);
        buffer.put(at, utf8);
        return this;
    }

    /** The 4 or 16 bytes of an address. */
    public NetlinkRequest inetAddress(int type, InetAddress value) {
        return bytes(type, value.getAddress());
    }

    /** Begins a nest, marked with NLA_F_NESTED; what follows is inside until {@link #end}. */
    public NetlinkRequest begin(int type) {
        return beginUnmarked(type | Linux.NLA_F_NESTED);
    }

    /** As {@link #begin} without the mark, which some older parts of the kernel do not take. */
    public NetlinkRequest beginUnmarked(int type) {
        if (depth == DEPTH) {
            throw new IllegalStateException("nests are " + DEPTH + " deep at most");
        }
        nests[depth++] = attribute(type, 0) - Nlattr.SIZE;
        return this;
    }

    /**
     * Ends the nest that was begun last.
     *
     * @throws IllegalStateException when there is none
     * @throws IllegalArgumentException when it is longer than an attribute can be
     */
    public NetlinkRequest end() {
        if (depth == 0) {
            throw new IllegalStateException("end() without begin()");
        }
        int at = nests[--depth];
        if (length - at > LARGEST_ATTRIBUTE) {
            throw new IllegalArgumentException("a nest of " + (length - at) + " bytes: netlink's largest attribute has "
                    + (LARGEST_ATTRIBUTE - Nlattr.SIZE));
        }
        Nlattr.nla_len(buffer, at, length - at);
        return this;
    }

    /** The message, ready to be sent. */
    ByteBuffer finish(int sequence) {
        if (depth != 0) {
            throw new IllegalStateException(depth + " nests have no end()");
        }
        Nlmsghdr.nlmsg_len(buffer, 0, length);
        Nlmsghdr.nlmsg_seq(buffer, 0, sequence);
        return buffer.position(0).limit(length);
    }

    String call() {
        return call.isEmpty() ? "netlink" : call;
    }

    String context() {
        return call.isEmpty() ? "type " + Nlmsghdr.nlmsg_type(buffer, 0) : context;
    }

    /** The end is always aligned, so padding follows whatever was written; the kernel accepts it after the last, too. */
    private int reserve(int size) {
        int at = length;
        int needed = at + Attributes.align(size);
        buffer.clear();
        if (needed > buffer.capacity()) {
            ByteBuffer larger = Memory.allocate(Integer.highestOneBit(needed - 1) * 2);
            larger.put(0, buffer, 0, at);
            buffer = larger;
        }
        for (int i = at; i < needed; i++) {
            buffer.put(i, (byte) 0);
        }
        length = needed;
        return at;
    }
}
