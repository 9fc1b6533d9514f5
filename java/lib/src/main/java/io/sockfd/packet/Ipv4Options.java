package io.sockfd.packet;

import java.net.InetAddress;

/** The options of IPv4: RFC 791 section 3.1, RFC 2113. */
public final class Ipv4Options extends Options<Ipv4Options> {
    public static final int EOL = 0;
    public static final int NOP = 1;
    public static final int RECORD_ROUTE = 7;
    public static final int TIMESTAMP = 68;
    public static final int SECURITY = 130;
    public static final int LOOSE_SOURCE_ROUTE = 131;
    public static final int STREAM_ID = 136;
    public static final int STRICT_SOURCE_ROUTE = 137;
    public static final int ROUTER_ALERT = 148;

    /** {@link #TIMESTAMP} with timestamps only. */
    public static final int TIMESTAMPS_ONLY = 0;
    /** {@link #TIMESTAMP} where each is preceded by the address of who set it. */
    public static final int TIMESTAMPS_AND_ADDRESSES = 1;
    /** {@link #TIMESTAMP} by the hosts that the sender names. */
    public static final int TIMESTAMPS_PRESPECIFIED = 3;

    /** Type, length and pointer. */
    private static final int ROUTE = 3;
    /** Type, length, pointer, overflow and flag. */
    private static final int STAMPS = 4;

    Ipv4Options(Ipv4 ip) {
        super(ip, Ipv4.SIZE, 4, Ipv4.MOST);
    }

    @Override
    boolean isEnd(int kind) {
        return kind == EOL;
    }

    @Override
    boolean isSingle(int kind) {
        return kind == NOP;
    }

    @Override
    boolean fits(int kind, int size) {
        return switch (kind) {
            case RECORD_ROUTE, LOOSE_SOURCE_ROUTE, STRICT_SOURCE_ROUTE -> size >= ROUTE && (size - ROUTE) % 4 == 0;
            case TIMESTAMP -> size >= STAMPS && size % 4 == 0;
            case STREAM_ID, ROUTER_ALERT -> size == 4;
            default -> true;
        };
    }

    /** Of the three route options and {@link #TIMESTAMP}: the place of the next entry, counted from 1 at the type. */
    public int pointer() {
        return u8(2);
    }

    /** Of the three route options: how many addresses there is room for. */
    public int routeLength() {
        requireRoute();
        return (length - ROUTE) / 4;
    }

    /** Of the three route options: an address as 32 bits. */
    public int routeAddress(int index) {
        requireRoute();
        return i32(ROUTE + 4 * index);
    }

    /** Of the three route options. */
    public InetAddress route(int index) {
        requireRoute();
        return Ip.v4(buffer(), checked(ROUTE + 4 * index, 4));
    }

    /** {@link #TIMESTAMP}: one of the {@code TIMESTAMPS_} numbers. */
    public int timestampFlag() {
        require(TIMESTAMP);
        return u8(3) & 0x0f;
    }

    /** {@link #TIMESTAMP}: how many hosts found no room. */
    public int timestampOverflow() {
        require(TIMESTAMP);
        return u8(3) >> 4;
    }

    /** {@link #TIMESTAMP}: how many words of 32 bits there are; timestamps, or addresses and timestamps in turn. */
    public int timestampWords() {
        require(TIMESTAMP);
        return (length - STAMPS) / 4;
    }

    /** {@link #TIMESTAMP}: milliseconds since midnight UTC, or an address. */
    public long timestampWord(int index) {
        require(TIMESTAMP);
        return u32(STAMPS + 4 * index);
    }

    /** {@link #ROUTER_ALERT}: 0 for every router to look at the packet. */
    public int routerAlert() {
        require(ROUTER_ALERT);
        return u16(2);
    }

    public Ipv4Options routerAlert(int value) {
        Bytes.fit(value, 16, "routerAlert");
        reserve(ROUTER_ALERT, 2);
        Bytes.put16(buffer(), at + 2, value);
        return this;
    }

    /** Room for the addresses of so many hops, 1 to 9. */
    public Ipv4Options recordRoute(int hops) {
        reserve(RECORD_ROUTE, 1 + 4 * hops);
        Bytes.put8(buffer(), at + 2, ROUTE + 1);
        return this;
    }

    /** By way of these, as {@code a.b.c.d}, and others. */
    public Ipv4Options looseSourceRoute(String... addresses) {
        return sourceRoute(LOOSE_SOURCE_ROUTE, addresses);
    }

    /** By way of these, as {@code a.b.c.d}, and no others. */
    public Ipv4Options strictSourceRoute(String... addresses) {
        return sourceRoute(STRICT_SOURCE_ROUTE, addresses);
    }

    private Ipv4Options sourceRoute(int kind, String... addresses) {
        reserve(kind, 1 + 4 * addresses.length);
        Bytes.put8(buffer(), at + 2, ROUTE + 1);
        for (int i = 0; i < addresses.length; i++) {
            Bytes.put32(buffer(), at + ROUTE + 4 * i, Ip.v4(addresses[i]));
        }
        return this;
    }

    /**
     * Room for timestamps.
     *
     * @param flag one of the {@code TIMESTAMPS_} numbers
     * @param words of 32 bits: one for a timestamp, two with its address
     */
    public Ipv4Options timestamp(int flag, int words) {
        Bytes.fit(flag, 4, "flag");
        reserve(TIMESTAMP, 2 + 4 * words);
        Bytes.put8(buffer(), at + 2, STAMPS + 1);
        Bytes.put8(buffer(), at + 3, flag);
        return this;
    }

    public Ipv4Options nop() {
        return single(NOP);
    }

    private void requireRoute() {
        int kind = kind();
        if (kind != RECORD_ROUTE && kind != LOOSE_SOURCE_ROUTE && kind != STRICT_SOURCE_ROUTE) {
            throw new IllegalStateException("the current option is of kind " + kind + ", not a route");
        }
    }

    void describe(StringBuilder out) {
        rewind();
        String comma = "";
        while (advance()) {
            out.append(comma);
            comma = ",";
            switch (kind()) {
                case NOP -> out.append("NOP");
                case RECORD_ROUTE -> route(out.append("RR"));
                case LOOSE_SOURCE_ROUTE -> route(out.append("LSRR"));
                case STRICT_SOURCE_ROUTE -> route(out.append("SSRR"));
                case TIMESTAMP -> out.append("TS");
                case ROUTER_ALERT -> out.append("RA");
                default -> out.append("unknown ").append(kind());
            }
        }
        if (problem() != null) {
            out.append(comma).append("bad opt");
        } else if (at < end()) {
            out.append(comma).append("EOL");
        }
    }

    private void route(StringBuilder out) {
        for (int i = 0; i < routeLength(); i++) {
            Ip.text4(out.append(' '), routeAddress(i));
        }
    }
}
