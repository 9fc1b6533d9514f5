package io.sockfd.packet;

/**
 * The options in a TCP header: RFC 9293 section 3.2 and RFC 7323, 2018, 2385, 5925, 5482, 7413,
 * 8684, 9768. Those that setsockopt(2) sets are
 * in {@code io.sockfd.option.TcpOptions}.
 */
public final class TcpOptionList extends Options<TcpOptionList> {
    public static final int EOL = 0;
    public static final int NOP = 1;
    public static final int MSS = 2;
    public static final int WINDOW_SCALE = 3;
    public static final int SACK_PERMITTED = 4;
    public static final int SACK = 5;
    public static final int TIMESTAMPS = 8;
    public static final int MD5 = 19;
    public static final int USER_TIMEOUT = 28;
    public static final int AUTHENTICATION = 29;
    public static final int MPTCP = 30;
    public static final int FAST_OPEN = 34;
    /** Accurate ECN, RFC 9768: the counters in the order 0. */
    public static final int ACCURATE_ECN_0 = 172;
    /** Accurate ECN, RFC 9768: the counters in the order 1. */
    public static final int ACCURATE_ECN_1 = 174;
    /** For experiments, RFC 6994: an identifier of 2 or 4 bytes follows. */
    public static final int EXPERIMENT = 254;

    private static final int BLOCK = 8;

    TcpOptionList(Tcp tcp) {
        super(tcp, Tcp.SIZE, 4, Tcp.MOST);
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
            case MSS, USER_TIMEOUT -> size == 4;
            case WINDOW_SCALE -> size == 3;
            case SACK_PERMITTED -> size == 2;
            case SACK -> size > 2 && (size - 2) % BLOCK == 0;
            case TIMESTAMPS -> size == 10;
            case MD5 -> size == 18;
            default -> true;
        };
    }

    /** {@link #MSS}: the largest segment the sender takes. */
    public int mss() {
        require(MSS);
        return u16(2);
    }

    public TcpOptionList mss(int bytes) {
        Bytes.fit(bytes, 16, "mss");
        reserve(MSS, 2);
        Bytes.put16(buffer(), at + 2, bytes);
        return this;
    }

    /** {@link #WINDOW_SCALE}: the bits by which windows are shifted. */
    public int windowScale() {
        require(WINDOW_SCALE);
        return u8(2);
    }

    public TcpOptionList windowScale(int shift) {
        return append(WINDOW_SCALE, (byte) Bytes.fit(shift, 8, "windowScale"));
    }

    public TcpOptionList sackPermitted() {
        return reserve(SACK_PERMITTED, 0);
    }

    /** {@link #SACK}: how many blocks there are, 1 to 4. */
    public int sackBlocks() {
        require(SACK);
        return (length - 2) / BLOCK;
    }

    /** {@link #SACK}: the first sequence number of a block. */
    public long sackLeft(int block) {
        require(SACK);
        return u32(2 + block * BLOCK);
    }

    /** {@link #SACK}: the sequence number after a block. */
    public long sackRight(int block) {
        require(SACK);
        return u32(6 + block * BLOCK);
    }

    /**
     * Blocks of what was received.
     *
     * @param edges left and right of each block in turn
     */
    public TcpOptionList sack(long... edges) {
        if (edges.length == 0 || edges.length % 2 != 0) {
            throw new IllegalArgumentException("SACK takes two edges for each block, not " + edges.length);
        }
        reserve(SACK, edges.length * 4);
        for (int i = 0; i < edges.length; i++) {
            Bytes.put32(buffer(), at + 2 + i * 4, Bytes.fit(edges[i], 32, "an edge"));
        }
        return this;
    }

    /** {@link #TIMESTAMPS}: TSval. */
    public long tsVal() {
        require(TIMESTAMPS);
        return u32(2);
    }

    /** {@link #TIMESTAMPS}: TSecr. */
    public long tsEcr() {
        require(TIMESTAMPS);
        return u32(6);
    }

    public TcpOptionList timestamps(long tsVal, long tsEcr) {
        Bytes.fit(tsVal, 32, "tsVal");
        Bytes.fit(tsEcr, 32, "tsEcr");
        reserve(TIMESTAMPS, 8);
        Bytes.put32(buffer(), at + 2, (int) tsVal);
        Bytes.put32(buffer(), at + 6, (int) tsEcr);
        return this;
    }

    public TcpOptionList nop() {
        return single(NOP);
    }
}
