package io.sockfd.address;

import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import io.sockfd.raw.struct.SockaddrStorage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
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
        return switch (SockaddrStorage.ss_family(b, 0)) {
            case Linux.AF_INET -> inet4(b, length);
            case Linux.AF_INET6 -> inet6(b, length);
            case Linux.AF_UNIX -> UnixAddress.decode(b, length);
            case Linux.AF_PACKET -> PacketAddress.decode(b, length);
            case Linux.AF_NETLINK -> NetlinkAddress.decode(b, length);
            case Linux.AF_VSOCK -> VsockAddress.decode(b, length);
            case Linux.AF_CAN -> can(b, length);
            case Linux.AF_BLUETOOTH -> bluetooth(b, length);
            case Linux.AF_TIPC -> TipcAddress.decode(b, length);
            case Linux.AF_ALG -> AlgAddress.decode(b, length);
            case Linux.AF_XDP -> XdpAddress.decode(b, length);
            case Linux.AF_QIPCRTR -> QipcrtrAddress.decode(b, length);
            default -> null;
        };
    }

    private static @Nullable SocketAddress inet4(ByteBuffer b, int length) {
        if (length < SockaddrIn.SIZE) {
            return null;
        }
        byte[] address = new byte[Integer.BYTES];
        b.get(SockaddrIn.SIN_ADDR, address);
        return new InetSocketAddress(ip(address), SockaddrIn.sin_port(b, 0));
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

    /** Since Linux 5.4 each protocol answers with as many bytes as it uses: raw and BCM 8, ISOTP 16, J1939 24. */
    private static @Nullable SocketAddress can(ByteBuffer b, int length) {
        SocketAddress j1939 = J1939Address.decode(b, length);
        return j1939 != null ? j1939 : CanAddress.decode(b, length);
    }

    /** One family, a struct for each protocol, no two of the same length. */
    private static @Nullable SocketAddress bluetooth(ByteBuffer b, int length) {
        return switch (length) {
            case HciAddress.BYTES -> HciAddress.decode(b);
            case ScoAddress.BYTES -> ScoAddress.decode(b);
            case RfcommAddress.BYTES -> RfcommAddress.decode(b);
            case L2capAddress.BYTES -> L2capAddress.decode(b);
            default -> null;
        };
    }

    /** 4 or 16 bytes, no look-up. */
    static InetAddress ip(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }
}
