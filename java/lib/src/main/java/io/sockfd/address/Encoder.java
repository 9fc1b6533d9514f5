package io.sockfd.address;

import static io.sockfd.raw.Linux.AF_INET;
import static io.sockfd.raw.Linux.AF_INET6;
import static io.sockfd.raw.Linux.AF_RDS;
import static io.sockfd.raw.Linux.AF_SMC;
import static io.sockfd.raw.Linux.AF_UNIX;
import static io.sockfd.raw.Linux.AF_UNSPEC;

import io.sockfd.raw.struct.SockaddrIn;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;

/** Objects to bytes, in the form that a socket's domain takes. */
final class Encoder {
    private Encoder() {}

    /**
     * Writes at byte 0.
     *
     * @param b native order, 128 bytes, all of them 0
     * @return the length
     */
    static int encode(SocketAddress address, int domain, ByteBuffer b) {
        if (address instanceof InetSocketAddress inet) {
            return inet(inet, domain, b);
        } else if (address instanceof UnixDomainSocketAddress unix) {
            require(AF_UNIX, domain, address);
            return UnixAddress.of(unix).encode(b);
        } else if (address instanceof Inet6SocketAddress six && domain == AF_INET) {
            byte[] bytes = six.addressBytes();
            if ((!InetText.isMapped(bytes) && !InetText.isWildcard(bytes))
                    || six.scopeId() != 0
                    || six.flowinfo() != 0) {
                throw refused(AF_INET6, domain, address);
            }
            return inet4(bytes, InetText.MAPPED_PREFIX_BYTES, six.port(), b);
        } else if (address instanceof RawAddress raw) {
            return raw.encode(b);
        } else if (address instanceof LinuxAddress linux) {
            require(linux.family(), domain, address);
            return linux.encode(b);
        }
        throw new AddressFamilyException(address.getClass().getName() + " is no address of a socket: use"
                + " InetSocketAddress, UnixDomainSocketAddress or a class of io.sockfd.address");
    }

    private static int inet(InetSocketAddress address, int domain, ByteBuffer b) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            throw new UnresolvedHostException(address.getHostString());
        }
        byte[] bytes = ip.getAddress();
        if (ip instanceof Inet6Address six) {
            if (domain == AF_INET && six.isAnyLocalAddress()) {
                return inet4(new byte[Integer.BYTES], 0, address.getPort(), b);
            }
            require(AF_INET6, domain, address);
            return Inet6SocketAddress.encode(bytes, address.getPort(), 0, six.getScopeId(), b);
        } else if (ip instanceof Inet4Address && domain == AF_INET6) {
            return Inet6SocketAddress.encode(InetText.inSix(bytes), address.getPort(), 0, 0, b);
        }
        require(AF_INET, domain, address);
        return inet4(bytes, 0, address.getPort(), b);
    }

    private static int inet4(byte[] address, int offset, int port, ByteBuffer b) {
        SockaddrIn.sin_family(b, 0, AF_INET);
        SockaddrIn.sin_port(b, 0, port);
        b.put(SockaddrIn.SIN_ADDR, address, offset, Integer.BYTES);
        return SockaddrIn.SIZE;
    }

    private static void require(int family, int domain, SocketAddress address) {
        boolean ip = family == AF_INET || family == AF_INET6;
        // these two have families of their own and take the addresses of IP
        boolean overIp = domain == AF_SMC || domain == AF_RDS;
        if (domain != family && domain != AF_UNSPEC && !(ip && overIp)) {
            throw refused(family, domain, address);
        }
    }

    private static AddressFamilyException refused(int family, int domain, SocketAddress address) {
        String remedy = domain == AF_INET && family == AF_INET6
                ? ": open the socket for AF_INET6, which reaches both, or give an IPv4 address"
                : ": open the socket for " + Addresses.familyName(family) + ", or give an address of its own domain";
        return new AddressFamilyException("an " + Addresses.familyName(domain) + " socket cannot hold "
                + Addresses.text(address, InterfaceText.INDEX) + " (" + Addresses.familyName(family) + ")" + remedy);
    }
}
