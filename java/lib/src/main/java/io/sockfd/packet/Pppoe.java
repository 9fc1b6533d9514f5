package io.sockfd.packet;

import io.sockfd.raw.Linux;
import org.jspecify.annotations.Nullable;

/**
 * PPP over Ethernet, RFC 2516; in a session with the protocol number of PPP behind it.
 *
 * <pre>
 *      0       1       2                4               6              8
 *     +-------+-------+----------------+---------------+--------------+----
 *     |ver|typ| code  |   session id   |    length     | PPP protocol | ...   the last one with code 0 only
 *     +-------+-------+----------------+---------------+--------------+----
 * </pre>
 */
public final class Pppoe extends Header<Pppoe> {
    /** Of discovery; in a session 2 more. */
    public static final int SIZE = 6;

    /** PPP's number of IPv4. */
    public static final int PPP_IP = 0x21;
    /** PPP's number of IPv6. */
    public static final int PPP_IPV6 = 0x57;

    private static final int SESSION = 0;
    private static final int CODE = 1;
    private static final int SESSION_ID = 2;
    private static final int LENGTH = 4;

    public Pppoe() {
        super(SIZE);
    }

    @Override
    String name() {
        return "PPPoE";
    }

    @Override
    @Nullable
    String problem() {
        return u8(0) != 0x11
                ? "PPPoE has version and type 0x" + Integer.toHexString(u8(0))
                : isSession() ? measured(SIZE + Short.BYTES) : null;
    }

    @Override
    void defaults() {
        put8(0, 0x11, "version");
    }

    /** 0 in a session, else what discovery says. */
    public int code() {
        return u8(CODE);
    }

    public boolean isSession() {
        return code() == SESSION;
    }

    public int sessionId() {
        return u16(SESSION_ID);
    }

    public Pppoe sessionId(int id) {
        return put16(SESSION_ID, id, "sessionId");
    }

    /** Bytes after this header, the PPP protocol among them. */
    public int length() {
        return u16(LENGTH);
    }

    /** In a session: the protocol number of PPP, 0x21 for IPv4, 0x57 for IPv6. */
    public int protocol() {
        if (!isSession()) {
            throw new IllegalStateException("discovery carries no protocol");
        }
        return u16(SIZE);
    }

    /** Makes it a session's header, 2 bytes longer; for one that {@link #compose} wrote. */
    public Pppoe protocol(int number) {
        if (limit - offset < SIZE + Short.BYTES) {
            throw new IllegalArgumentException("there is no room for the protocol of PPP");
        }
        length = SIZE + Short.BYTES;
        return put8(CODE, SESSION, "code").put16(SIZE, number, "protocol");
    }

    /** The {@code ETH_P_} number of what the session carries, -1 for what is no IP. */
    int etherType() {
        return isSession() ? etherType(protocol()) : -1;
    }

    /** The {@code ETH_P_} number of PPP's number, -1 for what is no IP. */
    static int etherType(int pppNumber) {
        return switch (pppNumber) {
            case PPP_IP -> Linux.ETH_P_IP;
            case PPP_IPV6 -> Linux.ETH_P_IPV6;
            default -> -1;
        };
    }

    /** PPP's number of an {@code ETH_P_} number. */
    static int pppNumber(int etherType) {
        return switch (etherType) {
            case Linux.ETH_P_IP -> PPP_IP;
            case Linux.ETH_P_IPV6 -> PPP_IPV6;
            default -> 0;
        };
    }

    @Override
    public int payloadLimit() {
        return Math.max(payloadOffset(), Math.min(limit, offset + SIZE + length()));
    }

    @Override
    int payloadCut() {
        return cutBy(SIZE + length());
    }

    @Override
    void fillLength(int end) {
        put16(LENGTH, end - offset - SIZE, "length");
    }

    void describe(StringBuilder out) {
        out.append("PPPoE ");
        switch (code()) {
            case SESSION ->
                out.append("[ses 0x").append(Integer.toHexString(sessionId())).append(']');
            case 0x09 -> out.append("PADI");
            case 0x07 -> out.append("PADO");
            case 0x19 -> out.append("PADR");
            case 0x65 ->
                out.append("PADS [ses 0x")
                        .append(Integer.toHexString(sessionId()))
                        .append(']');
            case 0xa7 ->
                out.append("PADT [ses 0x")
                        .append(Integer.toHexString(sessionId()))
                        .append(']');
            default -> out.append("code 0x").append(Integer.toHexString(code()));
        }
    }
}
