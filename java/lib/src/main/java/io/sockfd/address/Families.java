package io.sockfd.address;

import io.sockfd.raw.Linux;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The address families: a row for each layout of an address, with the family's number, C's name of it, the prefix of the
 * notation and the class. Whoever decodes, parses or names a family reads this table. IP and UNIX addresses are the JDK's
 * as far as that can say them, so they have a row for the name alone.
 */
final class Families {
    private static final Row[] ROWS = {
        new Row(Linux.AF_UNSPEC, "AF_UNSPEC"),
        new Row(Linux.AF_UNIX, "AF_UNIX"),
        new Row(Linux.AF_INET, "AF_INET"),
        new Row(Linux.AF_INET6, "AF_INET6"),
        new Row(Linux.AF_PACKET, "AF_PACKET", "packet:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return PacketAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return PacketAddress.parse(text);
            }
        },
        new Row(Linux.AF_NETLINK, "AF_NETLINK", "netlink:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return NetlinkAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return NetlinkAddress.parse(text);
            }
        },
        new Row(Linux.AF_VSOCK, "AF_VSOCK", "vsock:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return VsockAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return VsockAddress.parse(text);
            }
        },
        // before the other of its family: since Linux 5.4 raw and BCM answer with 8 bytes, ISOTP with 16, J1939 with 24
        new Row(Linux.AF_CAN, "AF_CAN", "j1939:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return J1939Address.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return J1939Address.parse(text);
            }
        },
        new Row(Linux.AF_CAN, "AF_CAN", "can:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return CanAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return CanAddress.parse(text);
            }
        },
        // one family, a struct for each protocol, no two of the same length
        new Row(Linux.AF_BLUETOOTH, "AF_BLUETOOTH", "l2cap:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return L2capAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return L2capAddress.parse(text);
            }
        },
        new Row(Linux.AF_BLUETOOTH, "AF_BLUETOOTH", "rfcomm:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return RfcommAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return RfcommAddress.parse(text);
            }
        },
        new Row(Linux.AF_BLUETOOTH, "AF_BLUETOOTH", "hci:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return HciAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return HciAddress.parse(text);
            }
        },
        new Row(Linux.AF_BLUETOOTH, "AF_BLUETOOTH", "sco:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return ScoAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return ScoAddress.parse(text);
            }
        },
        new Row(Linux.AF_TIPC, "AF_TIPC", "tipc:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return TipcAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return TipcAddress.parse(text);
            }
        },
        new Row(Linux.AF_ALG, "AF_ALG", "alg:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return AlgAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return AlgAddress.parse(text);
            }
        },
        new Row(Linux.AF_XDP, "AF_XDP", "xdp:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return XdpAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return XdpAddress.parse(text);
            }
        },
        new Row(Linux.AF_QIPCRTR, "AF_QIPCRTR", "qipcrtr:") {
            @Override
            @Nullable
            SocketAddress decode(ByteBuffer b, int length) {
                return QipcrtrAddress.decode(b, length);
            }

            @Override
            SocketAddress parse(String text) {
                return QipcrtrAddress.parse(text);
            }
        },
        new Row(Linux.AF_RDS, "AF_RDS"),
        new Row(Linux.AF_SMC, "AF_SMC"),
        new Row(Linux.AF_KCM, "AF_KCM"),
        new Row(Linux.AF_PPPOX, "AF_PPPOX"),
        new Row(Linux.AF_LLC, "AF_LLC"),
        new Row(Linux.AF_MCTP, "AF_MCTP"),
        new Row(Linux.AF_IEEE802154, "AF_IEEE802154"),
        new Row(Linux.AF_RXRPC, "AF_RXRPC"),
        new Row(Linux.AF_X25, "AF_X25"),
        new Row(Linux.AF_NFC, "AF_NFC"),
        new Row(Linux.AF_PHONET, "AF_PHONET"),
    };

    private Families() {}

    /** C's name; {@code AF_77} for a family without a row. */
    static String name(int family) {
        for (Row row : ROWS) {
            if (row.family == family) {
                return row.name;
            }
        }
        return "AF_" + family;
    }

    /** The address in the first layout of its family that it fits; null when there is none. */
    static @Nullable SocketAddress decode(int family, ByteBuffer b, int length) {
        for (Row row : ROWS) {
            SocketAddress address = row.family == family ? row.decode(b, length) : null;
            if (address != null) {
                return address;
            }
        }
        return null;
    }

    /** The address that a prefix of the notation announces; null when no row has the prefix. */
    static @Nullable SocketAddress parse(String text) {
        for (Row row : ROWS) {
            if (!row.prefix.isEmpty() && text.startsWith(row.prefix)) {
                return row.parse(text);
            }
        }
        return null;
    }

    /** All prefixes, each after a space, for messages. */
    static String prefixes() {
        StringBuilder all = new StringBuilder();
        for (Row row : ROWS) {
            if (!row.prefix.isEmpty()) {
                all.append(' ').append(row.prefix);
            }
        }
        return all.toString();
    }

    private static class Row {
        final int family;
        final String name;
        final String prefix;

        Row(int family, String name) {
            this(family, name, "");
        }

        Row(int family, String name, String prefix) {
            this.family = family;
            this.name = name;
            this.prefix = prefix;
        }

        /** Null when the bytes are not of this layout. */
        @Nullable
        SocketAddress decode(ByteBuffer b, int length) {
            return null;
        }

        SocketAddress parse(String text) {
            throw new IllegalStateException(name + " has no prefix");
        }
    }
}
