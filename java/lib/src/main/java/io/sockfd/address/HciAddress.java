package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrHci;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Bluetooth controller and how to talk to it. As text {@code hci:DEVICE:CHANNEL}, for instance {@code hci:0:raw}; the
 * channel is a number or {@code raw}, {@code user}, {@code monitor}, {@code control} or {@code logging}, the device a
 * number or {@code none}.
 *
 * @see <a href="https://github.com/bluez/bluez/blob/master/doc/hci.rst">hci(7) of BlueZ</a>
 */
public final class HciAddress extends LinuxAddress {
    static final int BYTES = SockaddrHci.SIZE;

    /** The names of the channels 0 to 4. */
    private static final List<String> CHANNELS = List.of("raw", "user", "monitor", "control", "logging");

    private static final String FORM = "hci:DEVICE:CHANNEL, CHANNEL one of " + String.join(", ", CHANNELS);
    private static final long serialVersionUID = 1;

    private final int device;
    private final int channel;

    /**
     * A controller and a channel.
     *
     * @param device index of the controller; {@code HCI_DEV_NONE} (65535) for the monitor and control channels
     * @param channel {@code HCI_CHANNEL_*}; 0 to 65535
     * @throws IllegalArgumentException when a value is out of its range
     */
    public HciAddress(int device, int channel) {
        this.device = Range.u16(device, "device");
        this.channel = Range.u16(channel, "channel");
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static HciAddress parse(String text) {
        Notation n = new Notation(text, "hci:", FORM);
        String device = n.until(':', "a device");
        int dev = device.equals("none") ? Linux.HCI_DEV_NONE : (int) n.number(device, "a device", Notation.U16);
        String name = n.rest();
        int known = CHANNELS.indexOf(name);
        int channel = known >= 0 ? known : (int) n.number(name, "a channel", Notation.U16);
        n.finish();
        return new HciAddress(dev, channel);
    }

    /** Index of the controller, or {@code HCI_DEV_NONE}. */
    public int device() {
        return device;
    }

    /** {@code HCI_CHANNEL_*}. */
    public int channel() {
        return channel;
    }

    static @Nullable HciAddress decode(ByteBuffer b, int length) {
        if (length != BYTES) {
            return null;
        }
        return new HciAddress(SockaddrHci.hci_dev(b, 0), SockaddrHci.hci_channel(b, 0));
    }

    @Override
    public int family() {
        return Linux.AF_BLUETOOTH;
    }

    @Override
    int encode(ByteBuffer b) {
        SockaddrHci.hci_family(b, 0, Linux.AF_BLUETOOTH);
        SockaddrHci.hci_dev(b, 0, device);
        SockaddrHci.hci_channel(b, 0, channel);
        return BYTES;
    }

    @Override
    String text(InterfaceText names) {
        return "hci:" + (device == Linux.HCI_DEV_NONE ? "none" : device) + ":"
                + (channel < CHANNELS.size() ? CHANNELS.get(channel) : channel);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HciAddress that && device == that.device && channel == that.channel;
    }

    @Override
    public int hashCode() {
        return Objects.hash(device, channel);
    }
}
