package io.sockfd.cli.capture;

import io.sockfd.capture.PcapFormat;
import io.sockfd.capture.PcapWriter;
import io.sockfd.cli.FailedException;
import io.sockfd.packet.LinkType;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The file of -w: pcap, or pcapng when its name ends so. */
final class PacketFile implements Closeable {
    private final String name;
    private final boolean next;
    private final int linkType;
    private final PcapWriter writer;
    private final Map<Integer, Integer> interfaces = new HashMap<>();
    private boolean unwritten;

    PacketFile(String name, int snapLength, int linkType) throws IOException {
        this.name = name;
        this.linkType = linkType;
        next = name.endsWith(".pcapng");
        PcapFormat format = (next ? PcapFormat.pcapng() : PcapFormat.pcap()).snapLength(snapLength);
        writer = name.equals("-")
                ? PcapWriter.to(Channels.newChannel(new FileOutputStream(FileDescriptor.out)), format, linkType)
                : PcapWriter.open(Path.of(name), format, linkType);
        interfaces.put(linkType, 0);
        writer.flush();
    }

    void write(Source source) throws IOException {
        Integer id = interfaces.get(source.linkType());
        if (id == null) {
            if (!next) {
                throw new FailedException(name + ": a pcap file has one link type, and the packets are of "
                        + LinkType.name(linkType) + " and " + LinkType.name(source.linkType())
                        + ": give -w a name that ends with .pcapng");
            }
            id = writer.addInterface(source.linkType());
            interfaces.put(source.linkType(), id);
        }
        // a simple packet of pcapng has no time
        writer.write(id, Math.max(0, source.timestampNanos()), source.data(), source.length());
        unwritten = true;
    }

    boolean isWritten() {
        return !unwritten;
    }

    void flush() throws IOException {
        writer.flush();
        unwritten = false;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
