package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An address of any family as bytes: what has no class here, or does not have its family's length. As text {@code
 * raw:FAMILY:hex}, the bytes after the family in hexadecimal; {@code raw::hex} where the kernel gave less than a family.
 */
public final class RawAddress extends LinuxAddress {
    static final String PREFIX = "raw:";

    private static final int FAMILY_BYTES = Short.BYTES;
    private static final String FORM = "raw:FAMILY:HEX or raw::HEX";
    private static final HexFormat HEX = HexFormat.of();
    private static final long serialVersionUID = 1;

    /** All of them, the family included. */
    private final byte[] bytes;

    private RawAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A family and what follows it in the struct. {@code RawAddress.of(AF_UNSPEC)} given to {@code connect} dissolves the
     * connection of a datagram socket.
     *
     * @param family {@code AF_*}, 0 to 65535
     * @param data at most 126 bytes, in the struct's own byte orders; copied
     * @throws IllegalArgumentException when one of them is out of its range
     */
    public static RawAddress of(int family, byte... data) {
        Range.u16(family, "family");
        ByteBuffer b = ByteBuffer.allocate(FAMILY_BYTES + data.length).order(ByteOrder.nativeOrder());
        b.putShort((short) family).put(data);
        return ofBytes(b.array());
    }

    /**
     * A whole struct, its family in native order first.
     *
     * @param bytes at most 128; copied
     * @throws IllegalArgumentException when there are more
     */
    public static RawAddress ofBytes(byte[] bytes) {
        if (bytes.length > SockaddrStorage.SIZE) {
            throw new IllegalArgumentException(
                    "an address has at most " + SockaddrStorage.SIZE + " bytes, not " + bytes.length);
        }
        return new RawAddress(bytes.clone());
    }

    /**
     * Reads the notation given above.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static RawAddress parse(String text) {
        Notation n = new Notation(text, PREFIX, FORM);
        String family = n.until(':', "a family");
        int number = family.isEmpty() ? 0 : (int) n.number(family, "a family", Notation.U16);
        String hex = n.rest();
        int max = family.isEmpty() ? FAMILY_BYTES - 1 : SockaddrStorage.SIZE - FAMILY_BYTES;
        if (hex.length() % 2 != 0 || hex.length() / 2 > max || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw n.fail("0 to " + max + " bytes, two hexadecimal digits each");
        }
        n.finish();
        byte[] data = HEX.parseHex(hex);
        return family.isEmpty() ? new RawAddress(data) : of(number, data);
    }

    /** AF_UNSPEC where there are not even two bytes. */
    @Override
    public int family() {
        return bytes.length < FAMILY_BYTES
                ? Linux.AF_UNSPEC
                : ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getShort(0) & 0xffff;
    }

    /** A copy of the whole struct, the family included. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A copy of what follows the family. */
    public byte[] data() {
        return Arrays.copyOfRange(bytes, Math.min(FAMILY_BYTES, bytes.length), bytes.length);
    }

    static RawAddress decode(ByteBuffer b, int length) {
        byte[] bytes = new byte[length];
        b.get(0, bytes);
        return new RawAddress(bytes);
    }

    @Override
    int encode(ByteBuffer b) {
        b.put(0, bytes);
        return bytes.length;
    }

    @Override
    String text(InterfaceText names) {
        return bytes.length < FAMILY_BYTES
                ? "raw::" + HEX.formatHex(bytes)
                : "raw:" + family() + ":" + HEX.formatHex(data());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
