package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * The senders a group is filtered by: IP_MSFILTER. See
 * <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +------------------------+
 *      0  | be32    imsf_multiaddr |
 *      4  | be32    imsf_interface |
 *      8  | u32     imsf_fmode     |  MCAST_INCLUDE, MCAST_EXCLUDE
 *     12  | u32     imsf_numsrc    |
 *     16  | be32[1] imsf_slist     |  be32 addresses, one counted in SIZE
 *     20  +------------------------+
 * </pre>
 */
public final class IpMsfilter {
    public static final int SIZE = 20;

    public static final int IMSF_MULTIADDR = 0;
    public static final int IMSF_INTERFACE = 4;
    public static final int IMSF_FMODE = 8;
    public static final int IMSF_NUMSRC = 12;
    public static final int IMSF_SLIST = 16;

    private IpMsfilter() {}

    public static int imsf_multiaddr(ByteBuffer b, int o) {
        return Fields.be32(b, o + IMSF_MULTIADDR);
    }

    public static void imsf_multiaddr(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IMSF_MULTIADDR, value);
    }

    public static int imsf_interface(ByteBuffer b, int o) {
        return Fields.be32(b, o + IMSF_INTERFACE);
    }

    public static void imsf_interface(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IMSF_INTERFACE, value);
    }

    public static int imsf_fmode(ByteBuffer b, int o) {
        return b.getInt(o + IMSF_FMODE);
    }

    public static void imsf_fmode(ByteBuffer b, int o, int value) {
        b.putInt(o + IMSF_FMODE, value);
    }

    public static int imsf_numsrc(ByteBuffer b, int o) {
        return b.getInt(o + IMSF_NUMSRC);
    }

    public static void imsf_numsrc(ByteBuffer b, int o, int value) {
        b.putInt(o + IMSF_NUMSRC, value);
    }
}
