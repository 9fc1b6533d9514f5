package io.sockfd.benchmarks.operation;

import io.sockfd.Errno;
import io.sockfd.Socket;
import io.sockfd.benchmarks.Contestant;
import io.sockfd.benchmarks.Ends;
import io.sockfd.benchmarks.Native;
import io.sockfd.benchmarks.PrivateNetwork;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.UnavailableException;
import io.sockfd.benchmarks.Who;
import io.sockfd.netlink.Link;
import io.sockfd.netlink.LinkAddress;
import io.sockfd.netlink.NewLink;
import io.sockfd.netlink.Route;
import io.sockfd.netlink.RtNetlink;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import io.sockfd.raw.Memory;
import io.sockfd.raw.struct.Ifaddrmsg;
import io.sockfd.raw.struct.Ifinfomsg;
import io.sockfd.raw.struct.Nlmsghdr;
import io.sockfd.raw.struct.Rtattr;
import io.sockfd.raw.struct.Rtmsg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/** Asking the kernel for its interfaces, addresses and routes, and reading the answers: {@code netlink}. */
public final class NetlinkRows {
    private static final String WHERE = " (" + (Furnished.LINKS + 1) + " interfaces)";

    private NetlinkRows() {}

    public static List<Row> all() {
        return List.of(
                row("links", "Netlink, all interfaces" + WHERE, false, true, false, false),
                row("addresses", "Netlink, all addresses" + WHERE, false, false, true, false),
                row("routes", "Netlink, all routes of IPv4 and IPv6" + WHERE, false, false, false, true),
                row("interfaces", "The machine's own interfaces and addresses", true, true, true, false)
                        .with(Who.JAVA_NET, JavaNetDump.class)
                        .note(Who.JAVA_NET, "NetworkInterface: by ioctl(2) and /proc, only interfaces with addresses"));
    }

    private static Row row(
            String variant, String title, boolean here, boolean links, boolean addresses, boolean routes) {
        return Row.of("netlink", variant, title)
                .with(Who.C, CDump.class, here, links, addresses, routes)
                .note(Who.C, "copies a few fields out; so does raw")
                .with(Who.SOCKFD, SockfdDump.class, here, links, addresses, routes)
                .note(Who.SOCKFD, "makes a list of records with all fields")
                .withRaw(RawDump.class, here, links, addresses, routes);
    }

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

    /**
     * A network with {@value #LINKS} interfaces beside loopback, half of them up with an address of IPv4 and its routes. They
     * are the two ends of wires, and as the other end is down nothing happens by itself.
     */
    static final class Furnished {
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

    /** {@code native/bench/loops/netlink.c}. */
    public static final class CDump implements Contestant {
        static {
            Native.load();
        }

        private final int fd;
        private final Dumps dumps;
        private final List<ByteBuffer> requests;

        public CDump(boolean here, boolean links, boolean addresses, boolean routes) throws Exception {
            dumps = new Dumps(here, links, addresses, routes);
            requests = dumps.requests();
            fd = dumps.open(() -> Socket.netlink(Linux.NETLINK_ROUTE).release());
            Libc.get().fcntl(fd, Linux.F_SETFL, 0);
        }

        @Override
        public long run(int times) {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                for (int r = 0; r < requests.size(); r++) {
                    ByteBuffer request = requests.get(r);
                    long indices = Native.check(dump(fd, Memory.address(request), request.capacity()), "dump");
                    sum += dumps.counts(r) ? indices : 0;
                }
            }
            return sum;
        }

        private static native long dump(int fd, long request, int size);

        @Override
        public void close() {
            Ends.close(fd);
        }
    }

    /** {@link RtNetlink}. */
    public static final class SockfdDump implements Contestant {
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

    /** {@link Libc#send} and {@link Libc#recv}, and {@link RawEntry} for what came. */
    public static final class RawDump implements Contestant {
        private static final Libc LIBC = Libc.get();
        private static final int CAPACITY = 32 * 1024;

        private final int fd;
        private final Dumps dumps;
        private final List<ByteBuffer> requests;
        private final ByteBuffer replies = Memory.allocate(CAPACITY);
        private final RawEntry entry = new RawEntry(replies);

        public RawDump(boolean here, boolean links, boolean addresses, boolean routes) throws Exception {
            dumps = new Dumps(here, links, addresses, routes);
            requests = dumps.requests();
            fd = dumps.open(() -> Socket.netlink(Linux.NETLINK_ROUTE).release());
            LIBC.fcntl(fd, Linux.F_SETFL, 0);
        }

