package io.sockfd.netlink;

import io.sockfd.raw.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A kernel's reply; in the package of what has no door for it. */
public final class NetlinkTarget {
    private static final int MOST_MESSAGES = 10_000;

    private NetlinkTarget() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
        Replies replies = new Replies(new NetlinkRequest().start(Linux.RTM_GETLINK, 0));
        replies.portId(0);
        replies.begin(0);
        replies.received(bytes, bytes.limit());
        try {
            for (int count = 0; replies.next() == Replies.Step.MESSAGE; count++) {
                look(replies.message());
                if (count > MOST_MESSAGES) {
                    throw new AssertionError("the reply has no end");
                }
            }
        } catch (NetlinkException | MalformedMessageException e) {
            // refused
        }
    }

    private static void look(NetlinkMessage message) {
        for (SocketView view :
                new SocketView[] {new UnixSocketView(), new PacketSocketView(), new NetlinkSocketView()}) {
            try {
                view.set(message);
                view.memory();
                boolean unused = view.toString().isEmpty();
                if (view instanceof UnixSocketView unix) {
                    unix.address();
                }
            } catch (MalformedMessageException e) {
                // refused
            }
        }
        InetSocketView inet = new InetSocketView();
        try {
            inet.set(message, Linux.IPPROTO_TCP);
            inet.tcpInfo();
            inet.congestion();
            boolean unused = inet.toString().isEmpty();
        } catch (MalformedMessageException e) {
            // refused
        }
    }
}
