package io.sockfd.packet;

import io.sockfd.raw.Linux;
import org.jspecify.annotations.Nullable;

/** What UDP and IP carry that is understood: a wrong guess by the port is no damage, it stays a payload. */
final class Applications {
    private final Dns dns = new Dns();
    private final Dhcp dhcp = new Dhcp();
    private final Dhcp6 dhcp6 = new Dhcp6();
    private final Igmp igmp = new Igmp();
    private @Nullable Header<?> found;

    void clear() {
        found = null;
    }

    @Nullable
    Dns dns() {
        return found == dns ? dns : null;
    }

    @Nullable
    Dhcp dhcp() {
        return found == dhcp ? dhcp : null;
    }

    @Nullable
    Dhcp6 dhcp6() {
        return found == dhcp6 ? dhcp6 : null;
    }

    @Nullable
    Igmp igmp() {
        return found == igmp ? igmp : null;
    }

    void overUdp(Header<?> udp, int source, int destination) {
        if (has(source, destination, Dns.PORT) || has(source, destination, Dns.MULTICAST_PORT)) {
            look(dns, udp);
        } else if (has(source, destination, Dhcp.SERVER_PORT) || has(source, destination, Dhcp.CLIENT_PORT)) {
            look(dhcp, udp);
        } else if (has(source, destination, Dhcp6.SERVER_PORT) || has(source, destination, Dhcp6.CLIENT_PORT)) {
            look(dhcp6, udp);
        }
    }

    private static boolean has(int source, int destination, int port) {
        return source == port || destination == port;
    }

    private void look(Header<?> header, Header<?> udp) {
        String problem = header.inspect(udp.b, udp.payloadOffset(), udp.payloadLimit(), udp.payloadCut());
        found = problem == null ? header : null;
    }

    void overIp(Header<?> ip, int protocol, int from, int limit, int cut) {
        if (protocol == Linux.IPPROTO_IGMP && igmp.inspect(ip.b, from, limit, cut) == null) {
            found = igmp;
        }
    }

    /** Whether there was something to say. */
    boolean describe(StringBuilder out) {
        if (found == dns) {
            dns.describe(out);
        } else if (found == dhcp) {
            dhcp.describe(out);
        } else if (found == dhcp6) {
            dhcp6.describe(out);
        } else if (found == igmp) {
            igmp.describe(out);
        }
        return found != null;
    }
}
