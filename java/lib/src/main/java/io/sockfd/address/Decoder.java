package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import io.sockfd.raw.struct.SockaddrStorage;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes to objects. What does not fit its family's layout stays bytes: the kernel's answers are never an exception. */
final class Decoder {
    private Decoder() {}

    /**
     * Reads at byte 0.
     *
     * @param b native order, 128 bytes
     * @param length 0 to 128
     */
    static SocketAddress decode(ByteBuffer b, int length) {
        SocketAddress address = length < Short.BYTES ? null : known(b, length);
        return address != null ? address : RawAddress.decode(b, length);
    }

    private static @Nullable SocketAddress known(ByteBuffer b, int length) {
        int family = SockaddrStorage.ss_family(b, 0);
        return switch (family) {
            case Linux.AF_INET -> inet4(b, length);
            case Linux.AF_INET6 -> inet6(b, length);
            case Linux.AF_UNIX -> UnixAddress.decode(b, length);
            default -> Families.decode(family, b, length);
        };
    }

    private static @Nullable SocketAddress inet4(ByteBuffer b, int length) {
        if (length < SockaddrIn.SIZE) {
            return null;
        }
        byte[] address = new byte[Integer.BYTES];
        b.get(SockaddrIn.SIN_ADDR, address);
        return new InetSocketAddress(InetText.ip(address), SockaddrIn.sin_port(b, 0));
    }

    private static @Nullable SocketAddress inet6(ByteBuffer b, int length) {
        if (length < SockaddrIn6.SIZE) {
            return null;
        }
        return Inet6SocketAddress.of(
                        SockaddrIn6.sin6_addr(b, 0),
                        SockaddrIn6.sin6_port(b, 0),
                        SockaddrIn6.sin6_flowinfo(b, 0),
                        SockaddrIn6.sin6_scope_id(b, 0))
                .simplest();
    }
}
