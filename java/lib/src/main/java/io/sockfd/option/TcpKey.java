package io.sockfd.option;

import java.util.Arrays;

/** The bytes of a key. Immutable; {@link #toString} does not show them. */
public final class TcpKey {
    private final byte[] bytes;

    private TcpKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A copy.
     *
     * @param bytes at most 80, TCP_AO_MAXKEYLEN
     */
    public static TcpKey of(byte... bytes) {
        return new TcpKey(bytes.clone());
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TcpKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "[" + bytes.length + " bytes]";
    }
}
