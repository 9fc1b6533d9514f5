package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * Where an IPv4 datagram arrived, or is to leave: IP_PKTINFO. See
 * <a href="https://man7.org/linux/man-pages/man7/ip.7.html">ip(7)</a>.
 *
 * <p>In memory the {@code be} fields are in network byte order; the accessors take and give host order.
 *
 * <pre>
 *         +-------------------+
 *      0  | s32  ipi_ifindex  |
 *      4  | be32 ipi_spec_dst |  local address
 *      8  | be32 ipi_addr     |  destination in the header
 *     12  +-------------------+
 * </pre>
 */
public final class InPktinfo {
    public static final int SIZE = 12;

    public static final int IPI_IFINDEX = 0;
    public static final int IPI_SPEC_DST = 4;
    public static final int IPI_ADDR = 8;

    private InPktinfo() {}

    public static int ipi_ifindex(ByteBuffer b, int o) {
        return b.getInt(o + IPI_IFINDEX);
    }

    public static void ipi_ifindex(ByteBuffer b, int o, int value) {
        b.putInt(o + IPI_IFINDEX, value);
    }

    public static int ipi_spec_dst(ByteBuffer b, int o) {
        return Fields.be32(b, o + IPI_SPEC_DST);
    }

    public static void ipi_spec_dst(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IPI_SPEC_DST, value);
    }

    public static int ipi_addr(ByteBuffer b, int o) {
        return Fields.be32(b, o + IPI_ADDR);
    }

    public static void ipi_addr(ByteBuffer b, int o, int value) {
        Fields.be32(b, o + IPI_ADDR, value);
    }
}
