package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/**
 * The header of IEEE 802.2 behind the length of an 802.3 frame, and where it announces one (both addresses 0xaa) the SNAP
 * header behind it, RFC 1042.
 *
 * <pre>
 *      0       1       2         3               6                8
 *     +-------+-------+---------+---------------+----------------+----
 *     | dsap  | ssap  | control | organization  |      type      | ...   the last two with SNAP only
 *     +-------+-------+---------+---------------+----------------+----
 * </pre>
 */
public final class Llc extends Header<Llc> {
    /** Without SNAP. */
    public static final int SIZE = 3;
    /** With SNAP. */
    public static final int SNAP_SIZE = 8;

    /** The longest that an 802.3 frame can have behind its length. */
    static final int MOST = 1500;

    private static final int SNAP = 0xaa;
    private static final int UNNUMBERED_INFORMATION = 3;
    private static final int ORGANIZATION = 3;
    private static final int TYPE = 6;

    public Llc() {
        super(SIZE);
    }

    @Override
    String name() {
        return "LLC";
    }

    @Override
    @Nullable
    String problem() {
        boolean snap = dsap() == SNAP && ssap() == SNAP && control() == UNNUMBERED_INFORMATION;
        return snap ? measured(SNAP_SIZE) : null;
    }

    /** The destination's service access point. */
    public int dsap() {
        return u8(0);
    }

    public Llc dsap(int point) {
        return put8(0, point, "dsap");
    }

    /** The source's service access point; its lowest bit marks a response. */
    public int ssap() {
        return u8(1);
    }

    public Llc ssap(int point) {
        return put8(1, point, "ssap");
    }

    /** The first byte of the control field; 3 for unnumbered information. */
    public int control() {
        return u8(2);
    }

    public Llc control(int control) {
        return put8(2, control, "control");
    }

    /** Whether a SNAP header follows. */
    public boolean isSnap() {
        return length == SNAP_SIZE;
    }

    /** SNAP: the three bytes of the organization that the type is of, 0 for an {@code ETH_P_} number. */
    public int organization() {
        return isSnap() ? u16(ORGANIZATION) << Byte.SIZE | u8(ORGANIZATION + 2) : none();
    }

    /** SNAP: the type. */
    public int type() {
        return isSnap() ? u16(TYPE) : none();
    }

    /** Makes it the header of LLC and SNAP that carries an {@code ETH_P_} type. */
    public Llc snap(int etherType) {
        if (limit - offset < SNAP_SIZE) {
            throw new IllegalArgumentException(
                    "LLC with SNAP takes " + SNAP_SIZE + " bytes, and there are " + (limit - offset));
        }
        length = SNAP_SIZE;
        dsap(SNAP).ssap(SNAP).control(UNNUMBERED_INFORMATION);
        Bytes.zero(b, offset + ORGANIZATION, offset + TYPE);
        return put16(TYPE, etherType, "type");
    }

    private static int none() {
        throw new IllegalStateException("there is no SNAP header");
    }

    void describe(StringBuilder out) {
        out.append("LLC, dsap 0x").append(Integer.toHexString(dsap()));
        out.append(", ssap 0x").append(Integer.toHexString(ssap()));
        out.append(", ctrl 0x").append(Integer.toHexString(control()));
        if (isSnap()) {
            out.append(", oui 0x").append(Integer.toHexString(organization()));
            out.append(", type 0x").append(Integer.toHexString(type()));
        }
    }
}
