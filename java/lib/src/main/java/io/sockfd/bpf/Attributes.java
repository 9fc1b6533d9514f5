package io.sockfd.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The extensions {@code #nla} and {@code #nlan}: where in the packet a netlink attribute of a type is, 0 for nowhere. */
final class Attributes {
    private static final int HEADER = 4;
    private static final int TYPE_MASK = 0x3fff;

    private Attributes() {}

    /** Among the attributes that begin at byte {@code from}. */
    static int find(ByteBuffer packet, int from, int type) {
        return startsInside(packet, from) ? search(packet, from, packet.remaining() - from, type) : 0;
    }

    /** Among the attributes inside of the one that begins at byte {@code from}. */
    static int findNested(ByteBuffer packet, int from, int type) {
        if (!startsInside(packet, from)) {
            return 0;
        }
        int length = u16(packet, from);
        return length > packet.remaining() - from ? 0 : search(packet, from + HEADER, length - HEADER, type);
    }

    private static boolean startsInside(ByteBuffer packet, int from) {
        int last = packet.remaining() - HEADER;
        return last >= 0 && Integer.compareUnsigned(from, last) <= 0;
    }

    private static int search(ByteBuffer packet, int from, int bytes, int type) {
        int at = from;
        int left = bytes;
        while (left >= HEADER) {
            int length = u16(packet, at);
            if (length < HEADER || length > left) {
                return 0;
            } else if ((u16(packet, at + 2) & TYPE_MASK) == type) {
                return at;
            }
            int aligned = (length + 3) & ~3;
            at += aligned;
            left -= aligned;
        }
        return 0;
    }

    /** In host byte order, as netlink has it. */
    private static int u16(ByteBuffer packet, int at) {
        short value = packet.getShort(packet.position() + at);
        return (packet.order() == ByteOrder.nativeOrder() ? value : Short.reverseBytes(value)) & 0xffff;
    }
}
