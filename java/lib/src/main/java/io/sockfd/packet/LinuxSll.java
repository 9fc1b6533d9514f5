package io.sockfd.packet;

import io.sockfd.address.HardwareAddress;

/**
 * "Linux cooked capture": what a capture on all interfaces has instead of their own headers.
 *
 * <pre>
 *      0             2             4             6                        14            16
 *     +-------------+-------------+-------------+------------------------+-------------+----
 *     | packet type | hardware t. | addr. length|     source address     |  protocol   | ...
 *     +-------------+-------------+-------------+------------------------+-------------+----
 * </pre>
 */
public final class LinuxSll extends Header<LinuxSll> {
    public static final int SIZE = 16;

    static final int MOST_ADDRESS = 8;

    private static final int ADDRESS_LENGTH = 4;
    private static final int ADDRESS = 6;
    private static final int PROTOCOL = 14;

    public LinuxSll() {
        super(SIZE);
    }

    @Override
    String name() {
        return "LINUX_SLL";
    }

    /** A {@code PACKET_} number: PACKET_HOST to PACKET_OUTGOING. */
    public int packetType() {
        return u16(0);
    }

    public LinuxSll packetType(int type) {
        return put16(0, type, "packetType");
    }

    /** An {@code ARPHRD_} number. */
    public int hardwareType() {
        return u16(2);
    }

    public LinuxSll hardwareType(int type) {
        return put16(2, type, "hardwareType");
    }

    /** As much of it as there is room for: 8 bytes. */
    public HardwareAddress source() {
        return HardwareAddress.of(get(ADDRESS, Math.min(MOST_ADDRESS, u16(ADDRESS_LENGTH))));
    }

    /** At most 8 bytes. */
    public LinuxSll source(HardwareAddress address) {
        Bytes.zero(b, offset + ADDRESS, offset + ADDRESS + MOST_ADDRESS);
        return put16(ADDRESS_LENGTH, shortEnough(address), "addressLength").put(ADDRESS, address.bytes());
    }

    /** An {@code ETH_P_} number. */
    public int protocol() {
        return u16(PROTOCOL);
    }

    public LinuxSll protocol(int type) {
        return put16(PROTOCOL, type, "protocol");
    }

    static int shortEnough(HardwareAddress address) {
        if (address.length() > MOST_ADDRESS) {
            throw new IllegalArgumentException("there is room for 8 bytes: " + address + " has " + address.length());
        }
        return address.length();
    }
}
