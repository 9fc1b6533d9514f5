package io.sockfd.fuzz;

import io.sockfd.capture.PcapFormatException;
import io.sockfd.capture.PcapReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;

/** A capture file. */
public final class PcapTarget {
    private static final int MOST_PACKETS = 100_000;

    private PcapTarget() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        try (PcapReader reader = PcapReader.of(Channels.newChannel(new ByteArrayInputStream(data)))) {
            for (int count = 0; reader.next(); count++) {
                reader.data();
                if (count > MOST_PACKETS) {
                    throw new AssertionError("the file has no end");
                }
            }
        } catch (PcapFormatException e) {
            // what malformed ones are answered with
        }
    }
}
