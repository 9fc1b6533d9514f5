package io.sockfd.packet;

import org.jspecify.annotations.Nullable;

/**
 * Generic routing encapsulation, RFC 2784 and 2890, and version 1 of it, which PPTP has (RFC 2637).
 *
 * <pre>
 *      0                               2                               4
 *     +-+-+-+-+-----------------+-----+-------------------------------+
 *   0 |C|R|K|S|                 | ver |         protocol type         |
 *     +-+-+-+-+-----------------+-----+-------------------------------+
 *     |        checksum (C)           |           offset (C)          |
 *     |                            key (K)                            |
 *     |                      sequence number (S)                      |
 * </pre>
 */
public final class Gre extends Header<Gre> {
    /** Without the fields that flags announce. */
    public static final int SIZE = 4;

    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGMENT = 0x0080;
    private static final int VERSION = 7;
    private static final int TYPE = 2;
    private static final int ROUTE_ENTRY = 4;

    public Gre() {
        super(SIZE);
    }

    @Override
    String name() {
        return "GRE";
    }

    @Override
    @Nullable
    String problem() {
        int bytes = SIZE + word(CHECKSUM | ROUTING) + word(KEY) + word(SEQUENCE);
        if (version() == 1) {
            bytes += word(ACKNOWLEDGMENT);
        } else if (version() != 0) {
            return "GRE has version " + version();
        }
        while (has(ROUTING)) { // source routes of RFC 1701: entries with their length, the last one is empty
            String problem = measured(bytes + ROUTE_ENTRY);
            if (problem != null) {
                return problem;
            }
            int entry = u8(bytes + 3);
            boolean last = u16(bytes) == 0 && entry == 0;
            bytes += ROUTE_ENTRY + entry;
            if (last) {
                break;
            }
        }
        return measured(bytes);
    }

    private int word(int flags) {
        return has(flags) ? Integer.BYTES : 0;
    }

    private boolean has(int flags) {
        return (flags() & flags) != 0;
    }

    /** The first 16 bits: flags and version. */
    public int flags() {
        return u16(0);
    }

    /** 0, or 1 for PPTP. */
    public int version() {
        return flags() & VERSION;
    }

    /** An {@code ETH_P_} number. */
    public int protocolType() {
        return u16(TYPE);
    }

    /** An {@code ETH_P_} number. */
    public Gre protocolType(int type) {
        return put16(TYPE, type, "protocolType");
    }

    public boolean hasKey() {
        return has(KEY);
    }

    /** The key; with version 1 the payload's length and the call. */
    public long key() {
        if (!hasKey()) {
            throw new IllegalStateException("this GRE header has no key");
        }
        return u32(SIZE + word(CHECKSUM | ROUTING));
    }

    public boolean hasSequenceNumber() {
        return has(SEQUENCE);
    }

    public long sequenceNumber() {
        if (!hasSequenceNumber()) {
            throw new IllegalStateException("this GRE header has no sequence number");
        }
        return u32(SIZE + word(CHECKSUM | ROUTING) + word(KEY));
    }

    /** Adds a key to a header that {@link #compose} wrote and whose payload is not written yet. */
    public Gre key(long key) {
        if (length != SIZE || limit - offset < SIZE + Integer.BYTES) {
            throw new IllegalArgumentException("a key is added to a header without one, where there are 4 bytes more");
        }
        length = SIZE + Integer.BYTES;
        put16(0, flags() | KEY, "flags");
        return put32(SIZE, key, "key");
    }

    void describe(StringBuilder out) {
        out.append("GREv").append(version());
        if (hasKey()) {
            out.append(", key=0x").append(Long.toHexString(key()));
        }
        if (hasSequenceNumber()) {
            out.append(", seq ").append(sequenceNumber());
        }
        out.append(", length ").append(headerLength() + payloadLengthOnWire());
    }
}
