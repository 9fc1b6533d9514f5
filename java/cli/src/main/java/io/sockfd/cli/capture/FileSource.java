package io.sockfd.cli.capture;

import io.sockfd.bpf.Ancillary;
import io.sockfd.bpf.Interpreter;
import io.sockfd.capture.PcapReader;
import io.sockfd.cli.FailedException;
import io.sockfd.packet.LinkType;
import io.sockfd.packet.LinuxSll2;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A capture file; the filter's program is interpreted here. */
final class FileSource implements Source {
    private final String name;
    private final PcapReader reader;
    private final PacketFilter filter;
    private final int snapLength;
    private final Map<Integer, Interpreter> programs = new HashMap<>();
    private final Ancillary ancillary = new Ancillary();
    private ByteBuffer data = ByteBuffer.allocate(0);

    FileSource(String name, PacketFilter filter, int snapLength) throws IOException {
        this.name = name;
        this.filter = filter;
        this.snapLength = snapLength;
        filter.check(snapLength);
        if (name.equals("-")) {
            reader = PcapReader.of(Channels.newChannel(new FileInputStream(FileDescriptor.in)));
        } else if (Files.isReadable(Path.of(name))) {
            reader = PcapReader.open(Path.of(name));
        } else {
            throw new FailedException(name + ": there is no such file, or it cannot be read");
        }
    }

    @Override
    public Next next(boolean wait) throws IOException {
        while (reader.next()) {
            int onWire = (int) Math.min(Integer.MAX_VALUE, reader.originalLength());
            int kept = program().run(reader.data(), ancillary.length(onWire));
            if (kept != 0) {
                data = reader.data();
                data.limit(data.position() + Math.min(data.remaining(), snapLength));
                return Next.PACKET;
            }
        }
        return Next.END;
    }

    private Interpreter program() throws IOException {
        Interpreter known = programs.get(reader.linkType());
        if (known == null) {
            known = new Interpreter(filter.programOfFile(reader.linkType(), snapLength));
            programs.put(reader.linkType(), known);
        }
        return known;
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public long timestampNanos() {
        return reader.timestampNanos();
    }

    @Override
    public long length() {
        return reader.originalLength();
    }

    @Override
    public int linkType() {
        return reader.linkType();
    }

    @Override
    public String where() {
        if (linkType() != LinkType.LINUX_SLL2 || data().remaining() < LinuxSll2.SIZE) {
            return "";
        }
        // the number is that of an interface of the machine on which the file was made: its name is not known
        return PacketLine.where("?", new LinuxSll2().wrap(data()).packetType());
    }

    @Override
    public String begin() {
        return "reading from " + name;
    }

    @Override
    public String end() {
        return "";
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
