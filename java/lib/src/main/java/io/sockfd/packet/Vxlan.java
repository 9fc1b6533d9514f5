package io.sockfd.packet;

/**
 * VXLAN, RFC 7348: Ethernet in UDP, port 4789, or 8472 as Linux chose before.
 *
 * <pre>
 *     +---------------+-----------------------------------------------+
 *   0 |R|R|R|R|I|R|R|R|                   reserved                    |
 *     +---------------+-------------------------------+---------------+
 *   4 |       network identifier, 24 bits             |   reserved    |
 *     +-----------------------------------------------+---------------+
 * </pre>
 */
public final class Vxlan extends Header<Vxlan> {
    public static final int SIZE = 8;
    /** The port of RFC 7348. */
    public static final int PORT = 4789;
    /** The port that Linux takes unless it is told another one. */
    public static final int LINUX_PORT = 8472;

    private static final int VALID = 0x08;
    private static final int VNI = 4;

    public Vxlan() {
        super(SIZE);
    }

    @Override
    String name() {
        return "VXLAN";
    }

    @Override
    void defaults() {
        put8(0, VALID, "flags");
    }

    /** Bit 0x08 says that the network identifier is valid. */
    public int flags() {
        return u8(0);
    }

    /** The network identifier, 24 bits. */
    public int vni() {
        return i32(VNI) >>> Byte.SIZE;
    }

    public Vxlan vni(int vni) {
        return put32(VNI, (long) Bytes.fit(vni, 24, "vni") << Byte.SIZE, "vni");
    }

    void describe(StringBuilder out) {
        out.append("VXLAN, flags [").append((flags() & VALID) != 0 ? 'I' : '.').append("] (0x");
        out.append(Character.forDigit(flags() >> 4, 16)).append(Character.forDigit(flags() & 15, 16));
        out.append("), vni ").append(vni());
    }
}
