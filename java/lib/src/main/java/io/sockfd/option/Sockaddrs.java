package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Codecs;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Internet addresses inside of options' structs. */
final class Sockaddrs {
    private Sockaddrs() {}

    static void put(ByteBuffer b, int at, InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address == null) {
            throw new IllegalArgumentException(socket + " is not resolved");
        }
        put(b, at, address);
        SockaddrIn.sin_port(b, at, socket.getPort()); // where sin6_port is too
    }

    static void put(ByteBuffer b, int at, InetAddress address) {
        if (address instanceof Inet6Address v6) {
            SockaddrIn6.sin6_family(b, at, Linux.AF_INET6);
            SockaddrIn6.sin6_addr(b, at, v6.getAddress());
            SockaddrIn6.sin6_scope_id(b, at, v6.getScopeId());
        } else {
            SockaddrIn.sin_family(b, at, Linux.AF_INET);
            b.put(at + SockaddrIn.SIN_ADDR, address.getAddress());
        }
    }

    /** Null where the family is neither IPv4 nor IPv6, as in a zeroed address. */
    static @Nullable InetSocketAddress socket(ByteBuffer b, int at) {
        InetAddress address = address(b, at);
        return address == null ? null : new InetSocketAddress(address, SockaddrIn.sin_port(b, at));
    }

    /** Null where the family is neither IPv4 nor IPv6. */
    static @Nullable InetAddress address(ByteBuffer b, int at) {
        int family = SockaddrIn.sin_family(b, at);
        if (family == Linux.AF_INET) {
            return inet(bytes(b, at + SockaddrIn.SIN_ADDR, Integer.BYTES), 0);
        }
        return family == Linux.AF_INET6 ? inet(SockaddrIn6.sin6_addr(b, at), SockaddrIn6.sin6_scope_id(b, at)) : null;
    }

    /** An option that is read, and is one address. */
    static Codec<InetSocketAddress> option(int size) {
        return Codecs.decoding(
                InetSocketAddress.class, size, (b, length) -> Objects.requireNonNull(socket(b, 0), "an address of IP"));
    }

    /** The address of 4 or 16 bytes. */
    static InetAddress inet(byte[] bytes, int scope) {
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return scope == 0 || address instanceof Inet4Address
                    ? address
                    : Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // only the length is checked
        }
    }

    static byte[] bytes(ByteBuffer b, int at, int length) {
        byte[] bytes = new byte[length];
        b.get(at, bytes);
        return bytes;
    }
}
