package io.sockfd.cli.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where packets come from. */
interface Source extends Closeable {
    /** What came of a look for a packet. */
    enum Next {
        PACKET,
        NOTHING_YET,
        END
    }

    /** Goes to the next packet; {@code wait} says whether to wait a moment for it. */
    Next next(boolean wait) throws IOException;

    /** The packet's bytes, between position and limit, until the next one. */
    ByteBuffer data();

    /** Nanoseconds since 1970. */
    long timestampNanos();

    /** Bytes on the wire. */
    long length();

    /** What it begins with, a number of {@link io.sockfd.packet.LinkType}. */
    int linkType();

    /** Where it was seen and which way it went, as tcpdump shows it for all interfaces; else empty. */
    String where();

    /** What is said before the first packet. */
    String begin();

    /** What is said at the end about those that passed the filter, or did not get here. */
    String end() throws IOException;

    /** Whether the kernel left the checksum of the packet to the network card. */
    default boolean isChecksumOffloaded() {
        return false;
    }
}
