package io.sockfd.cli.ss;

import io.sockfd.address.Addresses;
import io.sockfd.address.UnixAddress;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Printable;
import io.sockfd.cli.kernel.EtcNames;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers as text: ports, protocols, interfaces. */
final class Names {
    private static final List<String> NETLINK = List.of(
            "rtnl",
            "unused",
            "usersock",
            "fw",
            "tcpdiag",
            "nflog",
            "xfrm",
            "selinux",
            "iscsi",
            "audit",
            "fiblookup",
            "connector",
            "nft",
            "ip6fw",
            "dec-rt",
            "uevent",
            "genl",
            "17",
            "scsi-trans",
            "ecryptfs",
            "rdma",
            "crypto");
    private static final Map<Integer, String> ETHERNET = Map.ofEntries(
            Map.entry(Linux.ETH_P_IP, "ip"),
            Map.entry(Linux.ETH_P_IPV6, "ipv6"),
            Map.entry(Linux.ETH_P_ARP, "arp"),
            Map.entry(Linux.ETH_P_RARP, "rarp"),
            Map.entry(Linux.ETH_P_LOOP, "loop"),
            Map.entry(Linux.ETH_P_IPX, "ipx"),
            Map.entry(Linux.ETH_P_PPP_DISC, "ppp_disc"),
            Map.entry(Linux.ETH_P_PPP_SES, "ppp_ses"),
            Map.entry(Linux.ETH_P_8021Q, "802.1Q"),
            Map.entry(Linux.ETH_P_8021AD, "802.1ad"),
            Map.entry(Linux.ETH_P_MPLS_UC, "mpls_uc"),
            Map.entry(Linux.ETH_P_MPLS_MC, "mpls_mc"),
            Map.entry(Linux.ETH_P_TIPC, "tipc"),
            Map.entry(Linux.ETH_P_AOE, "aoe"),
            Map.entry(Linux.ETH_P_LLDP, "LLDP"));
    private static final int MOST = 65535;

    private final boolean numeric;
    private final boolean resolve;
    private final Map<InetAddress, String> hosts = new HashMap<>();
    private final Proc proc;
    private final Map<Integer, String> links = new HashMap<>();
    private @Nullable EtcNames services;
    private @Nullable EtcNames protocols;
    private int firstEphemeral;
    private int lastEphemeral = -1;

    /**
     * For this machine.
     *
     * @param numeric numbers stay numbers
     */
    Names(boolean numeric, Proc proc) {
        this(numeric, false, proc);
    }

    Names(boolean numeric, boolean resolve, Proc proc) {
        this.numeric = numeric;
        this.resolve = resolve;
        this.proc = proc;
    }

    /** The port, or for raw sockets the protocol; {@code *} for none. */
    String port(String netid, long port) {
        if (port == 0) {
            return "*";
        } else if (numeric) {
            return Long.toString(port);
        } else if (netid.equals("raw")) {
            return protocols().name("", (int) port).orElse("ipproto-" + port);
        }
        return isEphemeral(port)
                ? Long.toString(port)
                : services()
                        .name(netid.equals("udp") ? "udp" : "tcp", (int) port)
                        .orElse(Long.toString(port));
    }

    /** The kernel gives these out itself: a service's name for one of them would mislead. */
    boolean isEphemeral(long port) {
        if (lastEphemeral < 0) {
            String[] range = proc.sysctl("net.ipv4.ip_local_port_range")
                    .orElse("1024 4999")
                    .split("\\s+", -1);
            firstEphemeral = Integer.parseInt(range[0]);
            lastEphemeral = Integer.parseInt(range[1]);
        }
        return port >= firstEphemeral && port <= lastEphemeral;
    }

    /** A number or a service of any protocol; empty when it is neither. */
    Optional<Integer> portNumber(String text) {
        if (text.matches("[0-9]{1,5}")) {
            return Optional.of(Integer.parseInt(text)).filter(number -> number <= MOST);
        }
        return services().number(text);
    }

    private EtcNames services() {
        EtcNames known = services;
        if (known == null) {
            known = EtcNames.services();
            services = known;
        }
        return known;
    }

    private EtcNames protocols() {
        EtcNames known = protocols;
        if (known == null) {
            known = EtcNames.protocols();
            protocols = known;
        }
        return known;
    }

    String link(int index) throws IOException {
        if (!links.containsKey(index)) {
            try (RtNetlink netlink = RtNetlink.open()) {
                for (Link link : netlink.links()) {
                    links.put(link.index(), link.name());
                }
            }
        }
        return links.computeIfAbsent(index, i -> "if" + i);
    }

    /** The index of an interface by its name, or the number that it is. */
    int linkNumber(String name) throws IOException {
        String unused = link(0); // reads them all
        for (Map.Entry<Integer, String> known : links.entrySet()) {
            if (known.getValue().equals(name)) {
                return known.getKey();
            }
        }
        return number(name, "interface");
    }

    /** An {@code ETH_P_} number by its name, or the number that it is. */
    int ethernetNumber(String name) {
        for (Map.Entry<Integer, String> known : ETHERNET.entrySet()) {
            if (known.getValue().equalsIgnoreCase(name)) {
                return known.getKey();
            }
        }
        return number(name, "protocol of links");
    }

    int netlinkNumber(String name) {
        int known = NETLINK.indexOf(name);
        return known >= 0 ? known : number(name, "protocol of netlink");
    }

    private static int number(String text, String what) {
        if (text.matches("[0-9]{1,5}")) {
            return Integer.parseInt(text);
        }
        throw new FailedException("filter: '" + text + "' is no " + what);
    }

    String netlinkProtocol(int protocol) {
        return numeric || protocol >= NETLINK.size() ? Integer.toString(protocol) : NETLINK.get(protocol);
    }

    /** By convention the process, when there is one of this number. */
    String netlinkPort(long port) {
        if (numeric) {
            return Long.toString(port);
        }
        return port == 0
                ? "kernel"
                : proc.line(port + "/comm").map(name -> name + "/" + port).orElse(Long.toString(port));
    }

    String ethernet(int protocol) {
        return protocol == Linux.ETH_P_ALL
                ? "*"
                : numeric ? "[" + protocol + "]" : ETHERNET.getOrDefault(protocol, "[" + protocol + "]");
    }

    /** The address, or with -r the host's name where it has one. */
    String host(InetAddress address) {
        return resolve && !address.isAnyLocalAddress()
                ? hosts.computeIfAbsent(address, Names::lookUp)
                : address(address);
    }

    private static String lookUp(InetAddress address) {
        try {
            InetAddress plain = InetAddress.getByAddress(address.getAddress()); // IPv4 of an IPv4-mapped one
            String name = plain.getCanonicalHostName(); // the number when it has none
            return name.equals(plain.getHostAddress()) ? address(address) : Printable.of(name);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e); // no address has another length
        }
    }

    /** IPv6 in brackets. */
    static String address(InetAddress address) {
        String text = Addresses.format(new InetSocketAddress(address, 0));
        return text.substring(0, text.lastIndexOf(':'));
    }

    /** A path, or an abstract name with {@code @} for every zero byte; null for none. */
    static @Nullable String unix(@Nullable UnixAddress address) {
        if (address == null || address.isUnnamed()) {
            return null;
        }
        String text = new String(address.bytes(), StandardCharsets.UTF_8);
        return address.isAbstract() ? "@" + text.replace('\0', '@') : text;
    }
}
