package io.sockfd.benchmarks.netlink;

import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Ifaddrmsg;
import io.sockfd.raw.struct.Ifinfomsg;
import io.sockfd.raw.struct.Nlmsghdr;
import io.sockfd.raw.struct.Rtmsg;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a row asks for. All contestants give the sum of the interface indices of whatever they were told about; but links
 * do not count beside addresses, since the JDK leaves out those that have none.
 *
 * @param here in the process's own network rather than in a furnished one: the JDK reads files under {@code /proc/net},
 *     which is the network of the process's first thread
 * @param links RTM_GETLINK
 * @param addresses RTM_GETADDR
 * @param routes RTM_GETROUTE, of IPv4 and of IPv6
 */
record Dumps(boolean here, boolean links, boolean addresses, boolean routes) {

    /** The requests, each a struct nlmsghdr with what belongs behind it. */
    List<ByteBuffer> requests() {
        List<ByteBuffer> requests = new ArrayList<>();
        if (links) {
            requests.add(request(Linux.RTM_GETLINK, Ifinfomsg.SIZE, Linux.AF_UNSPEC));
        }
        if (addresses) {
            requests.add(request(Linux.RTM_GETADDR, Ifaddrmsg.SIZE, Linux.AF_UNSPEC));
        }
        if (routes) {
            requests.add(request(Linux.RTM_GETROUTE, Rtmsg.SIZE, Linux.AF_INET));
            requests.add(request(Linux.RTM_GETROUTE, Rtmsg.SIZE, Linux.AF_INET6));
        }
        return requests;
    }

    boolean countsLinks() {
        return !addresses;
    }

    /** Whether what the request with this index brings counts. */
    boolean counts(int request) {
        return request > 0 || !links || countsLinks();
    }

    <T> T open(PrivateNetwork.Body<T> body) throws Exception {
        return here ? body.run() : Furnished.open(body);
    }

    private static ByteBuffer request(int type, int struct, int family) {
        ByteBuffer request = Memory.allocate(Nlmsghdr.SIZE + struct);
        Nlmsghdr.nlmsg_len(request, 0, Nlmsghdr.SIZE + struct);
        Nlmsghdr.nlmsg_type(request, 0, type);
        Nlmsghdr.nlmsg_flags(request, 0, Linux.NLM_F_REQUEST | Linux.NLM_F_DUMP);
        request.put(Nlmsghdr.SIZE, (byte) family);
        return request;
    }
}
