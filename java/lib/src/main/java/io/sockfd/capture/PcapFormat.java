package io.sockfd.capture;

import java.nio.ByteOrder;
import java.util.Objects;

/**
 * How a capture file is written: pcap or pcapng, the resolution of the times, the byte order, the snap length. Immutable;
 * each method gives another value. A reader finds all this out by itself.
 *
 * <pre>{@code
 * PcapFormat format = PcapFormat.pcapng().snapLength(256);
 * try (PcapWriter writer = PcapWriter.open(path, format, LinkType.EN10MB)) {
 *     writer.write(nanosSince1970, frame);
 * }
 * }</pre>
 */
public final class PcapFormat {
    /** The most bytes of a packet that a file can have: 262144, as with libpcap. */
    public static final int MOST_CAPTURED = 262_144;

    private final boolean next;
    private final boolean nanoseconds;
    private final ByteOrder order;
    private final int snapLength;

    private PcapFormat(boolean next, boolean nanoseconds, ByteOrder order, int snapLength) {
        this.next = next;
        this.nanoseconds = nanoseconds;
        this.order = order;
        this.snapLength = snapLength;
    }

    /** The classic format: one link type for all; nanoseconds, the machine's byte order, packets whole. */
    public static PcapFormat pcap() {
        return new PcapFormat(false, true, ByteOrder.nativeOrder(), MOST_CAPTURED);
    }

    /** The format of blocks: several interfaces; nanoseconds, the machine's byte order, packets whole. */
    public static PcapFormat pcapng() {
        return new PcapFormat(true, true, ByteOrder.nativeOrder(), MOST_CAPTURED);
    }

    /** Times in microseconds, which the oldest readers know only; what is finer is cut off. */
    public PcapFormat microseconds() {
        return new PcapFormat(next, false, order, snapLength);
    }

    public PcapFormat order(ByteOrder order) {
        return new PcapFormat(next, nanoseconds, Objects.requireNonNull(order), snapLength);
    }

    /**
     * Keep the first bytes of each packet only.
     *
     * @param bytes 1 to {@link #MOST_CAPTURED}
     */
    public PcapFormat snapLength(int bytes) {
        if (bytes < 1 || bytes > MOST_CAPTURED) {
            throw new IllegalArgumentException("a snap length is 1 to " + MOST_CAPTURED + ", not " + bytes);
        }
        return new PcapFormat(next, nanoseconds, order, bytes);
    }

    boolean isNext() {
        return next;
    }

    boolean isNanoseconds() {
        return nanoseconds;
    }

    ByteOrder order() {
        return order;
    }

    int snapLength() {
        return snapLength;
    }

    @Override
    public String toString() {
        return (next ? "pcapng" : "pcap") + " in " + (nanoseconds ? "nanoseconds" : "microseconds") + ", " + order
                + ", snap length " + snapLength;
    }
}
