package io.sockfd.capture;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/** A channel's bytes through one buffer, which grows to the largest record and no further. */
final class PcapInput implements Closeable {
    private static final int FIRST_CAPACITY = 65_536;

    private final ReadableByteChannel channel;
    private ByteBuffer b = ByteBuffer.allocate(FIRST_CAPACITY).limit(0);
    /** The same bytes, for the user. */
    private ByteBuffer view = b.duplicate();
    /** Of the buffer's first byte in the file. */
    private long start;

    PcapInput(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /** Where the next byte is in the file, for messages. */
    long place() {
        return start + b.position();
    }

    void order(ByteOrder order) {
        b.order(order);
    }

    ByteBuffer buffer() {
        return b;
    }

    /** A part of the buffer; always the same object while the buffer is. */
    ByteBuffer view(int from, int limit) {
        return view.limit(limit).position(from);
    }

    /** Whether there is another byte. */
    boolean more() throws IOException {
        return b.hasRemaining() || fill(1);
    }

    /** Makes the next {@code count} bytes be in the buffer, from its position. */
    void need(int count, String what) throws IOException {
        if (b.remaining() < count && !fill(count)) {
            throw new PcapFormatException("the file ends in the middle of " + what + " at byte " + place()
                    + ": it needs " + count + " bytes, and there are " + b.remaining());
        }
    }

    /** Passes over bytes without keeping them. */
    void skip(long count, String what) throws IOException {
        long left = count;
        while (left > b.remaining()) {
            left -= b.remaining();
            b.position(b.limit());
            if (!fill(1)) {
                throw new PcapFormatException("the file ends in the middle of " + what + " at byte " + place() + ": "
                        + left + " bytes are missing");
            }
        }
        b.position(b.position() + (int) left);
    }

    private boolean fill(int count) throws IOException {
        start += b.position();
        if (count > b.capacity()) {
            b = ByteBuffer.allocate(Math.max(count, 2 * b.capacity()))
                    .order(b.order())
                    .put(b);
            view = b.duplicate();
        } else {
            b.compact();
        }
        try {
            while (b.position() < count) {
                int n = channel.read(b);
                if (n < 0) {
                    return false;
                } else if (n == 0) {
                    throw new IOException("the channel has no bytes now: it must be a blocking one");
                }
            }
            return true;
        } finally {
            b.flip();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
