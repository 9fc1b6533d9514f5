package io.sockfd.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads capture files packet by packet: pcap and pcapng, in either byte order and any resolution, whichever it is.
 *
 * <pre>{@code
 * try (PcapReader file = PcapReader.open(path)) {
 *     Packet packet = new Packet();
 *     while (file.next()) {
 *         System.out.println(packet.wrap(file.data(), file.linkType()));
 *     }
 * }
 * }</pre>
 *
 * It reads ahead, needs no more memory than the largest packet, and allocates nothing per packet. What a file's lengths
 * say is checked: a file that is damaged or ends in the middle is a {@link PcapFormatException}, and the packets before
 * were given. Blocks of pcapng that it does not know are passed over. Not for several threads.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/">PCAP Capture File Format</a>
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/">PCAP Next Generation</a>
 */
public final class PcapReader implements Closeable {
    private final PcapInput in;
    private final PcapRecords records;
    private ByteBuffer data = ByteBuffer.allocate(0);

    private PcapReader(PcapInput in) throws IOException {
        this.in = in;
        in.need(Integer.BYTES, "the magic number");
        in.order(ByteOrder.BIG_ENDIAN);
        int magic = in.buffer().getInt(in.buffer().position());
        records = magic == PcapngRecords.SECTION ? new PcapngRecords(in) : new PcapClassicRecords(in, magic);
    }

    /** Opens a file. */
    public static PcapReader open(Path file) throws IOException {
        return of(FileChannel.open(file, StandardOpenOption.READ));
    }

    /**
     * Reads from a blocking channel, which is then the reader's to close; it is closed too when this fails.
     *
     * @throws PcapFormatException when it does not begin as a capture file does
     */
    public static PcapReader of(ReadableByteChannel channel) throws IOException {
        try {
            return new PcapReader(new PcapInput(channel));
        } catch (Throwable e) {
            try {
                channel.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /**
     * Goes to the next packet.
     *
     * @return false at the end of the file
     * @throws PcapFormatException when the file is damaged; there is no way on from there
     */
    public boolean next() throws IOException {
        boolean found = records.next();
        data = found ? in.view(records.dataOffset, records.dataOffset + records.captured) : in.view(0, 0);
        return found;
    }

    /**
     * The packet's bytes, between position and limit: the first {@link #originalLength} of it or fewer. They are valid
     * until the next {@link #next}.
     */
    public ByteBuffer data() {
        return data;
    }

    /** When it was captured: nanoseconds since 1970, UTC; -1 when the file does not say. */
    public long timestampNanos() {
        return records.timestampNanos;
    }

    /** Bytes that the packet had on the wire. */
    public long originalLength() {
        return records.originalLength;
    }

    /** What the packet begins with, a number of {@link io.sockfd.packet.LinkType}. In pcapng each interface has its own. */
    public int linkType() {
        return records.linkType;
    }

    /** The number of the interface in its section of a pcapng file; 0 in pcap. */
    public int interfaceId() {
        return records.interfaceId;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