        @Override
        public long run(int times) throws IOException {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                for (int r = 0; r < requests.size(); r++) {
                    long indices = dump(requests.get(r));
                    sum += dumps.counts(r) ? indices : 0;
                }
            }
            return sum;
        }

        private long dump(ByteBuffer request) throws IOException {
            LIBC.send(fd, Memory.address(request), request.capacity(), 0);
            long buffer = Memory.address(replies);
            long sum = 0;
            while (true) {
                int size = (int) LIBC.recv(fd, buffer, CAPACITY, 0);
                if (size < 0) {
                    throw new IOException("recv of a dump: " + Errno.ofResult(size));
                }
                for (int at = 0; at < size; at += Nlmsghdr.nlmsg_len(replies, at) + 3 & -4) {
                    int type = Nlmsghdr.nlmsg_type(replies, at);
                    if (type == Linux.NLMSG_DONE) {
                        return sum;
                    } else if (type == Linux.NLMSG_ERROR) {
                        throw new IOException("a dump was refused");
                    }
                    sum += entry.read(type, at);
                }
            }
        }

        @Override
        public void close() {
            Ends.close(fd);
        }
    }

    /** One link, address or route, taken out of a message by the flyweights; the same fields as in {@code netlink.c}. */
    static final class RawEntry {
        private static final int ADDRESS = 16;

        private final ByteBuffer b;
        private final byte[] name = new byte[Linux.IFNAMSIZ];
        private final byte[] address = new byte[ADDRESS];
        private int index;
        private int mtu;

        RawEntry(ByteBuffer replies) {
            b = replies;
        }

        /** Reads the message at that offset, and gives its interface index. */
        int read(int type, int at) {
            int end = at + Nlmsghdr.nlmsg_len(b, at);
            int struct = at + Nlmsghdr.SIZE;
            switch (type) {
                case Linux.RTM_NEWLINK -> {
                    index = Ifinfomsg.ifi_index(b, struct);
                    readLink(struct + Ifinfomsg.SIZE, end);
                }
                case Linux.RTM_NEWADDR -> {
                    index = Ifaddrmsg.ifa_index(b, struct);
                    readAddress(struct + Ifaddrmsg.SIZE, end);
                }
                default -> {
                    index = 0;
                    readRoute(struct + Rtmsg.SIZE, end);
                }
            }
            return index;
        }

        private void readLink(int from, int end) {
            for (int at = from; at < end; at = next(at)) {
                switch (Rtattr.rta_type(b, at)) {
                    case Linux.IFLA_IFNAME -> copy(at, name);
                    case Linux.IFLA_MTU -> mtu = b.getInt(at + Rtattr.SIZE);
                    case Linux.IFLA_ADDRESS -> copy(at, address);
                    default -> {}
                }
            }
        }

        private void readAddress(int from, int end) {
            for (int at = from; at < end; at = next(at)) {
                switch (Rtattr.rta_type(b, at)) {
                    case Linux.IFA_LOCAL, Linux.IFA_ADDRESS -> copy(at, address);
                    case Linux.IFA_LABEL -> copy(at, name);
                    default -> {}
                }
            }
        }

        private void readRoute(int from, int end) {
            for (int at = from; at < end; at = next(at)) {
                switch (Rtattr.rta_type(b, at)) {
                    case Linux.RTA_OIF -> index = b.getInt(at + Rtattr.SIZE);
                    case Linux.RTA_DST, Linux.RTA_GATEWAY -> copy(at, address);
                    default -> {}
                }
            }
        }

        private int next(int at) {
            return at + (Rtattr.rta_len(b, at) + 3 & -4);
        }

        private void copy(int at, byte[] into) {
            b.get(at + Rtattr.SIZE, into, 0, Math.min(into.length, Rtattr.rta_len(b, at) - Rtattr.SIZE));
        }

        @Override
        public String toString() {
            return "interface " + index + ", MTU " + mtu;
        }
    }

    /** {@link NetworkInterface#getNetworkInterfaces}. */
    public static final class JavaNetDump implements Contestant {
        @Override
        public long run(int times) throws IOException {
            long sum = 0;
            for (int i = 0; i < times; i++) {
                Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
                while (interfaces.hasMoreElements()) {
                    sum += addresses(interfaces.nextElement());
                }
            }
            return sum;
        }

        private static long addresses(NetworkInterface of) {
            long sum = 0;
            Enumeration<InetAddress> addresses = of.getInetAddresses();
            while (addresses.hasMoreElements()) {
                InetAddress unused = addresses.nextElement();
                sum += of.getIndex();
            }
            return sum;
        }

        @Override
        public void close() {}
    }
}
