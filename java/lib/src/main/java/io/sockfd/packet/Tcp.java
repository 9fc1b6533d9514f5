package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/**
 * A TCP segment, RFC 9293; the flag AE is of RFC 9768.
 *
 * <pre>
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-------------------------------+-------------------------------+
 *   0 |          source port          |       destination port        |
 *     +-------------------------------+-------------------------------+
 *   4 |                        sequence number                        |
 *     +---------------------------------------------------------------+
 *   8 |                    acknowledgment number                      |
 *     +-------+-------+-+-+-+-+-+-+-+-+-------------------------------+
 *  12 | data  |rsrvd|A|C|E|U|A|P|R|S|F|            window             |
 *     | offset|     |E|W|C|R|C|S|S|Y|I|                               |
 *     +-------+-------+-+-+-+-+-+-+-+-+-------------------------------+
 *  16 |           checksum            |        urgent pointer         |
 *     +-------------------------------+-------------------------------+
 *  20 |             options, up to 40 bytes, then data                |
 * </pre>
 */
public final class Tcp extends Header<Tcp> {
    /** Without options. */
    public static final int SIZE = 20;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;
    /** Accurate ECN, RFC 9768; the bit was NS of RFC 3540 before. */
    public static final int AE = 0x100;

    static final int MOST = 60;
    static final int CHECKSUM = 16;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int SEQUENCE_NUMBER = 4;
    private static final int ACKNOWLEDGMENT_NUMBER = 8;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;
    private static final int FLAGS_AND_OFFSET = 12;
    private static final int FLAG_BITS = 9;
    private static final int ALL_FLAGS = (1 << FLAG_BITS) - 1;
    private static final int WINDOW = 14;
    private static final int URGENT_POINTER = 18;

    private final TcpOptionList options = new TcpOptionList(this);

    public Tcp() {
        super(SIZE);
    }

    @Override
    String name() {
        return "TCP";
    }

    @Override
    @Nullable
    String problem() {
        return measured(dataOffset() * 4);
    }

    @Override
    void defaults() {
        resize(SIZE);
        window(0xffff);
    }

    @Override
    void resize(int bytes) {
        super.resize(bytes);
        Bytes.put8(b, offset + DATA_OFFSET, ((bytes / 4) << 4) | (u8(DATA_OFFSET) & 0x0f));
    }

    public int sourcePort() {
        return u16(SOURCE_PORT);
    }

    public Tcp sourcePort(int port) {
        return put16(SOURCE_PORT, port, "sourcePort");
    }

    public int destinationPort() {
        return u16(DESTINATION_PORT);
    }

    public Tcp destinationPort(int port) {
        return put16(DESTINATION_PORT, port, "destinationPort");
    }

    public long sequenceNumber() {
        return u32(SEQUENCE_NUMBER);
    }

    /** 32 bits; use {@code & 0xffffffffL} for numbers that may wrap. */
    public Tcp sequenceNumber(long number) {
        return put32(SEQUENCE_NUMBER, number, "sequenceNumber");
    }

    public long acknowledgmentNumber() {
        return u32(ACKNOWLEDGMENT_NUMBER);
    }

    /** 32 bits; use {@code & 0xffffffffL} for numbers that may wrap. */
    public Tcp acknowledgmentNumber(long number) {
        return put32(ACKNOWLEDGMENT_NUMBER, number, "acknowledgmentNumber");
    }

    /** The header's length in words of 4 bytes, 5 to 15. */
    public int dataOffset() {
        return u8(DATA_OFFSET) >> 4;
    }

    /** The nine flags as bits: {@link #FIN} to {@link #AE}. */
    public int flags() {
        return u16(FLAGS_AND_OFFSET) & ALL_FLAGS;
    }

    public Tcp flags(int flags) {
        int others = u16(FLAGS_AND_OFFSET) & ~ALL_FLAGS;
        return put16(FLAGS_AND_OFFSET, others | Bytes.fit(flags, FLAG_BITS, "flags"), "flags");
    }

    public boolean fin() {
        return bit(FLAGS, FIN);
    }

    public Tcp fin(boolean on) {
        return putBit(FLAGS, FIN, on);
    }

    public boolean syn() {
        return bit(FLAGS, SYN);
    }

    public Tcp syn(boolean on) {
        return putBit(FLAGS, SYN, on);
    }

    public boolean rst() {
        return bit(FLAGS, RST);
    }

    public Tcp rst(boolean on) {
        return putBit(FLAGS, RST, on);
    }

    public boolean psh() {
        return bit(FLAGS, PSH);
    }

    public Tcp psh(boolean on) {
        return putBit(FLAGS, PSH, on);
    }

    public boolean ack() {
        return bit(FLAGS, ACK);
    }

    public Tcp ack(boolean on) {
        return putBit(FLAGS, ACK, on);
    }

    public boolean urg() {
        return bit(FLAGS, URG);
    }

    public Tcp urg(boolean on) {
        return putBit(FLAGS, URG, on);
    }

    public boolean ece() {
        return bit(FLAGS, ECE);
    }

    public Tcp ece(boolean on) {
        return putBit(FLAGS, ECE, on);
    }

    public boolean cwr() {
        return bit(FLAGS, CWR);
    }

    public Tcp cwr(boolean on) {
        return putBit(FLAGS, CWR, on);
    }

    public boolean ae() {
        return bit(DATA_OFFSET, AE >> Byte.SIZE);
    }

    public Tcp ae(boolean on) {
        return putBit(DATA_OFFSET, AE >> Byte.SIZE, on);
    }

    /** As it is in the header, not scaled. */
    public int window() {
        return u16(WINDOW);
    }

    public Tcp window(int window) {
        return put16(WINDOW, window, "window");
    }

    public int checksum() {
        return u16(CHECKSUM);
    }

    public Tcp checksum(int checksum) {
        return put16(CHECKSUM, checksum, "checksum");
    }

    public int urgentPointer() {
        return u16(URGENT_POINTER);
    }

    public Tcp urgentPointer(int pointer) {
        return put16(URGENT_POINTER, pointer, "urgentPointer");
    }

    /** The options, from the first; always the same cursor. */
    public TcpOptionList options() {
        return options.rewind();
    }

    /** How many sequence numbers the segment takes: its data, also what a capture cut off, and one each for SYN and FIN. */
    public int segmentLength() {
        return payloadLengthOnWire() + (syn() ? 1 : 0) + (fin() ? 1 : 0);
    }

    /**
     * The other segment's ports exchanged, and an acknowledgment of all it brought. The sequence number is the one that it
     * acknowledged.
     */
    public Tcp replyTo(Tcp other) {
        int source = other.sourcePort();
        return sourcePort(other.destinationPort())
                .destinationPort(source)
                .sequenceNumber(other.ack() ? other.acknowledgmentNumber() : 0)
                .acknowledgmentNumber((other.sequenceNumber() + other.segmentLength()) & Bytes.U32)
                .ack(true);
    }
}
