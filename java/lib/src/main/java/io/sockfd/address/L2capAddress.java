package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrL2;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Bluetooth L2CAP address. As text {@code l2cap:aa:bb:cc:dd:ee:ff:PSM}, then {@code ?cid=N&type=N} where those are not
 * 0.
 *
 * @see <a href="https://github.com/bluez/bluez/blob/master/doc/l2cap.rst">l2cap(7) of BlueZ</a>
 */
public final class L2capAddress extends LinuxAddress {
    static final int BYTES = SockaddrL2.SIZE;

    private static final String FORM = "l2cap:aa:bb:cc:dd:ee:ff:PSM[?cid=N&type=N]";
    private static final long serialVersionUID = 1;

    private final HardwareAddress address;
    private final int psm;
    private final int cid;
    private final int addressType;

    /**
     * A channel over BR/EDR.
     *
     * @param address 6 bytes; {@link HardwareAddress#ANY} in {@code bind}
     * @param psm protocol and service multiplexer, odd; 0 to 65535
     * @throws IllegalArgumentException when a value is out of its range
     */
    public L2capAddress(HardwareAddress address, int psm) {
        this(address, psm, 0, Linux.BDADDR_BREDR);
    }

    /**
     * Everything the struct has.
     *
     * @param cid fixed channel in place of a PSM, 0 to 65535; 4 is ATT
     * @param addressType {@code BDADDR_BREDR}, {@code BDADDR_LE_PUBLIC} or {@code BDADDR_LE_RANDOM}; 0 to 255
     * @throws IllegalArgumentException when a value is out of its range
     */
    public L2capAddress(HardwareAddress address, int psm, int cid, int addressType) {
        this.address = address.requireBluetooth();
        this.psm = Range.u16(psm, "psm");
        this.cid = Range.u16(cid, "cid");
        this.addressType = Range.u8(addressType, "addressType");
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static L2capAddress parse(String text) {
        Notation n = new Notation(text, "l2cap:", FORM);
        HardwareAddress address = n.bluetooth(n.untilLast(':', "a Bluetooth address"));
        int psm = (int) n.number(n.rest(), "a PSM", Notation.U16);
        int cid = (int) n.parameter("cid", Notation.U16);
        int type = (int) n.parameter("type", Notation.U8);
        n.finish();
        return new L2capAddress(address, psm, cid, type);
    }

    /** The device, in the order of the text; the struct has it turned. */
    public HardwareAddress address() {
        return address;
    }

    /** Protocol and service multiplexer. */
    public int psm() {
        return psm;
    }

    /** Fixed channel, or 0. */
    public int cid() {
        return cid;
    }

    /** {@code BDADDR_*}. */
    public int addressType() {
        return addressType;
    }

    static @Nullable L2capAddress decode(ByteBuffer b, int length) {
        if (length != BYTES) {
            return null;
        }
        return new L2capAddress(
                HardwareAddress.ofReversed(SockaddrL2.l2_bdaddr(b, 0)),
                SockaddrL2.l2_psm(b, 0),
                SockaddrL2.l2_cid(b, 0),
                SockaddrL2.l2_bdaddr_type(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_BLUETOOTH;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrL2.l2_family(b, 0, Linux.AF_BLUETOOTH);
        SockaddrL2.l2_psm(b, 0, psm);
        SockaddrL2.l2_bdaddr(b, 0, address.reversed());
        SockaddrL2.l2_cid(b, 0, cid);
        SockaddrL2.l2_bdaddr_type(b, 0, addressType);
        return BYTES;
    }

    @Override
    String text(InterfaceText names) {
        return "l2cap:" + address + ":" + psm + new Parameters().dec("cid", cid).dec("type", addressType);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof L2capAddress that
                && address.equals(that.address)
                && psm == that.psm
                && cid == that.cid
                && addressType == that.addressType;
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, psm, cid, addressType);
    }
}
