package io.sockfd.benchmarks.icmp;

import io.sockfd.Protocol;
import io.sockfd.Socket;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.option.IcmpOptions;
import io.sockfd.option.IcmpTypes;
import io.sockfd.packet.PacketBuilder;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What all contestants send, and where. */
final class Echo {
    /** Bytes of a request, as ping(8) sends them. */
    static final int REQUEST = 64;

    /** Bytes of a reply: an IP header comes first. */
    static final int REPLY = 20 + REQUEST;

    /** Where a reply's type is. */
    static final int TYPE = 20;

    private static final int HEADER = 8;

    private Echo() {}

    /** A raw socket in a network of its own, connected to loopback, that hears echo replies only. */
    static Socket socket() throws Exception {
        return PrivateNetwork.open(() -> {
            Socket socket =
                    Socket.raw(Protocol.ICMP).setOption(IcmpOptions.ICMP_FILTER, IcmpTypes.only(Linux.ICMP_ECHOREPLY));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket;
        });
    }

    /** An echo request. */
    static ByteBuffer request() {
        return Memory.allocate(REQUEST)
                .put(new PacketBuilder()
                        .icmp(icmp -> icmp.echoRequest(1, 1))
                        .payload(new byte[REQUEST - HEADER])
                        .build())
                .flip();
    }
}
