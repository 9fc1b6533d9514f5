package io.sockfd.packet;

/**
 * A tag of IEEE 802.1Q. The type before it, in the Ethernet header or in the tag around it (QinQ, 802.1ad), says that it
 * is one.
 *
 * <pre>
 *      0                   2         4
 *     +-----+-+-----------+---------+----
 *     | pcp |d|    vid    |  type   | ...
 *     +-----+-+-----------+---------+----
 *        3   1     12          16 bits
 * </pre>
 */
public final class Vlan extends Header<Vlan> {
    public static final int SIZE = 4;

    private static final int TCI = 0;
    private static final int TYPE = 2;
    private static final int VID_BITS = 12;
    private static final int VID = (1 << VID_BITS) - 1;
    private static final int PCP_SHIFT = 13;
    private static final int DEI = 0x10;

    public Vlan() {
        super(SIZE);
    }

    @Override
    String name() {
        return "VLAN tag";
    }

    /** Tag control information: the three fields in one. */
    public int tci() {
        return u16(TCI);
    }

    public Vlan tci(int tci) {
        return put16(TCI, tci, "tci");
    }

    /** The VLAN, 12 bits. */
    public int vid() {
        return tci() & VID;
    }

    public Vlan vid(int vid) {
        return tci((tci() & ~VID) | Bytes.fit(vid, VID_BITS, "vid"));
    }

    /** Priority code point, 0 to 7. */
    public int pcp() {
        return tci() >> PCP_SHIFT;
    }

    public Vlan pcp(int pcp) {
        return tci(Bytes.fit(pcp, 3, "pcp") << PCP_SHIFT | (tci() & ((1 << PCP_SHIFT) - 1)));
    }

    /** Drop eligible. */
    public boolean dei() {
        return bit(TCI, DEI);
    }

    public Vlan dei(boolean on) {
        return putBit(TCI, DEI, on);
    }

    /** Of what follows: an {@code ETH_P_} number. */
    public int etherType() {
        return u16(TYPE);
    }

    public Vlan etherType(int type) {
        return put16(TYPE, type, "etherType");
    }
}
