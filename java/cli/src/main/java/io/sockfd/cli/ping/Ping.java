package io.sockfd.cli.ping;

import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.EchoSocket;
import io.sockfd.option.IpOptions;
import io.sockfd.option.Ipv6Options;
import io.sockfd.option.SocketOptions;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sockfd ping}. */
@Command(
        name = "ping",
        description = {
            "Asks a host for answers by ICMP echo requests, on the kernel's ICMP datagram socket or a raw socket.",
            "Ends with status 0 when the host answered, 1 when it did not (with -w: not as often as -c says), 2 when there "
                    + "was another failure."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 2,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd ping -c 3 localhost",
            "  sockfd ping -M do -s 1472 192.0.2.1   does a full Ethernet frame get through?",
            "  sockfd ping -f -c 1000 127.0.0.1"
        })
public final class Ping implements Callable<Integer> {
    static final double FLOOD_INTERVAL = 0.01;

    private static final int IPV4_HEADER = 20;
    private static final int MOST = 65_535;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Target target = new Target();

    @Option(names = "-c", paramLabel = "COUNT", description = "So many requests; without it until Ctrl-C.")
    private long count;

    @Option(
            names = "-i",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Between requests; ${DEFAULT-VALUE}.")
    private double interval;

    @Option(names = "-s", paramLabel = "BYTES", defaultValue = "56", description = "Of payload; ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "-t", paramLabel = "TTL", description = "As many hops as a request may take, 1 to 255.")
    private @Nullable Integer ttl;

    @Option(names = "-w", paramLabel = "SECONDS", description = "The end, however many answers came by then.")
    private double deadline;

    @Option(
            names = "-W",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "To wait after the last request when nothing came yet; ${DEFAULT-VALUE}. Otherwise it is twice the "
                            + "longest time of an answer.")
    private double timeout;

    @Option(names = "-I", paramLabel = "WHERE", description = "The interface to send from, or a local address.")
    private @Nullable String from;

    @Option(names = "-M", paramLabel = "HINT", description = "Path MTU discovery: do, want, probe or dont.")
    private @Nullable String discovery;

    @Option(names = "-q", description = "Only the first line and the summary.")
    private boolean quiet;

    @Option(
            names = "-f",
            description =
                    "Flood: as fast as answers come, at least a hundred requests a second; a dot for each, taken back "
                            + "by its answer. Only on loopback, and to private addresses in a network namespace of one's own.")
    private boolean flood;

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, count >= 0, "-c is a number of requests, at least 1: " + count);
        Arguments.require(spec, interval >= 0 && interval < MOST, "-i is a time in seconds: " + interval);
        Arguments.require(spec, deadline >= 0 && deadline < Integer.MAX_VALUE, "-w is a time in seconds: " + deadline);
        Arguments.require(spec, timeout >= 0 && timeout < MOST, "-W is a time in seconds: " + timeout);
        Arguments.require(spec, ttl == null || (ttl >= 1 && ttl <= 255), "-t is a number of hops, 1 to 255: " + ttl);
        InetAddress address = target.resolve();
        int most = MOST - EchoSocket.HEADER - (Target.isIpv4(address) ? IPV4_HEADER : 0);
        Arguments.require(spec, size >= 0 && size <= most, "-s is a number of bytes, 0 to " + most + ": " + size);
        boolean fast = flood || interval < FLOOD_INTERVAL;
        if (fast) {
            FloodLimit.check(address);
        }
        try (EchoSocket socket = EchoSocket.open(address);
                Interruption interruption = new Interruption()) {
            prepare(socket, Target.isIpv4(address));
            Plan plan = new Plan(address, count, flood ? 0 : interval, size, deadline, timeout, quiet, flood);
            Conversation conversation = new Conversation(plan, target, socket, new Output(spec), interruption);
            return interruption.end(conversation.hold());
        }
    }

    private void prepare(EchoSocket socket, boolean ipv4) throws IOException {
        if (from != null) {
            if (from.indexOf(':') >= 0 || from.matches("[0-9.]+")) {
                socket.socket().bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            } else {
                int ignored = Arguments.interfaceIndex(from);
                socket.socket().setOption(SocketOptions.SO_BINDTODEVICE, from);
            }
        }
        if (ttl != null) {
            socket.ttl(ttl);
        }
        if (discovery != null) {
            int how = switch (discovery) {
                case "do" -> Linux.IP_PMTUDISC_DO;
                case "want" -> Linux.IP_PMTUDISC_WANT;
                case "probe" -> Linux.IP_PMTUDISC_PROBE;
                case "dont" -> Linux.IP_PMTUDISC_DONT;
                default -> -1;
            };
            Arguments.require(spec, how >= 0, "-M is do, want, probe or dont: " + discovery);
            socket.socket().setOption(ipv4 ? IpOptions.IP_MTU_DISCOVER : Ipv6Options.IPV6_MTU_DISCOVER, how);
        }
    }
}
