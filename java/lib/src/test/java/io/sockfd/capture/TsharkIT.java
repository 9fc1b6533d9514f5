package io.sockfd.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.packet.LinkType;
import io.sockfd.packet.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of Wireshark's programs are read by us, and ours by them. */
@Tag("once")
class TsharkIT {
    private static final int PACKETS = 500;
    private static final long TIME = 1_700_000_000_000_000_001L;

    @TempDir
    static Path temp;

    @BeforeAll
    static void wireshark() throws Exception {
        Tshark.require("tshark", "editcap");
    }

    private static List<ByteBuffer> frames() {
        Samples samples = new Samples(31);
        List<ByteBuffer> frames = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            frames.add(samples.next());
        }
        return frames;
    }

    private static void write(Path file, PcapFormat format, List<ByteBuffer> frames) throws IOException {
        try (PcapWriter writer = PcapWriter.open(file, format, LinkType.EN10MB)) {
            for (int i = 0; i < frames.size(); i++) {
                writer.write(TIME + i, frames.get(i));
            }
        }
    }

    @Test
    void filesOfWiresharkAreReadByUs() throws Exception {
        List<ByteBuffer> frames = frames();
        Path ours = temp.resolve("ours.pcapng");
        write(ours, PcapFormat.pcapng(), frames);
        Path log = temp.resolve("log");
        for (String type : List.of("pcap", "pcapng", "nsecpcap")) {
            Path theirs = temp.resolve("theirs." + type);
            assertEquals(0, Tshark.run(log, "editcap", "-F", type, ours.toString(), theirs.toString()));
            same(theirs, frames, type.equals("pcap") ? 1000 : 1, Integer.MAX_VALUE);
            Path snapped = temp.resolve("snapped." + type);
            assertEquals(0, Tshark.run(log, "editcap", "-s", "40", "-F", type, ours.toString(), snapped.toString()));
            same(snapped, frames, type.equals("pcap") ? 1000 : 1, 40);
            Path tshark = temp.resolve("tshark." + type);
            assertEquals(0, Tshark.run(log, "tshark", "-r", ours.toString(), "-F", type, "-w", tshark.toString()));
            same(tshark, frames, type.equals("pcap") ? 1000 : 1, Integer.MAX_VALUE);
        }
    }

    private static void same(Path file, List<ByteBuffer> frames, long unit, int snap) throws IOException {
        try (PcapReader reader = PcapReader.open(file)) {
            for (int i = 0; i < frames.size(); i++) {
                assertTrue(reader.next(), file + " ends after " + i);
                ByteBuffer frame = frames.get(i);
                assertEquals(frame.duplicate().limit(Math.min(frame.limit(), snap)), reader.data());
                assertEquals(frame.remaining(), reader.originalLength());
                assertEquals((TIME + i) / unit * unit, reader.timestampNanos());
                assertEquals(LinkType.EN10MB, reader.linkType());
            }
            assertFalse(reader.next());
        }
    }
}
