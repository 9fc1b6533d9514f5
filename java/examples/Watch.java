/*
 * Prints what changes in the network: interfaces, addresses, routes and neighbours, as `ip monitor` does. What is there
 * at the beginning comes first; after an overrun it is read again.
 *
 * java --enable-native-access=ALL-UNNAMED -cp java/lib/target/sockfd-0.1.0-SNAPSHOT.jar \
 *     java/examples/Watch.java
 *
 * Peer: sudo ip link add v0 type veth peer name v1; sudo ip addr add 192.0.2.1/24 dev v0; sudo ip link delete v0
 */

import static io.sockfd.raw.Linux.RTNLGRP_IPV4_IFADDR;
import static io.sockfd.raw.Linux.RTNLGRP_IPV4_ROUTE;
import static io.sockfd.raw.Linux.RTNLGRP_IPV6_IFADDR;
import static io.sockfd.raw.Linux.RTNLGRP_IPV6_ROUTE;
import static io.sockfd.raw.Linux.RTNLGRP_LINK;
import static io.sockfd.raw.Linux.RTNLGRP_NEIGH;

import io.sockfd.netlink.Change;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.LinkAddress;
import io.sockfd.netlink.NetlinkOverrunException;
import io.sockfd.netlink.Route;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.netlink.RtWatch;
import java.io.IOException;

public class Watch {
    public static void main(String[] args) throws IOException {
        // first watch, then read: nothing falls between
        try (RtWatch watch = RtWatch.open(RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE,
                RTNLGRP_IPV6_ROUTE, RTNLGRP_NEIGH)) {
            printAll();
            while (true) {
                try {
                    print(watch.next());
                } catch (NetlinkOverrunException e) {
                    System.out.println("some changes were lost");
                    printAll();
                }
            }
        }
    }

    private static void printAll() throws IOException {
        try (RtNetlink rt = RtNetlink.open()) {
            for (Link link : rt.links()) {
                print("link", false, text(link));
            }
            for (LinkAddress address : rt.addresses()) {
                print("address", false, text(address));
            }
            System.out.println("watching");
        }
    }

    private static void print(Change change) {
        if (change instanceof Change.OfLink c) {
            print("link", c.gone(), text(c.link()));
        } else if (change instanceof Change.OfAddress c) {
            print("address", c.gone(), text(c.address()));
        } else if (change instanceof Change.OfRoute c) {
            print("route", c.gone(), text(c.route()));
        } else if (change instanceof Change.OfNeighbour c) {
            print("neighbour", c.gone(), c.neighbour().toString());
        }
    }

    private static void print(String what, boolean gone, String text) {
        System.out.printf("%-9s %-4s %s%n", what, gone ? "gone" : "", text);
    }

    private static String text(Link link) {
        return link.index() + " " + link.name() + (link.isUp() ? " up" : " down") + " mtu " + link.mtu();
    }

    private static String text(Route r) {
        String to = r.destination() == null ? "default" : r.destination().getHostAddress() + "/" + r.prefixLength();
        String via = r.gateway() == null ? "" : " via " + r.gateway().getHostAddress();
        return to + via + " on " + r.outputIndex() + " table " + r.table();
    }

    private static String text(LinkAddress address) {
        return address.address().getHostAddress() + "/" + address.prefixLength() + " on " + address.index();
    }
}
