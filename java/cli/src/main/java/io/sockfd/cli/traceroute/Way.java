package io.sockfd.cli.traceroute;

import io.sockfd.Socket;
import io.sockfd.cli.Target;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all probes have in common.
 *
 * @param patience for an answer
 * @param payload bytes behind the header of UDP or ICMP
 * @param source the address to send from; null for the kernel's choice
 * @param device the interface to send from; null for the kernel's choice
 * @param service the type of service or the traffic class; -1 as it is
 * @param whole routers may not make fragments of it
 */
record Way(
        InetAddress target,
        Duration patience,
        int payload,
        @Nullable InetAddress source,
        @Nullable String device,
        int service,
        boolean whole) {
    boolean ipv4() {
        return Target.isIpv4(target);
    }

    /** Of the same kind to another host, for a short time. */
    Way to(InetAddress host, Duration time) {
        return new Way(host, time, payload, null, null, service, whole);
    }

    /** Sets a probe's socket up, before it is connected. */
    void prepare(Socket socket) throws IOException {
        if (device != null) {
            socket.setOption(SocketOptions.SO_BINDTODEVICE, device);
        }
        if (source != null) {
            socket.bind(new InetSocketAddress(source, 0));
        }
        if (service >= 0) {
            socket.setOption(ipv4() ? IpOptions.IP_TOS : Ipv6Options.IPV6_TCLASS, service);
        }
        if (whole) {
            socket.setOption(
                    ipv4() ? IpOptions.IP_MTU_DISCOVER : Ipv6Options.IPV6_MTU_DISCOVER, Linux.IP_PMTUDISC_PROBE);
        }
    }
}
