package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/**
 * A message of DHCP or BOOTP, RFC 2131: 236 bytes, a cookie, options.
 *
 * <p>The addresses are numbers in which the first byte is the highest.
 */
public final class Dhcp extends Header<Dhcp> {
    public static final int SIZE = 236;
    public static final int SERVER_PORT = 67;
    public static final int CLIENT_PORT = 68;

    private static final int REQUEST = 1;
    private static final int COOKIE = 0x6382_5363;
    private static final int MESSAGE_TYPE = 53;
    private static final int PAD = 0;
    private static final int END = 255;
    private static final String[] TYPES = {
        "", "Discover", "Offer", "Request", "Decline", "ACK", "NACK", "Release", "Inform",
    };

    public Dhcp() {
        super(SIZE);
    }

    @Override
    String name() {
        return "DHCP";
    }

    /** Whether a client sent it. */
    public boolean isRequest() {
        return u8(0) == REQUEST;
    }

    /** The number by which an answer is known. */
    public int transaction() {
        return i32(4);
    }

    /** The address that the client has. */
    public int clientAddress() {
        return i32(12);
    }

    /** The address that the client gets. */
    public int yourAddress() {
        return i32(16);
    }

    /** The address of the next server. */
    public int serverAddress() {
        return i32(20);
    }

    /** The hardware address of the client; of Ethernet six bytes. */
    public byte[] hardwareAddress() {
        return get(28, Math.min(16, u8(2)));
    }

    /** 1 to 8 of RFC 2132, such as 1 for Discover and 5 for ACK; -1 for BOOTP, and for a message that is damaged. */
    public int messageType() {
        byte[] type = option(MESSAGE_TYPE);
        return type != null && type.length == 1 ? type[0] & 0xff : -1;
    }

    /** The bytes of an option of RFC 2132, null without it. */
    public byte @Nullable [] option(int code) {
        int end = limit - offset;
        if (end < SIZE + 4 || i32(SIZE) != COOKIE) {
            return null;
        }
        int at = SIZE + 4;
        while (at < end && u8(at) != END) {
            int kind = u8(at);
            if (kind == PAD) {
                at++;
                continue;
            } else if (at + 2 > end || at + 2 + u8(at + 1) > end) {
                return null;
            } else if (kind == code) {
                return get(at + 2, u8(at + 1));
            }
            at += 2 + u8(at + 1);
        }
        return null;
    }

    void describe(StringBuilder out) {
        out.append("BOOTP/DHCP, ").append(isRequest() ? "Request" : u8(0) == 2 ? "Reply" : "unknown (" + u8(0) + ")");
        if (isRequest() && u8(1) == 1 && u8(2) == Ip.MAC) {
            Ip.textMac(out.append(" from "), b, offset + 28, Ip.MAC);
        }
        int type = messageType();
        if (type > 0) {
            out.append(", ").append(type < TYPES.length ? TYPES[type] : "message type " + type);
        }
        if (yourAddress() != 0) {
            Ip.text4(out.append(", your-IP "), yourAddress());
        }
        out.append(", length ").append(limit - offset + cut);
    }
}
