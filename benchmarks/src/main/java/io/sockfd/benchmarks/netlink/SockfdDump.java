package io.sockfd.benchmarks.netlink;

import io.sockfd.benchmarks.Contestant;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.LinkAddress;
import io.sockfd.netlink.Route;
import io.sockfd.netlink.RtNetlink;
import java.io.IOException;

/** {@link RtNetlink}. */
public final class SockfdDump implements Contestant {
    private final Dumps dumps;
    private final RtNetlink rt;

    public SockfdDump(boolean here, boolean links, boolean addresses, boolean routes) throws Exception {
        dumps = new Dumps(here, links, addresses, routes);
        rt = dumps.open(RtNetlink::open);
    }

    @Override
    public long run(int times) throws IOException {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            if (dumps.links()) {
                for (Link link : rt.links()) {
                    sum += dumps.countsLinks() ? link.index() : 0;
                }
            }
            if (dumps.addresses()) {
                for (LinkAddress address : rt.addresses()) {
                    sum += address.index();
                }
            }
            if (dumps.routes()) {
                for (Route route : rt.routes()) {
                    sum += route.outputIndex();
                }
            }
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        rt.close();
    }
}
