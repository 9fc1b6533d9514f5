package io.sockfd.capture;

import java.nio.ByteBuffer;

/** Ethernet frames of the local experimental EtherType, with a number in them. */
final class Frames {
    static final int ETHERTYPE = 0x88b5;
    static final int SEQUENCE_AT = 14;
    static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    static final byte[] SOURCE = {2, 0, 0, 0, 0, 1};

    private Frames() {}

    /** From {@link #SOURCE}; position 0, the rest after the number is 0. */
    static ByteBuffer frame(byte[] destination, int length, int sequence) {
        ByteBuffer frame = ByteBuffer.allocateDirect(length);
        frame.put(destination).put(SOURCE).putShort((short) ETHERTYPE).putInt(sequence);
        return frame.clear();
    }

    /** As {@link #frame}, behind an 802.1Q or 802.1ad tag. */
    static ByteBuffer tagged(int tpid, int tci, int length, int sequence) {
        ByteBuffer frame = ByteBuffer.allocateDirect(length);
        frame.put(BROADCAST).put(SOURCE).putShort((short) tpid).putShort((short) tci);
        frame.putShort((short) ETHERTYPE).putInt(sequence);
        return frame.clear();
    }

    static int sequence(CapturedPacket packet) {
        ByteBuffer data = packet.data();
        return data.getInt(data.position() + SEQUENCE_AT);
    }

    /** A copy of the bytes. */
    static ByteBuffer bytes(CapturedPacket packet) {
        return ByteBuffer.allocate(packet.capturedLength())
                .put(packet.data().duplicate())
                .flip();
    }
}
