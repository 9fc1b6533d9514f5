package io.sockfd.packet;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The authentication header of IPsec, RFC 4302, over IPv4 and IPv6.
 *
 * <pre>
 *      0               1               2                               4
 *     +---------------+---------------+-------------------------------+
 *   0 |  next header  | payload len n |           reserved            |
 *     +---------------+---------------+-------------------------------+
 *   4 |                 security parameters index                     |
 *     +---------------------------------------------------------------+
 *   8 |                       sequence number                         |
 *     +---------------------------------------------------------------+
 *  12 |           integrity check value, 4n - 4 bytes                 |
 * </pre>
 */
public final class Ah extends Header<Ah> {
    /** Without an integrity check value. */
    public static final int SIZE = 12;

    private static final int PAYLOAD_LEN = 1;
    private static final int SPI = 4;
    private static final int SEQUENCE_NUMBER = 8;
    /** The length is in words, and without two of them. */
    private static final int NOT_COUNTED = 2;

    public Ah() {
        super(SIZE);
    }

    @Override
    String name() {
        return "AH";
    }

    @Override
    @Nullable
    String problem() {
        return measured((payloadLen() + NOT_COUNTED) * Integer.BYTES);
    }

    @Override
    void defaults() {
        put8(0, 59, "nextHeader").put8(PAYLOAD_LEN, SIZE / Integer.BYTES - NOT_COUNTED, "payloadLen");
    }

    /** An {@code IPPROTO_} number. */
    public int nextHeader() {
        return u8(0);
    }

    public Ah nextHeader(int number) {
        return put8(0, number, "nextHeader");
    }

    /** The header's length in words of 4 bytes, less 2. */
    public int payloadLen() {
        return u8(PAYLOAD_LEN);
    }

    public long spi() {
        return u32(SPI);
    }

    public Ah spi(long index) {
        return put32(SPI, index, "spi");
    }

    public long sequenceNumber() {
        return u32(SEQUENCE_NUMBER);
    }

    public Ah sequenceNumber(long number) {
        return put32(SEQUENCE_NUMBER, number, "sequenceNumber");
    }

    /** A copy of the integrity check value, with its padding. */
    public byte[] icv() {
        return get(SIZE, length - SIZE);
    }

    /** Of a header that {@link #compose} wrote and whose payload is not written yet: the header grows by it. */
    public Ah icv(byte... value) {
        int bytes = SIZE + value.length;
        if (value.length % Integer.BYTES != 0 || bytes > limit - offset) {
            throw new IllegalArgumentException(
                    "an integrity check value has a multiple of 4 bytes, and there is room for "
                            + (limit - offset - SIZE) + ", not for " + value.length);
        }
        put8(PAYLOAD_LEN, bytes / Integer.BYTES - NOT_COUNTED, "payloadLen");
        length = bytes;
        return put(SIZE, value);
    }

    void describe(StringBuilder out) {
        out.append("AH(spi=0x").append(HexFormat.of().toHexDigits(spi(), 8));
        out.append(",seq=0x").append(Long.toHexString(sequenceNumber())).append(") ");
    }
}
