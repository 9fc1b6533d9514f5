package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.raw.struct.SockaddrStorage;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * MPTCP_SUBFLOW_ADDRS.
 *
 * @param subflows both addresses of each subflow
 */
public record MptcpSubflowAddrs(List<Addrs> subflows) {
    /** struct mptcp_subflow_addrs: two socket addresses. */
    static final int SIZE = 2 * SockaddrStorage.SIZE;

    static final Codec<MptcpSubflowAddrs> CODEC =
            new SubflowData<>(MptcpSubflowAddrs.class, SIZE, (b, at, length) -> addrs(b, at), MptcpSubflowAddrs::new);

    /**
     * The ends of a subflow.
     *
     * @param local null when the kernel did not tell
     * @param remote null when the kernel did not tell
     */
    public record Addrs(
            @Nullable InetSocketAddress local, @Nullable InetSocketAddress remote) {}

    /** A copy of the list. */
    public MptcpSubflowAddrs {
        subflows = List.copyOf(subflows);
    }

    static Addrs addrs(ByteBuffer b, int at) {
        return new Addrs(Sockaddrs.socket(b, at), Sockaddrs.socket(b, at + SockaddrStorage.SIZE));
    }
}
