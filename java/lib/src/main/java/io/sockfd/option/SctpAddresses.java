package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.raw.Linux;
import io.sockfd.raw.struct.SockaddrIn;
import io.sockfd.raw.struct.SockaddrIn6;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one side of an association: SCTP_GET_PEER_ADDRS, SCTP_GET_LOCAL_ADDRS (struct sctp_getaddrs). {@code
 * socket.getOption(SCTP_GET_PEER_ADDRS, SctpAddresses.of(association))}.
 *
 * @param assocId the association; 0 on one-to-one sockets
 * @param addresses IPv4 and IPv6, all with the same port
 */
public record SctpAddresses(int assocId, List<InetSocketAddress> addresses) {
    private static final int COUNT = 4;
    private static final int ADDRESSES = 8;
    private static final int ROOM = ADDRESSES + 64 * SockaddrIn6.SIZE;

    static final Codec<SctpAddresses> CODEC = new Codec<>() {
        @Override
        public Class<SctpAddresses> type() {
            return SctpAddresses.class;
        }

        @Override
        public int size() {
            return ROOM;
        }

        @Override
        public int encode(SctpAddresses request, ByteBuffer b) {
            b.putInt(0, request.assocId);
            return ROOM;
        }

        @Override
        public int request(@Nullable SctpAddresses request, ByteBuffer b) {
            return request == null ? ROOM : encode(request, b); // 0: the only association, or the socket
        }

        @Override
        public SctpAddresses decode(ByteBuffer b, int length) {
            List<InetSocketAddress> addresses = new ArrayList<>();
            int count = b.getInt(COUNT);
            int at = ADDRESSES;
            int end = ADDRESSES + length; // Linux counts the addresses without what is before them
            for (int i = 0; i < count; i++) {
                int size = SockaddrIn.sin_family(b, at) == Linux.AF_INET ? SockaddrIn.SIZE : SockaddrIn6.SIZE;
                InetSocketAddress address = at + size > end ? null : Sockaddrs.socket(b, at);
                if (address == null) {
                    throw new IllegalStateException(count + " addresses, but not in " + length + " bytes");
                }
                addresses.add(address);
                at += size;
            }
            return new SctpAddresses(b.getInt(0), List.copyOf(addresses));
        }
    };

    /** The question for the addresses of this association. */
    public static SctpAddresses of(int assocId) {
        return new SctpAddresses(assocId, List.of());
    }
}
