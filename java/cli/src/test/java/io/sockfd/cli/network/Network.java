package io.sockfd.cli.network;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.cli.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Three network namespaces in a row, where the second link is narrower. They belong to this JVM's tests and are removed at
 * the end.
 *
 * <pre>
 *   left 10.7.1.2 --- 1500 --- 10.7.1.1 router 10.7.2.1 --- 1400 --- 10.7.2.2 right
 *        fd07:1::2             fd07:1::1       fd07:2::1             fd07:2::2
 *
 *   10.8.0.0/24 is a black hole of the router
 * </pre>
 */
final class Network implements AutoCloseable {
    private static final String SETUP = """
            set -e
            for n in $L $M $R; do ip netns add $n; ip -n $n link set lo up; done
            ip -n $L link add l0 type veth peer name m0 netns $M
            ip -n $M link add m1 type veth peer name r0 netns $R
            ip -n $L addr add 10.7.1.2/24 dev l0
            ip -n $M addr add 10.7.1.1/24 dev m0
            ip -n $M addr add 10.7.2.1/24 dev m1
            ip -n $R addr add 10.7.2.2/24 dev r0
            ip -n $L addr add fd07:1::2/64 dev l0 nodad
            ip -n $M addr add fd07:1::1/64 dev m0 nodad
            ip -n $M addr add fd07:2::1/64 dev m1 nodad
            ip -n $R addr add fd07:2::2/64 dev r0 nodad
            ip -n $L link set l0 up
            ip -n $M link set m0 up
            ip -n $M link set m1 up mtu 1400
            ip -n $R link set r0 up mtu 1400
            ip -n $L route add default via 10.7.1.1
            ip -n $R route add default via 10.7.2.1
            ip -n $L -6 route add default via fd07:1::1
            ip -n $R -6 route add default via fd07:2::1
            ip -n $M route add blackhole 10.8.0.0/24
            ip netns exec $M sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward
                echo 1 > /proc/sys/net/ipv6/conf/all/forwarding
                echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit'
            ip netns exec $R sh -c 'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit; echo 0 > /proc/sys/net/ipv6/icmp/ratelimit'
            """;

    private final String left;
    private final String router;
    private final String right;

    private Network(String prefix) {
        left = prefix + "l";
        router = prefix + "m";
        right = prefix + "r";
    }

    static Network open() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip")), "needs ip(8)");
        Network network = new Network("sockfd" + ProcessHandle.current().pid());
        Child.Result made = network.shell(SETUP);
        if (made.status() != 0) {
            network.close();
            assumeTrue(false, "network namespaces need root: " + made.err());
        }
        return network;
    }

    private Child.Result shell(String script) throws IOException, InterruptedException {
        return Child.run(List.of("sh", "-c", script), Map.of("L", left, "M", router, "R", right), Path.of("."));
    }

    String left() {
        return left;
    }

    /** The words of a command in a namespace. */
    static List<String> in(String namespace, String... words) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(List.of(words));
        return command;
    }

    /** The words that run one of our commands, on the backend of this leg. */
    static String[] sockfd(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Child.java().toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(Child.nativeAccess("-Dsockfd.backend=" + Child.backend()));
        command.addAll(Child.tool());
        command.addAll(List.of(arguments));
        return command.toArray(new String[0]);
    }

    /** One of our commands, on the left. */
    Child.Result run(String... arguments) throws IOException, InterruptedException {
        return Child.run(in(left, sockfd(arguments)), Map.of(), Path.of("."));
    }

    @Override
    public void close() throws IOException {
        try {
            Child.Result ignored = shell("for n in $L $M $R; do ip netns del $n; done");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
