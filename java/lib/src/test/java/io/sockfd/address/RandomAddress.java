package io.sockfd.address;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** One address of each type, with any values its class accepts. */
final class RandomAddress {
    static final List<Function<Random, SocketAddress>> TYPES = List.of(
            r -> new InetSocketAddress(InetText.ip(bytes(r, 4)), r.nextInt(0x10000)),
            r -> Inet6SocketAddress.of(ipv6(r), r.nextInt(0x10000), 0, 0).simplest(),
            r -> Inet6SocketAddress.of(ipv6(r), r.nextInt(0x10000), 0, 1 + r.nextInt(1000))
                    .simplest(),
            r -> Inet6SocketAddress.of(ipv6(r), r.nextInt(0x10000), 1 + r.nextInt(0xfffffff), r.nextInt()),
            r -> UnixDomainSocketAddress.of("/" + ascii(r, 107).replace('/', '-')),
            r -> UnixAddress.unnamed(),
            r -> UnixAddress.ofAbstract(bytes(r, r.nextInt(108))),
            r -> UnixAddress.ofPath(nonZero(bytes(r, 1 + r.nextInt(108)))).simplest(),
            r -> new PacketAddress(
                    r.nextInt(0x10000),
                    r.nextInt() & Integer.MAX_VALUE,
                    HardwareAddress.of(bytes(r, r.nextInt(33))),
                    r.nextInt(0x10000),
                    r.nextInt(0x100)),
            r -> new NetlinkAddress(r.nextInt(), r.nextInt()),
            r -> new VsockAddress(r.nextInt(5) - 1, r.nextInt(), r.nextInt(0x100)),
            r -> new CanAddress(r.nextInt() & Integer.MAX_VALUE, r.nextInt(), r.nextInt(3)),
            r -> new J1939Address(r.nextInt() & Integer.MAX_VALUE, r.nextLong(), r.nextInt(), r.nextInt(0x100)),
            r -> new L2capAddress(
                    HardwareAddress.of(bytes(r, 6)), r.nextInt(0x10000), r.nextInt(0x10000), r.nextInt(0x100)),
            r -> new RfcommAddress(HardwareAddress.of(bytes(r, 6)), r.nextInt(0x100)),
            r -> new ScoAddress(HardwareAddress.of(bytes(r, 6))),
            r -> new HciAddress(r.nextBoolean() ? 0xffff : r.nextInt(0x10000), r.nextInt(8)),
            r -> TipcAddress.service(r.nextInt(), r.nextInt(), r.nextInt(3)),
            r -> TipcAddress.serviceRange(r.nextInt(), r.nextInt(), r.nextInt(), r.nextInt(256) - 128),
            r -> TipcAddress.socket(r.nextInt(), r.nextInt()),
            r -> new AlgAddress(
                    ascii(r, 13).replaceAll("[/?]", "-"), ascii(r, 103).replace('?', '-'), r.nextInt(), r.nextInt(2)),
            r -> new XdpAddress(r.nextInt() & Integer.MAX_VALUE, r.nextInt(), r.nextInt(0x10000), r.nextInt()),
            r -> new QipcrtrAddress(r.nextInt(), r.nextInt()),
            r -> RawAddress.of(100 + r.nextInt(65000), bytes(r, r.nextInt(127))),
            r -> RawAddress.ofBytes(bytes(r, r.nextInt(2))));

    private RandomAddress() {}

    static byte[] bytes(Random r, int length) {
        byte[] bytes = new byte[length];
        r.nextBytes(bytes);
        return bytes;
    }

    /** Half of the groups are 0, so that every way of shortening happens. */
    private static byte[] ipv6(Random r) {
        byte[] b = bytes(r, 16);
        for (int i = 0; i < b.length; i += 2) {
            if (r.nextBoolean()) {
                b[i] = 0;
                b[i + 1] = 0;
            }
        }
        if (r.nextInt(8) == 0) {
            return InetText.mapped(bytes(r, 4));
        }
        return b;
    }

    private static byte[] nonZero(byte[] b) {
        for (int i = 0; i < b.length; i++) {
            b[i] = b[i] == 0 ? 1 : b[i];
        }
        return b;
    }

    /** 1 to {@code max} printable characters. */
    private static String ascii(Random r, int max) {
        return r.ints(1 + r.nextInt(max), '!', 0x7f)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
