package io.sockfd.address;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * An address that the JDK has no class for. Immutable, a value, safe for any thread. Only the classes of this package extend
 * it.
 */
public abstract class LinuxAddress extends SocketAddress {
    private static final long serialVersionUID = 1;

    /** Not for other packages: what encodes an address is part of this one. */
    LinuxAddress() {}

    /** The address family, {@code AF_*} of {@link io.sockfd.raw.Linux}. */
    public abstract int family();

    /**
     * Writes the kernel's struct at byte 0.
     *
     * @param b native order, at least 128 bytes, all of them 0
     * @return how many bytes it takes
     */
    abstract int encode(ByteBuffer b);

    /** The notation of the package, interfaces named by {@code names}. */
    abstract String text(InterfaceText names);

    /** In the notation of {@link Addresses#parse}; interfaces by index, so no call is made for it. */
    @Override
    public final String toString() {
        return text(InterfaceText.INDEX);
    }

    @Override
    public abstract boolean equals(Object other);

    @Override
    public abstract int hashCode();
}
