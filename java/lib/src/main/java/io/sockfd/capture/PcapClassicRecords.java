package io.sockfd.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The records of a pcap file. Its header has 24 bytes, a record's 16.
 *
 * <pre>
 *      0        4             6             8         12        16       20         24
 *     +--------+-------------+-------------+---------+---------+--------+----------+
 *     | magic  | major (u16) | minor (u16) |    0    |    0    |snaplen | linktype |
 *     +--------+-------------+-------------+---------+---------+--------+----------+
 *     +---------+---------------------+----------+----------+------
 *     | seconds | micro-, nanoseconds | captured | original | data
 *     +---------+---------------------+----------+----------+------
 * </pre>
 */
final class PcapClassicRecords extends PcapRecords {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;
    static final int MAJOR = 2;
    static final int MINOR = 4;
    static final int HEADER = 24;
    static final int RECORD = 16;

    private static final int LINK_TYPE = 0x03ff_ffff;
    private static final long SECOND = 1_000_000_000;

    private final int unit;

    PcapClassicRecords(PcapInput in, int magic) throws IOException {
        super(in);
        int turned = Integer.reverseBytes(magic);
        boolean big = magic == MICROSECONDS || magic == NANOSECONDS;
        if (!big && turned != MICROSECONDS && turned != NANOSECONDS) {
            throw new PcapFormatException("this is no capture file: it begins with 0x" + Integer.toHexString(magic)
                    + ", and pcap and pcapng with 0xa1b2c3d4, 0xa1b23c4d, in either order, or 0x0a0d0d0a");
        }
        unit = (big ? magic : turned) == NANOSECONDS ? 1 : 1000;
        in.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        in.need(HEADER, "the header");
        ByteBuffer b = in.buffer();
        int at = b.position();
        int major = b.getShort(at + 4) & 0xffff;
        if (major != MAJOR) {
            throw new PcapFormatException("the file has version " + major + " of pcap; 2 is the one that is known");
        }
        linkType = b.getInt(at + 20) & LINK_TYPE;
        b.position(at + HEADER);
    }

    @Override
    boolean next() throws IOException {
        if (!in.more()) {
            return false;
        }
        in.need(RECORD, "the record");
        ByteBuffer b = in.buffer();
        int length = believable(b.getInt(b.position() + 8) & U32);
        in.need(RECORD + length, "the packet");
        b = in.buffer();
        int at = b.position();
        timestampNanos = (b.getInt(at) & U32) * SECOND + (b.getInt(at + 4) & U32) * unit;
        captured = length;
        originalLength = b.getInt(at + 12) & U32;
        dataOffset = at + RECORD;
        b.position(dataOffset + length);
        return true;
    }
}
