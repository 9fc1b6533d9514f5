package io.sockfd.packet;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The Internet checksum, RFC 1071: the complement of the one's complement sum of 16-bit words. A <i>sum</i> is a {@code
 * long} in the making: begin with 0 or a pseudo-header, {@code add} the parts, {@link #finish}.
 *
 * <p>Over data whose checksum field is filled, {@link #of} gives 0 when the checksum is right.
 */
public final class Checksum {
    private static final int WORD = 0xffff;

    private Checksum() {}

    /** The checksum of the bytes from {@code offset} to {@code limit}, 0 to 0xffff, ready to be written. */
    public static int of(ByteBuffer b, int offset, int limit) {
        return finish(add(0, b, offset, limit));
    }

    /**
     * Adds the bytes from {@code offset} to {@code limit}. All parts but the last have an even number of bytes; see {@link
     * #addOdd} for where they do not.
     */
    public static long add(long sum, ByteBuffer b, int offset, int limit) {
        Objects.checkFromToIndex(offset, limit, b.limit());
        // 2^31 bytes are 2^29 halves of less than 2^32: no sum of that and a folded one has 63 bits
        long s = fold(sum);
        int at = offset;
        for (; limit - at >= Long.BYTES; at += Long.BYTES) {
            long v = Bytes.i64(b, at);
            s += (v >>> 32) + (v & Bytes.U32);
        }
        for (; limit - at >= Short.BYTES; at += Short.BYTES) {
            s += Bytes.u16(b, at);
        }
        return at < limit ? s + ((long) Bytes.u8(b, at) << 8) : s;
    }

    /** Adds a part that begins at an odd byte of the whole: after an odd number of bytes in earlier parts. */
    public static long addOdd(long sum, ByteBuffer b, int offset, int limit) {
        int part = fold(add(0, b, offset, limit));
        return fold(sum) + ((part & 0xffL) << 8 | part >> 8);
    }

    /** Adds a 16-bit word. */
    public static long add(long sum, int word) {
        return (long) fold(sum) + (word & WORD);
    }

    /** The sum in 16 bits, not complemented: what the kernel wants in the field for checksum offload. */
    public static int fold(long sum) {
        long s = (sum >>> 32) + (sum & Bytes.U32);
        s = (s >>> 16) + (s & WORD);
        s = (s >>> 16) + (s & WORD);
        return (int) ((s >>> 16) + (s & WORD));
    }

    /** The checksum of a sum, 0 to 0xffff. */
    public static int finish(long sum) {
        return ~fold(sum) & WORD;
    }

    /**
     * The sum of the pseudo-header of TCP and UDP over IPv4, RFC 9293 and 768.
     *
     * @param length of the header of the transport and its data
     */
    public static long pseudoHeader(int source, int destination, int protocol, int length) {
        return (source & Bytes.U32) + (destination & Bytes.U32) + protocol + length;
    }

    /**
     * The sum of the pseudo-header of IPv6, RFC 8200 section 8.1.
     *
     * @param b holds the addresses, 16 bytes each
     * @param destination where the last destination is: with a routing header not that of the IPv6 header
     * @param length of the upper layer's header and data
     */
    public static long pseudoHeader(ByteBuffer b, int source, int destination, int nextHeader, int length) {
        long sum = add(0, b, source, source + Ip.V6);
        return add(sum, b, destination, destination + Ip.V6) + nextHeader + length;
    }

    /**
     * The checksum after a 16-bit field changed, without the rest of the data: RFC 1624, equation 3.
     *
     * @param before the old value of the field
     * @param after the new one
     */
    public static int update(int checksum, int before, int after) {
        return finish((~checksum & WORD) + (long) (~before & WORD) + (after & WORD));
    }

    /** The checksum after a 32-bit field at an even place changed, such as an IPv4 address. */
    public static int update32(int checksum, int before, int after) {
        return update(update(checksum, before >>> 16, after >>> 16), before, after);
    }
}
