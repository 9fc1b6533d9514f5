package io.sockfd.option;

import java.net.InetAddress;
import java.util.List;

/**
 * The sources of a joined group: IP_MSFILTER, MCAST_MSFILTER. See <a href="https://www.rfc-editor.org/rfc/rfc3678">RFC
 * 3678</a>.
 *
 * @param group the group's address
 * @param ifindex the interface's index; 0 leaves it to the routes
 * @param mode MCAST_INCLUDE: only these sources; MCAST_EXCLUDE: all but these
 * @param sources at most net.ipv4.igmp_max_msf (10) or net.ipv6.mld_max_msf (64), else ENOBUFS
 */
public record SourceFilter(InetAddress group, int ifindex, int mode, List<InetAddress> sources) {

    /** A copy of the list. */
    public SourceFilter {
        sources = List.copyOf(sources);
    }

    /** What to ask for with {@code get(sockfd, request)}: the sources of this group at this interface. */
    public static SourceFilter request(InetAddress group, int ifindex) {
        return new SourceFilter(group, ifindex, 0, List.of());
    }
}
