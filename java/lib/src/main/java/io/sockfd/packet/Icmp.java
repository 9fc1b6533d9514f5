package io.sockfd.packet;

import io.sockfd.raw.Linux;
import java.net.InetAddress;

/**
 * An ICMP message, RFC 792. What the second word means depends on the type; each method names the types it is for.
 *
 * <pre>
 *      0               1               2                               4
 *     +---------------+---------------+-------------------------------+
 *   0 |     type      |     code      |           checksum            |
 *     +---------------+---------------+-------------------------------+
 *   4 |          identifier           |        sequence number        |  echo, timestamp
 *     |            unused             |         next-hop MTU          |  unreachable
 *     |    pointer    |                 unused                        |  parameter problem
 *     |                            gateway                            |  redirect
 *     +-------------------------------+-------------------------------+
 *   8 |  data, or the header of the datagram that caused the message  |
 * </pre>
 *
 * The types and codes are {@code ICMP_} numbers of {@link Linux}.
 */
public final class Icmp extends Header<Icmp> {
    public static final int SIZE = 8;

    static final int CHECKSUM = 2;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int WORD = 4;
    private static final int SEQUENCE_NUMBER = 6;

    public Icmp() {
        super(SIZE);
    }

    @Override
    String name() {
        return "ICMP";
    }

    public int type() {
        return u8(TYPE);
    }

    public Icmp type(int type) {
        return put8(TYPE, type, "type");
    }

    public int code() {
        return u8(CODE);
    }

    public Icmp code(int code) {
        return put8(CODE, code, "code");
    }

    public int checksum() {
        return u16(CHECKSUM);
    }

    public Icmp checksum(int checksum) {
        return put16(CHECKSUM, checksum, "checksum");
    }

    /** Echo and timestamp. */
    public int identifier() {
        return u16(WORD);
    }

    public Icmp identifier(int identifier) {
        return put16(WORD, identifier, "identifier");
    }

    /** Echo and timestamp. */
    public int sequenceNumber() {
        return u16(SEQUENCE_NUMBER);
    }

    public Icmp sequenceNumber(int number) {
        return put16(SEQUENCE_NUMBER, number, "sequenceNumber");
    }

    /** Destination unreachable, fragmentation needed: RFC 1191. */
    public int nextHopMtu() {
        return u16(SEQUENCE_NUMBER);
    }

    public Icmp nextHopMtu(int mtu) {
        return put16(SEQUENCE_NUMBER, mtu, "nextHopMtu");
    }

    /** Parameter problem: the byte that it is about. */
    public int pointer() {
        return u8(WORD);
    }

    public Icmp pointer(int pointer) {
        return put8(WORD, pointer, "pointer");
    }

    /** Redirect: the better first hop. */
    public InetAddress gateway() {
        return Ip.v4(b, offset + WORD);
    }

    /** Redirect: the better first hop, as 32 bits. */
    public int gatewayAddress() {
        return i32(WORD);
    }

    /** As {@code a.b.c.d}. */
    public Icmp gateway(String address) {
        return put32(WORD, Ip.v4(address) & Bytes.U32, "gateway");
    }

    /**
     * Whether the payload is the beginning of another datagram: {@code new Packet().wrap(icmp.buffer(),
     * icmp.payloadOffset(), icmp.payloadLimit(), LinkType.RAW)}.
     */
    public boolean isError() {
        return switch (type()) {
            case Linux.ICMP_DEST_UNREACH,
                    Linux.ICMP_SOURCE_QUENCH,
                    Linux.ICMP_REDIRECT,
                    Linux.ICMP_TIME_EXCEEDED,
                    Linux.ICMP_PARAMETERPROB -> true;
            default -> false;
        };
    }

    /** An echo request. */
    public Icmp echoRequest(int identifier, int sequenceNumber) {
        return type(Linux.ICMP_ECHO).code(0).identifier(identifier).sequenceNumber(sequenceNumber);
    }

    /** The echo reply to a request; its data is to be sent back as the payload. */
    public Icmp replyTo(Icmp request) {
        return type(Linux.ICMP_ECHOREPLY)
                .code(0)
                .identifier(request.identifier())
                .sequenceNumber(request.sequenceNumber());
    }
}
