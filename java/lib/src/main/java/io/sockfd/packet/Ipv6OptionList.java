package io.sockfd.packet;

/**
 * The options in hop-by-hop and destination headers: RFC 8200 section 4.2, 2711, 2675. What is appended takes the place of
 * the padding at the end; the rest of 8 bytes is padded anew. Those that setsockopt(2) sets are in {@code
 * io.sockfd.option.Ipv6Options}.
 */
public final class Ipv6OptionList extends Options<Ipv6OptionList> {
    public static final int PAD1 = 0;
    public static final int PADN = 1;
    public static final int TUNNEL_ENCAPSULATION_LIMIT = 4;
    public static final int ROUTER_ALERT = 5;
    public static final int JUMBO_PAYLOAD = 0xc2;
    public static final int HOME_ADDRESS = 0xc9;

    Ipv6OptionList(Ipv6Extension header) {
        super(header, Ipv6Extension.FIXED, 8, Ipv6Extension.MOST);
    }

    @Override
    boolean isEnd(int kind) {
        return false;
    }

    @Override
    boolean isSingle(int kind) {
        return kind == PAD1;
    }

    /** The length in the option is that of the data. */
    @Override
    int measure(int field) {
        return field + 2;
    }

    @Override
    int encode(int size) {
        return size - 2;
    }

    @Override
    boolean fits(int kind, int size) {
        return switch (kind) {
            case ROUTER_ALERT -> size == 4;
            case JUMBO_PAYLOAD -> size == 6;
            case HOME_ADDRESS -> size == 18;
            case TUNNEL_ENCAPSULATION_LIMIT -> size == 3;
            default -> true;
        };
    }

    @Override
    int tail(int end) {
        rewind();
        int tail = at;
        while (advance()) {
            tail = kind() == PAD1 || kind() == PADN ? tail : at + length;
        }
        return tail;
    }

    @Override
    void pad(int from, int to) {
        // a single byte is a zero already
        if (to - from > 1) {
            Bytes.put8(buffer(), from, PADN);
            Bytes.put8(buffer(), from + 1, to - from - 2);
        }
    }

    /** {@link #ROUTER_ALERT}: 0 for MLD. */
    public int routerAlert() {
        require(ROUTER_ALERT);
        return u16(2);
    }

    public Ipv6OptionList routerAlert(int value) {
        Bytes.fit(value, 16, "routerAlert");
        reserve(ROUTER_ALERT, 2);
        Bytes.put16(buffer(), at + 2, value);
        return this;
    }

    /** {@link #JUMBO_PAYLOAD}: the length that the IPv6 header's field does not hold. */
    public long jumboPayload() {
        require(JUMBO_PAYLOAD);
        return u32(2);
    }

    /** It must be the first option, for its alignment. */
    public Ipv6OptionList jumboPayload(long length) {
        Bytes.fit(length, 32, "jumboPayload");
        reserve(JUMBO_PAYLOAD, 4);
        Bytes.put32(buffer(), at + 2, (int) length);
        return this;
    }
}
