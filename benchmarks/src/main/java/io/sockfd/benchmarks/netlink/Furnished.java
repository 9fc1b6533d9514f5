package io.sockfd.benchmarks.netlink;

import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.RtNetlink;
import java.io.IOException;
import java.net.InetAddress;

/**
 * A network with {@value #LINKS} interfaces beside loopback, half of them up with an address of IPv4 and its routes. They
 * are the two ends of wires, and as the other end is down nothing happens by itself.
 */
final class Furnished {
    /** Interfaces. */
    static final int LINKS = 32;

    private static final int FIRST = 10;
    private static final int PREFIX = 24;

    private Furnished() {}

    /**
     * Opens something in such a network; without the privilege to make one in that of this process, which is the same for
     * all contestants, too.
     */
    static <T> T open(PrivateNetwork.Body<T> body) throws Exception {
        try {
            return furnished(body);
        } catch (UnavailableException e) {
            return body.run();
        }
    }

    private static <T> T furnished(PrivateNetwork.Body<T> body) throws Exception {
        return PrivateNetwork.open(() -> {
            try (RtNetlink rt = RtNetlink.open()) {
                for (int i = 0; i < LINKS / 2; i++) {
                    furnish(rt, i);
                }
            }
            return body.run();
        });
    }

    private static void furnish(RtNetlink rt, int number) throws IOException {
        String name = "bench" + number;
        rt.create(NewLink.veth(name, "peer" + number).up());
        int index = rt.link(name).index();
        rt.addAddress(index, InetAddress.getByAddress(new byte[] {FIRST, 0, (byte) number, 1}), PREFIX);
    }
}
