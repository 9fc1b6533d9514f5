package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrCan;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An SAE J1939 address on a CAN interface. As text {@code j1939:vcan0?name=0x1&pgn=0x12300&addr=0x20}; what is 0 may be
 * left out.
 *
 * @see <a href="https://docs.kernel.org/networking/j1939.html">J1939</a>
 */
public final class J1939Address extends LinuxAddress {
    private static final String FORM = "j1939:INTERFACE[?name=N&pgn=N&addr=N]";
    private static final long serialVersionUID = 1;

    private final int ifindex;
    private final long name;
    private final int pgn;
    private final int addr;

    /**
     * Everything the struct has for J1939.
     *
     * @param ifindex of the CAN interface; 0 only in {@code connect} and {@code sendto}
     * @param name 64 bits; {@code J1939_NO_NAME} (0) where the address is static
     * @param pgn parameter group number, unsigned; {@code J1939_NO_PGN} for any
     * @param addr 0 to 255; {@code J1939_NO_ADDR} (255) for none or everybody
     * @throws IllegalArgumentException when ifindex or addr are out of their ranges
     */
    public J1939Address(int ifindex, long name, int pgn, int addr) {
        this.ifindex = Range.ifindex(ifindex);
        this.name = name;
        this.pgn = pgn;
        this.addr = Range.u8(addr, "addr");
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form or names an interface that does not exist
     */
    public static J1939Address parse(String text) {
        Notation n = new Notation(text, "j1939:", FORM);
        int ifindex = n.ifindex(n.rest());
        long name = n.parameter("name", Notation.U64);
        int pgn = (int) n.parameter("pgn", Notation.U32);
        int addr = (int) n.parameter("addr", Notation.U8);
        n.finish();
        return new J1939Address(ifindex, name, pgn, addr);
    }

    /** Of the CAN interface. */
    public int ifindex() {
        return ifindex;
    }

    /** The 64-bit NAME. */
    public long name() {
        return name;
    }

    /** Parameter group number, unsigned. */
    public int pgn() {
        return pgn;
    }

    /** 0 to 255. */
    public int addr() {
        return addr;
    }

    static @Nullable J1939Address decode(ByteBuffer b, int length) {
        if (length < SockaddrCan.SIZE || SockaddrCan.can_ifindex(b, 0) < 0) {
            return null;
        }
        return new J1939Address(
                SockaddrCan.can_ifindex(b, 0), SockaddrCan.name(b, 0), SockaddrCan.pgn(b, 0), SockaddrCan.addr(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_CAN;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrCan.can_family(b, 0, Linux.AF_CAN);
        SockaddrCan.can_ifindex(b, 0, ifindex);
        SockaddrCan.name(b, 0, name);
        SockaddrCan.pgn(b, 0, pgn);
        SockaddrCan.addr(b, 0, addr);
        return SockaddrCan.SIZE;
    }

    @Override
    String text(InterfaceText names) {
        return "j1939:" + names.of(ifindex)
                + new Parameters().hex("name", name).hex("pgn", pgn).hex("addr", addr);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof J1939Address that
                && ifindex == that.ifindex
                && name == that.name
                && pgn == that.pgn
                && addr == that.addr;
    }

    @Override
    public int hashCode() {
        return Objects.hash(ifindex, name, pgn, addr);
    }
}
