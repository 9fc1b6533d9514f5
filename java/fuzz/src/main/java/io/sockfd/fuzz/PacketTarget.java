package io.sockfd.fuzz;

import io.sockfd.packet.LinkType;
import io.sockfd.packet.Options;
import io.sockfd.packet.Packet;
import io.sockfd.packet.PacketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The first byte chooses what the packet begins with. */
public final class PacketTarget {
    private static final int[] LINKS = {
        LinkType.EN10MB, LinkType.RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.NULL
    };
    private static final int MOST_OPTIONS = 3000;

    private static final Packet PACKET = new Packet();

    private PacketTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(data, 1, data.length - 1).slice();
        PACKET.wrap(bytes, LINKS[(data[0] & 0xff) % LINKS.length]);
        if (PACKET.payloadOffset() > PACKET.payloadLimit() || PACKET.payloadLimit() > bytes.limit()) {
            throw new AssertionError("the payload lies outside of the packet");
        }
        boolean unused = PACKET.toString().isEmpty();
        PACKET.networkChecksum();
        PACKET.transportChecksum();
        PACKET.payload();
        walk(PACKET.ipv4() == null ? null : PACKET.ipv4().options());
        walk(PACKET.tcp() == null ? null : PACKET.tcp().options());
        walk(PACKET.icmp6() == null ? null : PACKET.icmp6().options());
    }

    private static void walk(@Nullable Options<?> options) {
        if (options == null) {
            return;
        }
        try {
            for (int count = 0; options.next(); count++) {
                options.kind();
                options.data();
                if (count > MOST_OPTIONS) {
                    throw new AssertionError("the options have no end");
                }
            }
        } catch (PacketException e) {
            // what malformed ones are answered with
        }
    }
}
