package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/**
 * Geneve, RFC 8926: any protocol in UDP, port 6081, with options.
 *
 * <pre>
 *     +---+-----------+-+-+-----------+-------------------------------+
 *   0 |ver|  options  |O|C| reserved  |         protocol type         |
 *     +---+-----------+-+-+-----------+---------------+---------------+
 *   4 |       network identifier, 24 bits             |   reserved    |
 *     +-----------------------------------------------+---------------+
 *   8 |                 options, in words of 4 bytes                  |
 * </pre>
 */
public final class Geneve extends Header<Geneve> {
    /** Without options. */
    public static final int SIZE = 8;
    /** The port of RFC 8926. */
    public static final int PORT = 6081;

    private static final int OPTIONS = 0x3f;
    private static final int CONTROL = 0x80;
    private static final int CRITICAL = 0x40;
    private static final int TYPE = 2;
    private static final int VNI = 4;

    public Geneve() {
        super(SIZE);
    }

    @Override
    String name() {
        return "Geneve";
    }

    @Override
    @Nullable
    String problem() {
        int version = u8(0) >> 6;
        return version != 0 ? "Geneve has version " + version : measured(SIZE + (u8(0) & OPTIONS) * Integer.BYTES);
    }

    /** A control message, not data. */
    public boolean isControl() {
        return bit(1, CONTROL);
    }

    /** Some option must be understood. */
    public boolean hasCriticalOptions() {
        return bit(1, CRITICAL);
    }

    /** An {@code ETH_P_} number; {@code ETH_P_TEB} for Ethernet. */
    public int protocolType() {
        return u16(TYPE);
    }

    /** An {@code ETH_P_} number. */
    public Geneve protocolType(int type) {
        return put16(TYPE, type, "protocolType");
    }

    /** The network identifier, 24 bits. */
    public int vni() {
        return i32(VNI) >>> Byte.SIZE;
    }

    public Geneve vni(int vni) {
        return put32(VNI, (long) Bytes.fit(vni, 24, "vni") << Byte.SIZE, "vni");
    }

    void describe(StringBuilder out) {
        out.append("Geneve, Flags [");
        String flags = (isControl() ? "O" : "") + (hasCriticalOptions() ? "C" : "");
        out.append(flags.isEmpty() ? "none" : flags).append("], vni 0x").append(Integer.toHexString(vni()));
        if (headerLength() > SIZE) {
            out.append(", options ").append(headerLength() - SIZE).append(" bytes");
        }
    }
}
