package io.sockfd.nio;

import io.sockfd.Domain;
import io.sockfd.Errors;
import io.sockfd.Socket;
import io.sockfd.SocketType;
import io.sockfd.address.Sockaddr;
import io.sockfd.option.Ipv6Options;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which families the JDK's channels are of. */
final class Families {
    private Families() {}

    private static final boolean IPV4_ONLY = Boolean.getBoolean("java.net.preferIPv4Stack");

    private static volatile @Nullable Domain standard;

    static boolean isInet(Domain domain) {
        return domain.equals(Domain.INET) || domain.equals(Domain.INET6);
    }

    /** What an address is of; null for TCP as the JDK has it. */
    static @Nullable Domain domainOf(SocketAddress address) {
        if (address instanceof InetSocketAddress) {
            return null;
        }
        Sockaddr name = new Sockaddr();
        name.set(address);
        return new Domain(name.family());
    }

    /** Asked once: whether there is IPv6, and whether the user does not want it. */
    private static Domain standard() {
        Domain known = standard;
        if (known == null) {
            known = IPV4_ONLY || !hasInet6() ? Domain.INET : Domain.INET6;
            standard = known;
        }
        return known;
    }

    private static boolean hasInet6() {
        try (Socket probe = Socket.udp6()) {
            return probe.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    /** A socket of the family that channels have unless another is asked for. */
    static Socket open(SocketType type) throws IOException {
        return open(standard(), type);
    }

    /**
     * A socket of a family.
     *
     * @throws UnsupportedOperationException when the host or this library does not have it
     */
    static Socket open(ProtocolFamily family, SocketType type) throws IOException {
        Objects.requireNonNull(family, "family");
        if (family == StandardProtocolFamily.UNIX) {
            return Socket.open(Domain.UNIX, type);
        } else if (family == StandardProtocolFamily.INET) {
            return open(Domain.INET, type);
        } else if (family == StandardProtocolFamily.INET6 && !IPV4_ONLY) {
            return open(Domain.INET6, type);
        }
        throw new UnsupportedOperationException(family.name() + " is not a family of channels here"
                + (family == StandardProtocolFamily.INET6 ? ": java.net.preferIPv4Stack is set" : ""));
    }

    private static Socket open(Domain domain, SocketType type) throws IOException {
        Socket socket;
        try {
            socket = Socket.open(domain, type);
        } catch (IOException e) {
            if (Errors.errnoOf(e)
                    .filter(errno -> errno.value() == Linux.EAFNOSUPPORT)
                    .isPresent()) {
                throw new UnsupportedOperationException(domain + " is not a family of this host", e);
            }
            throw e;
        }
        try {
            if (domain.equals(Domain.INET6)) {
                socket.setOption(Ipv6Options.IPV6_V6ONLY, false); // net.ipv6.bindv6only may say otherwise
            }
            return socket;
        } catch (Throwable e) {
            socket.close();
            throw e;
        }
    }
}
