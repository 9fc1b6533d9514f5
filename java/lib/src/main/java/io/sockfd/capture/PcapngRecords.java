package io.sockfd.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The packets of a pcapng file. It is a row of blocks, each with its length before and after:
 *
 * <pre>
 *      0        4             8                        n - 4          n
 *     +--------+-------------+------------------------+--------------+
 *     |  type  | length (n)  |  body, n - 12 bytes    |  length (n)  |
 *     +--------+-------------+------------------------+--------------+
 * </pre>
 *
 * A section header says the byte order; interfaces are numbered from 0 in each section.
 */
final class PcapngRecords extends PcapRecords {
    /** The same in either order. */
    static final int SECTION = 0x0a0d0d0a;

    static final int BYTE_ORDER = 0x1a2b3c4d;
    static final int INTERFACE = 1;
    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;

    /** Of a block: type and the two lengths. */
    static final int FRAME = 12;

    static final int SECTION_BODY = 16;
    static final int INTERFACE_BODY = 8;
    static final int ENHANCED_BODY = 20;

    /** The enhanced packet's ancestor, with a 16-bit interface. */
    private static final int OLD_PACKET = 2;

    private static final int BEFORE_BODY = 8;
    private static final int MOST_INTERFACES = 65_536;
    private static final int MOST_DESCRIPTION = 65_536;

    private final List<PcapInterface> interfaces = new ArrayList<>();
    /** What is left of the block before, its last length included. */
    private long left;
    /** Its length. */
    private int blockLength;

    PcapngRecords(PcapInput in) throws IOException {
        super(in);
        section();
    }

    @Override
    boolean next() throws IOException {
        while (true) {
            finishBlock();
            if (!in.more()) {
                return false;
            }
            in.need(BEFORE_BODY, "the block");
            ByteBuffer b = in.buffer();
            int type = b.getInt(b.position());
            if (type == SECTION) {
                section();
                continue;
            }
            begin(b.getInt(b.position() + 4));
            switch (type) {
                case INTERFACE -> describeInterface();
                case ENHANCED_PACKET, OLD_PACKET -> {
                    packet(type);
                    return true;
                }
                case SIMPLE_PACKET -> {
                    simplePacket();
                    return true;
                }
                default -> {
                    // finishBlock passes over it
                }
            }
        }
    }

    /** Enters a block's body. */
    private void begin(int length) throws IOException {
        if ((length & U32) < FRAME || (length & 3) != 0) {
            throw new PcapFormatException("the block at byte " + in.place() + " says it has " + (length & U32)
                    + " bytes; it is a multiple of 4 from 12");
        }
        blockLength = length;
        left = (length & U32) - BEFORE_BODY;
        in.skip(BEFORE_BODY, "the block");
    }

    private void finishBlock() throws IOException {
        if (left == 0) {
            return;
        }
        in.skip(left - Integer.BYTES, "the block");
        in.need(Integer.BYTES, "the block");
        int again = in.buffer().getInt(in.buffer().position());
        if (again != blockLength) {
            throw new PcapFormatException("the block that ends at byte " + in.place() + " had a length of "
                    + (blockLength & U32) + " at its beginning and has " + (again & U32) + " here");
        }
        in.skip(Integer.BYTES, "the block");
        left = 0;
    }

    /** Makes the body's first bytes be in the buffer. */
    private int body(int count, String what) throws IOException {
        if (count > left - Integer.BYTES) {
            throw new PcapFormatException(what + " at byte " + in.place() + " needs " + count
                    + " bytes, and its block has " + (left - Integer.BYTES));
        }
        in.need(count, what);
        return in.buffer().position();
    }

    private void passed(int count) {
        in.buffer().position(in.buffer().position() + count);
        left -= count;
    }

    private void section() throws IOException {
        in.need(BEFORE_BODY + SECTION_BODY, "the section header");
        ByteBuffer b = in.buffer();
        in.order(ByteOrder.BIG_ENDIAN);
        int mark = b.getInt(b.position() + BEFORE_BODY);
        if (mark != BYTE_ORDER && Integer.reverseBytes(mark) != BYTE_ORDER) {
            throw new PcapFormatException("the section at byte " + in.place() + " has 0x" + Integer.toHexString(mark)
                    + " where its byte order should be, 0x1a2b3c4d");
        }
        in.order(mark == BYTE_ORDER ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        begin(b.getInt(b.position() + 4));
        int at = body(SECTION_BODY, "the section header");
        int major = in.buffer().getShort(at + 4) & 0xffff;
        if (major != 1) {
            throw new PcapFormatException(
                    "the section has version " + major + " of pcapng; 1 is the one that is known");
        }
        interfaces.clear();
    }

    private void describeInterface() throws IOException {
        int size = (int) Math.min(left - Integer.BYTES, MOST_DESCRIPTION);
        int at = body(Math.max(size, INTERFACE_BODY), "the interface description");
        if (interfaces.size() == MOST_INTERFACES) {
            throw new PcapFormatException("the section has more than " + MOST_INTERFACES + " interfaces");
        }
        interfaces.add(PcapInterface.read(in.buffer(), at, at + size));
    }

    private PcapInterface useInterface(int id) throws IOException {
        if (id < 0 || id >= interfaces.size()) {
            throw new PcapFormatException("the packet at byte " + in.place() + " is of interface " + (id & U32)
                    + ", and the section has " + interfaces.size());
        }
        interfaceId = id;
        linkType = interfaces.get(id).linkType();
        return interfaces.get(id);
    }

    private void packet(int type) throws IOException {
        int at = body(ENHANCED_BODY, "the packet");
        ByteBuffer b = in.buffer();
        PcapInterface from = useInterface(type == OLD_PACKET ? b.getShort(at) & 0xffff : b.getInt(at));
        long ticks = (long) b.getInt(at + 4) << 32 | (b.getInt(at + 8) & U32);
        timestampNanos = from.nanos(ticks);
        int length = believable(b.getInt(at + 12) & U32);
        originalLength = b.getInt(at + 16) & U32;
        data(ENHANCED_BODY, length);
    }

    private void simplePacket() throws IOException {
        int at = body(Integer.BYTES, "the packet");
        PcapInterface from = useInterface(0);
        timestampNanos = -1;
        originalLength = in.buffer().getInt(at) & U32;
        long snapped = from.snapLength() == 0 ? originalLength : Math.min(originalLength, from.snapLength());
        data(Integer.BYTES, believable(snapped));
    }

    private void data(int header, int length) throws IOException {
        dataOffset = body(header + length, "the packet") + header;
        captured = length;
        passed(header + length);
    }
}
