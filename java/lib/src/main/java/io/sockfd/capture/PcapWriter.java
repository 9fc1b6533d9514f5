package io.sockfd.capture;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes capture files, which tcpdump, tshark and Wireshark read.
 *
 * <pre>{@code
 * try (PcapWriter file = PcapWriter.open(path, PcapFormat.pcap(), LinkType.EN10MB)) {
 *     file.write(nanosSince1970, frame);
 * }
 * }</pre>
 *
 * It has one buffer and allocates nothing per packet; {@link #flush} or {@link #close} writes what is in it. Not for
 * several threads.
 */
public final class PcapWriter implements Closeable, Flushable {
    private static final int CAPACITY = 65_536;
    private static final int MICRO = 1000;
    private static final long SECOND = 1_000_000_000;

    private final WritableByteChannel channel;
    private final PcapFormat format;
    private final ByteBuffer out;
    private int interfaces;

    private PcapWriter(WritableByteChannel channel, PcapFormat format) {
        this.channel = channel;
        this.format = format;
        this.out = ByteBuffer.allocate(CAPACITY).order(format.order());
    }

    /**
     * Writes a new file, in the place of one that is there.
     *
     * @param linkType what the packets begin with, a number of {@link io.sockfd.packet.LinkType}
     */
    public static PcapWriter open(Path file, PcapFormat format, int linkType) throws IOException {
        requireLinkType(linkType);
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try {
            return to(channel, format, linkType);
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Writes to a blocking channel, which is then the writer's to close. The file's header waits in the buffer for the
     * first {@link #flush}.
     *
     * @param linkType what the packets begin with, a number of {@link io.sockfd.packet.LinkType}
     */
    public static PcapWriter to(WritableByteChannel channel, PcapFormat format, int linkType) throws IOException {
        requireLinkType(linkType);
        PcapWriter writer = new PcapWriter(channel, format);
        if (format.isNext()) {
            writer.section();
            writer.addInterface(linkType);
        } else {
            writer.header(linkType);
        }
        return writer;
    }

    private static void requireLinkType(int linkType) {
        if (linkType < 0 || linkType > 0xffff) {
            throw new IllegalArgumentException("a link type is 0 to 65535, not " + linkType);
        }
    }

    private void header(int linkType) {
        out.putInt(format.isNanoseconds() ? PcapClassicRecords.NANOSECONDS : PcapClassicRecords.MICROSECONDS);
        out.putShort((short) PcapClassicRecords.MAJOR).putShort((short) PcapClassicRecords.MINOR);
        out.putInt(0).putInt(0).putInt(format.snapLength()).putInt(linkType);
        interfaces = 1;
    }

    private void section() {
        int length = PcapngRecords.FRAME + PcapngRecords.SECTION_BODY;
        out.putInt(PcapngRecords.SECTION).putInt(length).putInt(PcapngRecords.BYTE_ORDER);
        out.putShort((short) 1).putShort((short) 0).putLong(-1).putInt(length);
    }

    /**
     * Describes another interface, for packets of another link type.
     *
     * @return its number for {@link #write(int, long, ByteBuffer, long)}; the first is 0
     * @throws UnsupportedOperationException when the format is pcap, which has only one
     */
    public int addInterface(int linkType) throws IOException {
        if (!format.isNext()) {
            throw new UnsupportedOperationException("a pcap file has one link type; pcapng has one per interface");
        }
        requireLinkType(linkType);
        int resolution = format.isNanoseconds() ? PcapInterface.NANOSECONDS : PcapInterface.MICROSECONDS;
        ByteBuffer block = PcapInterface.write(linkType, format.snapLength(), resolution, format.order());
        put(block, 0, block.limit());
        return interfaces++;
    }

    /**
     * Writes a packet: the bytes between position and limit, which stay as they are.
     *
     * @param timestampNanos nanoseconds since 1970, UTC
     */
    public void write(long timestampNanos, ByteBuffer packet) throws IOException {
        write(0, timestampNanos, packet, packet.remaining());
    }

    /**
     * Writes a packet of which only a part was captured.
     *
     * @param interfaceId 0, or what {@link #addInterface} gave
     * @param timestampNanos nanoseconds since 1970, UTC; a pcap file ends in the year 2106
     * @param originalLength the bytes that it had on the wire, 32 bits
     * @throws IllegalArgumentException when the file cannot say one of these
     */
    public void write(int interfaceId, long timestampNanos, ByteBuffer packet, long originalLength) throws IOException {
        if (interfaceId < 0 || interfaceId >= interfaces) {
            throw new IllegalArgumentException("there are " + interfaces + " interfaces, no number " + interfaceId);
        } else if (timestampNanos < 0 || (!format.isNext() && timestampNanos / SECOND > PcapRecords.U32)) {
            throw new IllegalArgumentException("a " + (format.isNext() ? "pcapng" : "pcap") + " file has no time for "
                    + timestampNanos + " ns since 1970");
        } else if (originalLength < packet.remaining() || originalLength > PcapRecords.U32) {
            throw new IllegalArgumentException("the packet has " + packet.remaining()
                    + " bytes: it had as many or more, and not " + originalLength);
        }
        int captured = Math.min(packet.remaining(), format.snapLength());
        if (format.isNext()) {
            block(interfaceId, timestampNanos, packet, captured, (int) originalLength);
        } else {
            room(PcapClassicRecords.RECORD);
            long fraction = timestampNanos % SECOND;
            out.putInt((int) (timestampNanos / SECOND));
            out.putInt((int) (format.isNanoseconds() ? fraction : fraction / MICRO));
            out.putInt(captured).putInt((int) originalLength);
            put(packet, packet.position(), captured);
        }
    }

    private void block(int interfaceId, long nanos, ByteBuffer packet, int captured, int original) throws IOException {
        int padding = -captured & 3;
        int length = PcapngRecords.FRAME + PcapngRecords.ENHANCED_BODY + captured + padding;
        long ticks = format.isNanoseconds() ? nanos : nanos / MICRO;
        room(PcapngRecords.FRAME + PcapngRecords.ENHANCED_BODY);
        out.putInt(PcapngRecords.ENHANCED_PACKET).putInt(length).putInt(interfaceId);
        out.putInt((int) (ticks >>> 32)).putInt((int) ticks).putInt(captured).putInt(original);
        put(packet, packet.position(), captured);
        room(padding + Integer.BYTES);
        for (int i = 0; i < padding; i++) {
            out.put((byte) 0);
        }
        out.putInt(length);
    }

    private void room(int bytes) throws IOException {
        if (out.remaining() < bytes) {
            flush();
        }
    }

    private void put(ByteBuffer from, int at, int count) throws IOException {
        int done = 0;
        while (done < count) {
            room(1);
            int n = Math.min(out.remaining(), count - done);
            out.put(out.position(), from, at + done, n).position(out.position() + n);
            done += n;
        }
    }

    /** Writes what is in the buffer. */
    @Override
    public void flush() throws IOException {
        out.flip();
        try {
            while (out.hasRemaining()) {
                if (channel.write(out) == 0) {
                    throw new IOException("the channel takes no bytes now: it must be a blocking one");
                }
            }
        } finally {
            out.compact();
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }
}
