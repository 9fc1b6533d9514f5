package io.sockfd.packet;

import io.sockfd.address.HardwareAddress;

/**
 * "Linux cooked capture", version 2: with the interface.
 *
 * <pre>
 *      0             2             4                 8             10     11     12               20
 *     +-------------+-------------+-----------------+-------------+------+------+----------------+----
 *     |  protocol   |  reserved   | interface index | hardware t. | type | alen | source address | ...
 *     +-------------+-------------+-----------------+-------------+------+------+----------------+----
 * </pre>
 */
public final class LinuxSll2 extends Header<LinuxSll2> {
    public static final int SIZE = 20;

    private static final int PROTOCOL = 0;
    private static final int INTERFACE = 4;
    private static final int HARDWARE_TYPE = 8;
    private static final int PACKET_TYPE = 10;
    private static final int ADDRESS_LENGTH = 11;
    private static final int ADDRESS = 12;

    public LinuxSll2() {
        super(SIZE);
    }

    @Override
    String name() {
        return "LINUX_SLL2";
    }

    /** An {@code ETH_P_} number. */
    public int protocol() {
        return u16(PROTOCOL);
    }

    public LinuxSll2 protocol(int type) {
        return put16(PROTOCOL, type, "protocol");
    }

    /** On the machine that captured. */
    public long interfaceIndex() {
        return u32(INTERFACE);
    }

    public LinuxSll2 interfaceIndex(long index) {
        return put32(INTERFACE, index, "interfaceIndex");
    }

    /** An {@code ARPHRD_} number. */
    public int hardwareType() {
        return u16(HARDWARE_TYPE);
    }

    public LinuxSll2 hardwareType(int type) {
        return put16(HARDWARE_TYPE, type, "hardwareType");
    }

    /** A {@code PACKET_} number: PACKET_HOST to PACKET_OUTGOING. */
    public int packetType() {
        return u8(PACKET_TYPE);
    }

    public LinuxSll2 packetType(int type) {
        return put8(PACKET_TYPE, type, "packetType");
    }

    /** As much of it as there is room for: 8 bytes. */
    public HardwareAddress source() {
        return HardwareAddress.of(get(ADDRESS, Math.min(LinuxSll.MOST_ADDRESS, u8(ADDRESS_LENGTH))));
    }

    /** At most 8 bytes. */
    public LinuxSll2 source(HardwareAddress address) {
        Bytes.zero(b, offset + ADDRESS, offset + ADDRESS + LinuxSll.MOST_ADDRESS);
        return put8(ADDRESS_LENGTH, LinuxSll.shortEnough(address), "addressLength")
                .put(ADDRESS, address.bytes());
    }
}
