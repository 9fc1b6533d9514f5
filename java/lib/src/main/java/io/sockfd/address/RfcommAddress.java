package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrRc;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Bluetooth RFCOMM address. As text {@code rfcomm:aa:bb:cc:dd:ee:ff:CHANNEL}.
 *
 * <p>ISO sockets have a struct of the same 10 bytes, whose last is the address type; it decodes to this class.
 *
 * @see <a href="https://github.com/bluez/bluez/blob/master/doc/rfcomm.rst">rfcomm(7) of BlueZ</a>
 */
public final class RfcommAddress extends LinuxAddress {
    static final int BYTES = SockaddrRc.SIZE;

    private static final String FORM = "rfcomm:aa:bb:cc:dd:ee:ff:CHANNEL";
    private static final long serialVersionUID = 1;

    private final HardwareAddress address;
    private final int channel;

    /**
     * A channel of a device.
     *
     * @param address 6 bytes; {@link HardwareAddress#ANY} in {@code bind}
     * @param channel 1 to 30 are in use, 0 in {@code bind} is a free one; 0 to 255
     * @throws IllegalArgumentException when a value is out of its range
     */
    public RfcommAddress(HardwareAddress address, int channel) {
        this.address = address.requireBluetooth();
        this.channel = Range.u8(channel, "channel");
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static RfcommAddress parse(String text) {
        Notation n = new Notation(text, "rfcomm:", FORM);
        HardwareAddress address = n.bluetooth(n.untilLast(':', "a Bluetooth address"));
        int channel = (int) n.number(n.rest(), "a channel", Notation.U8);
        n.finish();
        return new RfcommAddress(address, channel);
    }

    /** The device, in the order of the text; the struct has it turned. */
    public HardwareAddress address() {
        return address;
    }

    /** 0 to 255. */
    public int channel() {
        return channel;
    }

    static @Nullable RfcommAddress decode(ByteBuffer b, int length) {
        if (length != BYTES) {
            return null;
        }
        return new RfcommAddress(HardwareAddress.ofReversed(SockaddrRc.rc_bdaddr(b, 0)), SockaddrRc.rc_channel(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_BLUETOOTH;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrRc.rc_family(b, 0, Linux.AF_BLUETOOTH);
        SockaddrRc.rc_bdaddr(b, 0, address.reversed());
        SockaddrRc.rc_channel(b, 0, channel);
        return BYTES;
    }

    @Override
    String text(InterfaceText names) {
        return "rfcomm:" + address + ":" + channel;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RfcommAddress that && address.equals(that.address) && channel == that.channel;
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, channel);
    }
}
