package io.sockfd.raw.struct;

import java.nio.ByteBuffer;

/**
 * A Bluetooth controller. See {@code include/bluetooth.h}.
 *
 * <pre>
 *         +-----------------+
 *      0  | u16 hci_family  |  AF_BLUETOOTH
 *      2  | u16 hci_dev     |  index of the controller
 *      4  | u16 hci_channel |  HCI_CHANNEL_*
 *      6  +-----------------+
 * </pre>
 */
public final class SockaddrHci {
    public static final int SIZE = 6;

    public static final int HCI_FAMILY = 0;
    public static final int HCI_DEV = 2;
    public static final int HCI_CHANNEL = 4;

    private SockaddrHci() {}

    public static int hci_family(ByteBuffer b, int o) {
        return Fields.u16(b, o + HCI_FAMILY);
    }

    public static void hci_family(ByteBuffer b, int o, int value) {
        b.putShort(o + HCI_FAMILY, (short) value);
    }

    public static int hci_dev(ByteBuffer b, int o) {
        return Fields.u16(b, o + HCI_DEV);
    }

    public static void hci_dev(ByteBuffer b, int o, int value) {
        b.putShort(o + HCI_DEV, (short) value);
    }

    public static int hci_channel(ByteBuffer b, int o) {
        return Fields.u16(b, o + HCI_CHANNEL);
    }

    public static void hci_channel(ByteBuffer b, int o, int value) {
        b.putShort(o + HCI_CHANNEL, (short) value);
    }
}
