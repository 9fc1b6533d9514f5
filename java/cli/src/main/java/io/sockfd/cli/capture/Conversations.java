package io.sockfd.cli.capture;

import io.sockfd.packet.Packet;
import io.sockfd.packet.Tcp;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts TCP's sequence numbers from those that a conversation began with, as far as it was seen. */
final class Conversations {
    /** The oldest are forgotten: a capture may run for months. */
    private static final int MOST = 20_000;

    private static final long U32 = 0xffff_ffffL;

    /** The first numbers of the two sides; {@code first} is the one whose address and port are lower. */
    private record Begin(long first, long second) {}

    private final Map<ByteBuffer, Begin> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Begin> eldest) {
            return size() > MOST;
        }
    };
    private final Packet copy = new Packet();
    private ByteBuffer scratch = ByteBuffer.allocate(0);

    /** The packet with other numbers in a copy of it; itself when there are none to count from. */
    Packet relative(Packet packet, ByteBuffer data, int linkType, long length) {
        Tcp tcp = packet.tcp();
        if (tcp == null || !tcp.ack() || (packet.ipv4() == null && packet.ipv6() == null)) {
            return packet;
        }
        ByteBuffer source = end(packet, tcp, true);
        ByteBuffer destination = end(packet, tcp, false);
        boolean turned = source.compareTo(destination) > 0;
        ByteBuffer key = ByteBuffer.allocate(source.remaining() + destination.remaining());
        key.put((turned ? destination : source).duplicate())
                .put((turned ? source : destination).duplicate())
                .flip();
        @Nullable Begin begin = known.get(key);
        if (begin == null || tcp.syn()) {
            long sequence = tcp.sequenceNumber();
            long acknowledged = (tcp.acknowledgmentNumber() - 1) & U32;
            known.put(key, turned ? new Begin(acknowledged, sequence) : new Begin(sequence, acknowledged));
            return packet;
        }
        long mine = turned ? begin.second : begin.first;
        long other = turned ? begin.first : begin.second;
        if (scratch.capacity() < data.remaining()) {
            scratch = ByteBuffer.allocate(2 * data.remaining());
        }
        scratch.clear().put(data.duplicate()).flip();
        Tcp changed = copy.wrap(scratch, linkType, length).tcp();
        if (changed == null) {
            return packet;
        }
        changed.sequenceNumber((tcp.sequenceNumber() - mine) & U32);
        changed.acknowledgmentNumber((tcp.acknowledgmentNumber() - other) & U32);
        return copy;
    }

    /** Address and port of a side. */
    private static ByteBuffer end(Packet packet, Tcp tcp, boolean source) {
        ByteBuffer end = ByteBuffer.allocate(18);
        if (packet.ipv4() != null) {
            end.putInt(source ? packet.ipv4().sourceAddress() : packet.ipv4().destinationAddress());
        } else if (packet.ipv6() != null) {
            byte[] address = new byte[16];
            if (source) {
                packet.ipv6().source(address);
            } else {
                packet.ipv6().destination(address);
            }
            end.put(address);
        }
        return end.putShort((short) (source ? tcp.sourcePort() : tcp.destinationPort()))
                .flip();
    }
}
