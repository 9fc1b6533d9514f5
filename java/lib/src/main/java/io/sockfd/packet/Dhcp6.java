package io.sockfd.packet;

import java.net.Inet6Address;
import org.jspecify.annotations.Nullable;

/**
 * A message of DHCPv6, RFC 8415: four bytes, then options. What a relay passes on has 34 bytes instead, and the message that
 * is passed on is its option {@link #RELAY_MESSAGE}.
 *
 * <pre>
 *     +-------+-----------------------+
 *   0 | type  |      transaction      |
 *     +-------+-----------------------+
 *
 *     +-------+-------+---------------+---------------+
 *   0 | type  | hops  | 16 bytes of link address ...  |
 *     +-------+-------+---------------+---------------+
 *  18 | 16 bytes of the peer's address ...            |
 *     +-----------------------------------------------+
 * </pre>
 */
public final class Dhcp6 extends Header<Dhcp6> {
    public static final int SIZE = 4;
    public static final int RELAY_SIZE = 34;
    public static final int CLIENT_PORT = 546;
    public static final int SERVER_PORT = 547;
    /** The option that holds the message that a relay passes on. */
    public static final int RELAY_MESSAGE = 9;

    private static final int RELAY_FORWARD = 12;
    private static final int RELAY_REPLY = 13;
    private static final int LINK = 2;
    private static final int PEER = 18;
    private static final int OPTION = 4;
    private static final String[] TYPES = {
        "",
        "solicit",
        "advertise",
        "request",
        "confirm",
        "renew",
        "rebind",
        "reply",
        "release",
        "decline",
        "reconfigure",
        "inf-req",
        "relay-fwd",
        "relay-reply",
        "leasequery",
        "leasequery-reply",
    };

    public Dhcp6() {
        super(SIZE);
    }

    @Override
    String name() {
        return "DHCPv6";
    }

    @Override
    @Nullable
    String problem() {
        return measured(isRelayed() ? RELAY_SIZE : SIZE);
    }

    /** 1 to 13 of RFC 8415, such as 1 for a solicit and 7 for a reply. */
    public int messageType() {
        return u8(0);
    }

    /** Whether a relay passes a message on, in one direction or the other. */
    public boolean isRelayed() {
        return messageType() == RELAY_FORWARD || messageType() == RELAY_REPLY;
    }

    /**
     * The 24 bits by which an answer is known.
     *
     * @throws IllegalStateException when it is one of a relay: the message that it passes on has the number
     */
    public int transaction() {
        if (isRelayed()) {
            throw new IllegalStateException("what a relay passes on has its transaction in the option 9");
        }
        return i32(0) & 0xff_ffff;
    }

    /**
     * How many relays have passed it on before.
     *
     * @throws IllegalStateException when no relay passes it on
     */
    public int hopCount() {
        return u8(relayed(1));
    }

    /**
     * An address of the link on which the client is.
     *
     * @throws IllegalStateException when no relay passes it on
     */
    public Inet6Address linkAddress() {
        return Ip.v6(b, offset + relayed(LINK));
    }

    /**
     * Whom the relay has it from, or is to send it to.
     *
     * @throws IllegalStateException when no relay passes it on
     */
    public Inet6Address peerAddress() {
        return Ip.v6(b, offset + relayed(PEER));
    }

    private int relayed(int place) {
        if (!isRelayed()) {
            throw new IllegalStateException("no relay passes this on: it is of the type " + messageType());
        }
        return place;
    }

    /**
     * The bytes of the first option of a number.
     *
     * @param code such as 1 for the client's identifier
     * @return null when there is none, or the options before it are damaged
     */
    public byte @Nullable [] option(int code) {
        int end = limit - offset;
        int at = length;
        while (at + OPTION <= end) {
            int bytes = u16(at + 2);
            if (at + OPTION + bytes > end) {
                return null;
            } else if (u16(at) == code) {
                return get(at + OPTION, bytes);
            }
            at += OPTION + bytes;
        }
        return null;
    }

    void describe(StringBuilder out) {
        int type = messageType();
        out.append("dhcp6 ").append(type > 0 && type < TYPES.length ? TYPES[type] : "msgtype-" + type);
    }
}
