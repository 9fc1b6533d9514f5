package io.sockfd.address;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A link-layer address: the MAC of an interface, the address of a Bluetooth device. Immutable, a value.
 *
 * <p>The bytes are in the order in which they are written and sent. Bluetooth's structs have them the other way round;
 * the classes that need it turn them.
 */
public final class HardwareAddress implements Serializable {
    /** The kernel's limit, {@code MAX_ADDR_LEN}; Infiniband has 20, Ethernet and Bluetooth 6. */
    public static final int MAX_BYTES = 32;

    /** No bytes. */
    public static final HardwareAddress NONE = new HardwareAddress(new byte[0]);

    /** {@code 00:00:00:00:00:00}: {@code BDADDR_ANY} of Bluetooth. */
    public static final HardwareAddress ANY = new HardwareAddress(new byte[6]);

    /** {@code ff:ff:ff:ff:ff:ff}: everybody on an Ethernet. */
    public static final HardwareAddress BROADCAST = parse("ff:ff:ff:ff:ff:ff");

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    private HardwareAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a copy.
     *
     * @throws IllegalArgumentException when there are more than {@value #MAX_BYTES} bytes
     */
    public static HardwareAddress of(byte... bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a hardware address has at most " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return new HardwareAddress(bytes.clone());
    }

    /**
     * Reads {@code aa:bb:cc:dd:ee:ff}, any number of bytes from 1, two hexadecimal digits each.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static HardwareAddress parse(String text) {
        int count = (text.length() + 1) / 3;
        boolean ok = count >= 1 && count <= MAX_BYTES && text.length() == count * 3 - 1;
        byte[] bytes = new byte[ok ? count : 0];
        for (int i = 0; ok && i < text.length(); i++) {
            char c = text.charAt(i);
            if (i % 3 == 2) {
                ok = c == ':';
            } else {
                ok = HexFormat.isHexDigit(c);
                bytes[i / 3] = (byte) (bytes[i / 3] << 4 | (ok ? HexFormat.fromHexDigit(c) : 0));
            }
        }
        if (!ok) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no hardware address: the form is aa:bb:cc:dd:ee:ff, 1 to " + MAX_BYTES + " bytes");
        }
        return new HardwareAddress(bytes);
    }

    /** How many bytes it has. */
    public int length() {
        return bytes.length;
    }

    /** A copy, in the order of the text. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A copy in the order of Bluetooth's {@code bdaddr_t}: the last byte of the text first. */
    byte[] reversed() {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    void copyTo(ByteBuffer b, int offset) {
        b.put(offset, bytes);
    }

    /** From a {@code bdaddr_t}. */
    static HardwareAddress ofReversed(byte[] bdaddr) {
        return new HardwareAddress(new HardwareAddress(bdaddr).reversed());
    }

    /** @throws IllegalArgumentException when it does not have the 6 bytes of a Bluetooth device */
    HardwareAddress requireBluetooth() {
        if (bytes.length != ANY.bytes.length) {
            throw new IllegalArgumentException("a Bluetooth address has 6 bytes: " + this + " has " + bytes.length);
        }
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** As {@link #parse} reads it; empty for {@link #NONE}. */
    @Override
    public String toString() {
        return COLONS.formatHex(bytes);
    }
}
