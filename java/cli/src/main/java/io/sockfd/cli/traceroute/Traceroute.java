package io.sockfd.cli.traceroute;

import io.sockfd.cli.Arguments;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.UsageException;
import io.sockfd.cli.icmp.WarmUp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd traceroute}. */
@Command(
        name = "traceroute",
        description = {
            "Shows the routers on the way to a host: packets that may take 1, 2, 3 … hops, and who says that they came no "
                    + "further. UDP and TCP need no privilege; -I needs what ping needs.",
            "Marks: * no answer, !N !H !P network, host, protocol unreachable, !X prohibited, !F-MTU too large, !<n> code n."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd traceroute -n 192.0.2.1",
            "  sockfd traceroute -T -p 443 example.org   as a browser's packets go",
            "  sockfd traceroute -I --json example.org",
            "",
            "Otherwise than traceroute(8):",
            "  Wrong usage ends with status 2, an unknown host with 1.",
            "  -T needs no privilege, and shows no options.",
            "  -A, -d, -D, -e, -g, -l, -M, -O, -P, -r, -UL, -z, --back, --fwmark and --sport",
            "  are missing; for --mtu there is the command mtu. Routers refuse what -g",
            "  asks for, a way through given gateways."
        })
public final class Traceroute implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofMillis(20);
    private static final int UDP_PORT = 33_434;
    private static final int DNS_PORT = 53;
    private static final int TCP_PORT = 80;
    private static final int USUAL = 60;
    private static final int MOST_BYTES = 65_000;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TRANSPORT_HEADER = 8;
    private static final int MOST_HOPS = 255;
    private static final int MOST_QUERIES = 10;
    private static final int MOST_AT_ONCE = 64;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Target target = new Target();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LENGTH",
            description = "Send packets of LENGTH bytes with their headers (default: 60, over IPv6 80).")
    private @Nullable Integer length;

    @ArgGroup
    private Method method = new Method();

    @Option(
            names = "-f",
            paramLabel = "HOP",
            defaultValue = "1",
            description = "Ask from this hop on (default: ${DEFAULT-VALUE}).")
    private int first;

    @Option(
            names = "-m",
            paramLabel = "HOPS",
            defaultValue = "30",
            description = "Ask as far as this hop (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = "-q",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "Send COUNT probes to each hop (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "-w",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Wait SECONDS for an answer (default: ${DEFAULT-VALUE}).")
    private double wait;

    @Option(
            names = "-N",
            paramLabel = "COUNT",
            defaultValue = "16",
            description = "Send COUNT probes at once (default: ${DEFAULT-VALUE}).")
    private int atOnce;

    @Option(
            names = "-p",
            paramLabel = "PORT",
            description = "Ask at this port (default: 33434 for the first probe of UDP, 53 with -U, 80 with -T).")
    private @Nullable Integer port;

    @Option(names = "-i", paramLabel = "IFACE", description = "Send from this interface.")
    private @Nullable String device;

    @Option(names = "-s", paramLabel = "ADDRESS", description = "Send from this address.")
    private @Nullable String source;

    @Option(names = "-t", paramLabel = "TOS", description = "Set the type of service, or the traffic class: 0x10, 184.")
    private @Nullable String tos;

    @Option(names = "-F", description = "Let no router make fragments of a packet.")
    private boolean whole;

    @Option(names = "--json", description = "Print one JSON document at the end instead of lines.")
    private boolean json;

    private static final class Method {
        @Option(names = "-I", description = "Send ICMP echo requests.")
        private boolean icmp;

        @Option(names = "-T", description = "Send TCP SYNs.")
        private boolean tcp;

        @Option(names = "-U", description = "Send UDP to one port, and not to another one each time.")
        private boolean udp;
    }

    private record Probed(
            @Nullable String address,
            @Nullable Double millis,
            @Nullable String mark) {}

    private record Hop(int hop, List<Probed> probes) {}

    private record Trace(String host, String address, boolean reached, List<Hop> hops) {}

    @Override
    public Integer call() throws IOException {
        check();
        InetAddress address = target.resolve();
        Output out = new Output(spec);
        if (!json) {
            out.line("traceroute to " + target.host() + " (" + Target.number(address) + "), " + most + " hops max, "
                    + (length == null ? usual(address) : length) + " byte packets");
        }
        Way way = way(address);
        WarmUp.run();
        warmUp(way);
        List<Hop> hops = new ArrayList<>();
        boolean reached = false;
        try (Interruption interruption = new Interruption();
                Probes probes = new Probes(probe(way), atOnce, queries, most)) {
            for (int hop = first; hop <= most && !reached; hop++) {
                List<Answer> answers = new ArrayList<>();
                @Nullable InetAddress before = null;
                for (int i = 0; i < queries; i++) {
                    Answer answer = probes.answer(hop - first, i, first, interruption);
                    if (answer == null) {
                        print(out, System.lineSeparator());
                        return interruption.end(Interruption.STATUS);
                    }
                    answers.add(answer);
                    print(out, (i == 0 ? String.format(Locale.ROOT, "%2d ", hop) : "") + text(answer, before));
                    before = answer.from() == null ? before : answer.from();
                }
                print(out, System.lineSeparator());
                hops.add(new Hop(hop, answers.stream().map(Traceroute::probed).toList()));
                reached = answers.stream().anyMatch(Answer::last);
            }
            if (json) {
                out.line(Json.pretty(new Trace(target.host(), Target.number(address), reached, hops)));
            }
            return interruption.end(0);
        }
    }

    private void check() {
        Arguments.require(spec, most >= 1 && most <= MOST_HOPS, "-m is a number of hops, 1 to 255: " + most);
        Arguments.require(spec, first >= 1 && first <= most, "-f is a hop, 1 to " + most + ": " + first);
        Arguments.require(spec, queries >= 1 && queries <= MOST_QUERIES, "-q is a number, 1 to 10: " + queries);
        Arguments.require(spec, wait > 0 && wait < 3600, "-w is a time in seconds, more than 0: " + wait);
        Arguments.require(spec, atOnce >= 1 && atOnce <= MOST_AT_ONCE, "-N is a number, 1 to 64: " + atOnce);
        Arguments.require(spec, port == null || (port >= 1 && port <= 0xffff), "-p is a port, 1 to 65535: " + port);
        Arguments.require(spec, port == null || !method.icmp, "-p is for UDP and TCP: ICMP has no ports");
    }

    private static int usual(InetAddress address) {
        return Target.isIpv4(address) ? USUAL : USUAL + IPV6_HEADER - IPV4_HEADER;
    }

    private Way way(InetAddress address) throws IOException {
        int headers = (Target.isIpv4(address) ? IPV4_HEADER : IPV6_HEADER) + TRANSPORT_HEADER;
        int whole = length == null ? usual(address) : length;
        Arguments.require(
                spec,
                whole >= headers && whole <= MOST_BYTES,
                "LENGTH is a number of bytes, " + headers + " to " + MOST_BYTES + ": " + whole);
        if (device != null) {
            int ignored = Arguments.interfaceIndex(device);
        }
        return new Way(
                address,
                Duration.ofNanos((long) (wait * 1e9)),
                whole - headers,
                source == null ? null : source(source, address),
                device,
                tos == null ? -1 : service(tos),
                this.whole);
    }

    private static InetAddress source(String text, InetAddress target) {
        try {
            for (InetAddress address : InetAddress.getAllByName(text)) {
                if (Target.isIpv4(address) == Target.isIpv4(target)) {
                    return address;
                }
            }
        } catch (UnknownHostException e) {
            throw new FailedException("-s " + text + ": there is no such host or address");
        }
        throw new FailedException("-s " + text + " is not of the family of " + Target.number(target));
    }

    private int service(String text) {
        try {
            int value = Integer.decode(text);
            Arguments.require(spec, value >= 0 && value <= 255, "-t is a number, 0 to 255: " + text);
            return value;
        } catch (NumberFormatException e) {
            throw new UsageException("-t is a number, 0 to 255, as 0x10 or 184: " + text);
        }
    }

    private Probe probe(Way way) {
        if (method.icmp) {
            return new IcmpProbe(way);
        } else if (method.tcp) {
            return new TcpProbe(way, port == null ? TCP_PORT : port);
        }
        return new UdpProbe(way, port != null ? port : method.udp ? DNS_PORT : UDP_PORT, method.udp);
    }

    /** The first probes go off at once: what they need is loaded by one to this host. */
    private void warmUp(Way way) {
        try {
            Answer ignored =
                    probe(way.to(InetAddress.getLoopbackAddress(), WARM_UP)).send(1, 0, () -> {});
        } catch (IOException e) {
            System.getLogger("io.sockfd.cli").log(System.Logger.Level.DEBUG, "no loopback", e);
        }
    }

    private void print(Output out, String text) {
        if (!json) {
            out.print(text);
        }
    }

    private String text(Answer answer, @Nullable InetAddress before) {
        InetAddress from = answer.from();
        if (from == null) {
            return " *";
        }
        String who = from.equals(before) ? "" : " " + target.named(from);
        return who
                + String.format(Locale.ROOT, "  %.3f ms", answer.millis())
                + (answer.mark().isEmpty() ? "" : " " + answer.mark());
    }

    private static Probed probed(Answer answer) {
        InetAddress from = answer.from();
        return from == null
                ? new Probed(null, null, null)
                : new Probed(Target.number(from), answer.millis(), answer.mark().isEmpty() ? null : answer.mark());
    }
}
