package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrSco;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A Bluetooth SCO address: a device, for audio. As text {@code sco:aa:bb:cc:dd:ee:ff}.
 *
 * @see <a href="https://github.com/bluez/bluez/blob/master/doc/sco.rst">sco(7) of BlueZ</a>
 */
public final class ScoAddress extends LinuxAddress {
    static final int BYTES = SockaddrSco.SIZE;

    private static final String FORM = "sco:aa:bb:cc:dd:ee:ff";
    private static final long serialVersionUID = 1;

    private final HardwareAddress address;

    /**
     * A device.
     *
     * @param address 6 bytes; {@link HardwareAddress#ANY} in {@code bind}
     * @throws IllegalArgumentException when it has another length
     */
    public ScoAddress(HardwareAddress address) {
        this.address = address.requireBluetooth();
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static ScoAddress parse(String text) {
        Notation n = new Notation(text, "sco:", FORM);
        HardwareAddress address = n.bluetooth(n.rest());
        n.finish();
        return new ScoAddress(address);
    }

    /** The device, in the order of the text; the struct has it turned. */
    public HardwareAddress address() {
        return address;
    }

    static @Nullable ScoAddress decode(ByteBuffer b, int length) {
        if (length != BYTES) {
            return null;
        }
        return new ScoAddress(HardwareAddress.ofReversed(SockaddrSco.sco_bdaddr(b, 0)));
    }

    @Override
    public int family() {
        return Linux.AF_BLUETOOTH;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrSco.sco_family(b, 0, Linux.AF_BLUETOOTH);
        SockaddrSco.sco_bdaddr(b, 0, address.reversed());
        return BYTES;
    }

    @Override
    String text(InterfaceText names) {
        return "sco:" + address;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoAddress that && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }
}
