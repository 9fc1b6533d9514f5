package io.sockfd.option;

import io.sockfd.address.Interfaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;

/**
 * A multicast group at an interface, perhaps for one source: the value of all options that join, leave, block and
 * unblock. Whichever struct an option has in C (ip_mreqn, ip_mreq_source, ipv6_mreq, group_req, group_source_req) is
 * made of it.
 *
 * @param group the group's address
 * @param ifindex the interface's index; 0 leaves it to the routes
 * @param source the one sender, where the option is about one, else null
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3678">RFC 3678</a>
 */
public record MulticastGroup(
        InetAddress group, int ifindex, @Nullable InetAddress source) {

    /** A group at the interface that the routes choose. */
    public static MulticastGroup of(InetAddress group) {
        return new MulticastGroup(group, 0, null);
    }

    /** A group at an interface by its index. */
    public static MulticastGroup of(InetAddress group, int ifindex) {
        return new MulticastGroup(group, ifindex, null);
    }

    /** A group at an interface. */
    public static MulticastGroup of(InetAddress group, NetworkInterface networkInterface) {
        return new MulticastGroup(group, networkInterface.getIndex(), null);
    }

    /**
     * A group at an interface by its name.
     *
     * @throws java.net.SocketException when there is no such interface (ENODEV), or no descriptor is left to ask with
     */
    public static MulticastGroup of(InetAddress group, String interfaceName) throws IOException {
        return new MulticastGroup(group, Interfaces.index(interfaceName), null);
    }

    /** The same group at the same interface, for one sender. */
    public MulticastGroup from(InetAddress source) {
        return new MulticastGroup(group, ifindex, source);
    }

    /** {@code 232.1.1.1 at 1 from 127.0.0.1}. */
    @Override
    public String toString() {
        return group.getHostAddress() + " at " + ifindex + (source == null ? "" : " from " + source.getHostAddress());
    }
}
