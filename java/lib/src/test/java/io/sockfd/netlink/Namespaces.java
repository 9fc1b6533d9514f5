package io.sockfd.netlink;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.ErrnoException;
import io.sockfd.netns.NetworkNamespace;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;

/**
 * Network namespaces for tests, joined in a row by veth pairs: addresses are up and can be used at once. Namespace i has
 * {@code right} towards i + 1, which has {@code left} towards i; these are {@code 10.99.i.1/24} and {@code 10.99.i.2/24},
 * {@code fd99:i::1/64} and {@code fd99:i::2/64}. Those in the middle forward, and the ends have routes through them.
 *
 * <pre>{@code
 * try (Namespaces net = Namespaces.pair();
 *         Socket server = net.get(1).call(Socket::udp).bind(new InetSocketAddress(net.left4(1), 0));
 *         Socket client = net.get(0).call(Socket::udp)) {
 *     client.sendTo(…, server.getLocalAddress(), 0);
 * }
 * }</pre>
 *
 * <p>A socket belongs to the namespace in which it was opened, whatever thread uses it. Nothing is left behind: a namespace
 * lasts as long as a descriptor, a socket or a thread is in it.
 */
public final class Namespaces implements AutoCloseable {
    private static final int PREFIX4 = 24;
    private static final int PREFIX6 = 64;

    private final List<Namespace> all = new ArrayList<>();

    private Namespaces() {}

    /** One namespace with its loopback up; skips the test, with the reason, where there may be none. */
    public static Namespaces alone() throws IOException {
        return row(1);
    }

    /** Two, joined. */
    public static Namespaces pair() throws IOException {
        return row(2);
    }

    /** So many in a row; with three, the one in the middle is a router. */
    public static Namespaces row(int count) throws IOException {
        assumePossible();
        Namespaces net = new Namespaces();
        try {
            for (int i = 0; i < count; i++) {
                net.all.add(new Namespace());
            }
            for (int i = 0; i + 1 < count; i++) {
                net.join(i);
            }
            net.route();
            return net;
        } catch (Throwable e) {
            net.close();
            throw e;
        }
    }

    /** Skips the test where this process may make no network namespace. */
    public static void assumePossible() throws IOException {
        try (NetworkNamespace possible = NetworkNamespace.create()) {
            assertTrue(possible.isOpen());
        } catch (ErrnoException e) {
            Assumptions.abort("a network namespace needs root (CAP_SYS_ADMIN): " + e.getMessage());
        }
    }

    /** The namespace at this place of the row, from 0. */
    public Namespace get(int index) {
        return all.get(index);
    }

    /** The IPv4 address of namespace {@code index} towards the one before it. */
    public InetAddress left4(int index) throws IOException {
        return address4(index - 1, 2);
    }

    /** The IPv4 address of namespace {@code index} towards the one behind it. */
    public InetAddress right4(int index) throws IOException {
        return address4(index, 1);
    }

    /** As {@link #left4} in IPv6. */
    public InetAddress left6(int index) throws IOException {
        return address6(index - 1, 2);
    }

    /** As {@link #right4} in IPv6. */
    public InetAddress right6(int index) throws IOException {
        return address6(index, 1);
    }

    private static InetAddress address4(int wire, int host) throws IOException {
        return InetAddress.getByName("10.99." + wire + "." + host);
    }

    private static InetAddress address6(int wire, int host) throws IOException {
        return InetAddress.getByName("fd99:" + wire + "::" + host);
    }

    private void join(int i) throws IOException {
        Namespace a = get(i);
        Namespace b = get(i + 1);
        a.rt.create(NewLink.veth("right", "left").up().peerNetns(b.netns));
        b.rt.setUp(b.rt.link("left").index());
        a.give("right", right4(i), right6(i));
        b.give("left", left4(i + 1), left6(i + 1));
    }

    private void route() throws IOException {
        int last = all.size() - 1;
        for (int i = 0; i <= last; i++) {
            Namespace here = get(i);
            if (i > 0 && i < last) {
                here.run(() -> {
                    Files.writeString(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
                    Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/forwarding"), "1");
                });
            }
            for (int wire = 0; wire < last; wire++) {
                if (wire < i - 1) {
                    here.reach(wire, address4(i - 1, 1), address6(i - 1, 1));
                } else if (wire > i) {
                    here.reach(wire, address4(i, 2), address6(i, 2));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Namespace namespace : all) {
            namespace.close();
        }
    }

    /** A step that may fail. */
    public interface Action {
        void run() throws Exception;
    }

    /** One of them. */
    public static final class Namespace {
        private final NetworkNamespace netns;
        private final RtNetlink rt;

        private Namespace() throws IOException {
            netns = NetworkNamespace.create().loopbackUp();
            try {
                rt = call(RtNetlink::open);
                run(Namespace::withoutDuplicateDetection);
            } catch (Throwable e) {
                netns.close();
                throw e;
            }
        }

        /** The namespace itself, open until the end. */
        public NetworkNamespace netns() {
            return netns;
        }

        /** A connection to its links, addresses and routes, open until the end. */
        public RtNetlink rt() {
            return rt;
        }

        /** Runs {@code code} inside, on a thread of its own, and gives its result. */
        public <T> T call(Callable<T> code) throws IOException {
            try {
                return netns.<T, Exception>call(code::call);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        /** As {@link #call} without a result. */
        public void run(Action code) throws IOException {
            Integer unused = call(() -> {
                code.run();
                return 0;
            });
        }

        /** A link-local address could not be used for a second, and a router asks for its neighbours from it. */
        private static void withoutDuplicateDetection() throws IOException {
            for (String scope : List.of("all", "default")) {
                Path setting = Path.of("/proc/sys/net/ipv6/conf", scope, "accept_dad");
                if (Files.exists(setting)) {
                    Files.writeString(setting, "0");
                }
            }
        }

        private void give(String link, InetAddress address4, InetAddress address6) throws IOException {
            int index = rt.link(link).index();
            rt.addAddress(index, address4, PREFIX4);
            rt.addAddress(index, address6, PREFIX6, Linux.IFA_F_NODAD);
        }

        private void reach(int wire, InetAddress gateway4, InetAddress gateway6) throws IOException {
            rt.addRoute(Route.to(address4(wire, 0), PREFIX4).via(gateway4));
            rt.addRoute(Route.to(address6(wire, 0), PREFIX6).via(gateway6));
        }

        private void close() throws IOException {
            rt.close();
            netns.close();
        }
    }
}
