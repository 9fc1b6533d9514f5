package io.sockfd.capture;

import java.io.IOException;

/** The packets of a file, one at a time. */
abstract class PcapRecords {
    static final long U32 = 0xffff_ffffL;

    final PcapInput in;
    int dataOffset;
    int captured;
    long originalLength;
    long timestampNanos = -1;
    int linkType;
    int interfaceId;

    PcapRecords(PcapInput in) {
        this.in = in;
    }

    /** Reads the next packet's fields; its data is in the input's buffer. */
    abstract boolean next() throws IOException;

    /** A length from the file, when a packet can have it. */
    final int believable(long length) throws IOException {
        if (length > PcapFormat.MOST_CAPTURED) {
            throw new PcapFormatException("the packet at byte " + in.place() + " says it has " + length + " bytes; "
                    + PcapFormat.MOST_CAPTURED + " is the most");
        }
        return (int) length;
    }
}
