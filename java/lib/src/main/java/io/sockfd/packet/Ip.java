package io.sockfd.packet;

import io.sockfd.address.Addresses;
import io.sockfd.address.HardwareAddress;
import io.sockfd.address.Inet6SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Addresses as bytes, objects and text. */
final class Ip {
    static final int V4 = 4;
    static final int V6 = 16;
    static final int MAC = 6;

    private Ip() {}

    static InetAddress v4(ByteBuffer b, int at) {
        byte[] bytes = new byte[V4];
        b.get(at, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for another number of bytes
        }
    }

    /** Also {@code ::ffff:a.b.c.d} stays an IPv6 address, as it is on the wire. */
    static Inet6Address v6(ByteBuffer b, int at) {
        byte[] bytes = new byte[V6];
        b.get(at, bytes);
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for another number of bytes
        }
    }

    static int v4(InetAddress address) {
        byte[] b = bytes(address, V4);
        return b[0] << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | (b[3] & 0xff);
    }

    static byte[] v6(InetAddress address) {
        return bytes(address, V6);
    }

    private static byte[] bytes(InetAddress address, int count) {
        byte[] b = address.getAddress();
        if (b.length != count) {
            throw new IllegalArgumentException(
                    address.getHostAddress() + " is not an " + (count == V4 ? "IPv4" : "IPv6") + " address");
        }
        return b;
    }

    /** Reads a literal; no name is looked up. */
    static int v4(String text) {
        return Addresses.parse(text + ":0") instanceof InetSocketAddress a ? v4(a.getAddress()) : unreadable(text);
    }

    /** Reads a literal; no name is looked up. */
    static byte[] v6(String text) {
        return Inet6SocketAddress.parse("[" + text + "]:0").addressBytes();
    }

    private static int unreadable(String text) {
        throw new IllegalArgumentException("\"" + text + "\" is no IPv4 address; the form is a.b.c.d");
    }

    static byte[] mac(HardwareAddress address) {
        if (address.length() != MAC) {
            throw new IllegalArgumentException(
                    "an Ethernet address has 6 bytes: " + address + " has " + address.length());
        }
        return address.bytes();
    }

    static StringBuilder text4(StringBuilder out, int address) {
        return out.append(address >>> 24)
                .append('.')
                .append(address >>> 16 & 0xff)
                .append('.')
                .append(address >>> 8 & 0xff)
                .append('.')
                .append(address & 0xff);
    }

    static StringBuilder text6(StringBuilder out, ByteBuffer b, int at) {
        byte[] bytes = new byte[V6];
        b.get(at, bytes);
        String text = Inet6SocketAddress.of(bytes, 0, 0, 0).toString();
        return out.append(text, 1, text.lastIndexOf(']'));
    }

    static StringBuilder textMac(StringBuilder out, ByteBuffer b, int at, int count) {
        for (int i = 0; i < count; i++) {
            int u = Bytes.u8(b, at + i);
            out.append(i == 0 ? "" : ":").append(Character.forDigit(u >> 4, 16)).append(Character.forDigit(u & 15, 16));
        }
        return out;
    }
}
