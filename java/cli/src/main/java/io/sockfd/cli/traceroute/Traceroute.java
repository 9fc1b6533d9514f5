package io.sockfd.cli.traceroute;

import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.WarmUp;
import java.io.IOException;
import java.net.InetAddress;
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
            "  sockfd traceroute -I --json example.org"
        })
public final class Traceroute implements Callable<Integer> {
    private static final Duration WARM_UP = Duration.ofMillis(20);
    private static final int UDP_PORT = 33_434;
    private static final int TCP_PORT = 80;
    private static final int MOST_HOPS = 255;
    private static final int MOST_QUERIES = 10;
    private static final int MOST_AT_ONCE = 64;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Target target = new Target();

    @ArgGroup
    private Method method = new Method();

    @Option(
            names = "-f",
            paramLabel = "HOP",
            defaultValue = "1",
            description = "The first hop to ask; ${DEFAULT-VALUE}.")
    private int first;

    @Option(names = "-m", paramLabel = "HOPS", defaultValue = "30", description = "The last one; ${DEFAULT-VALUE}.")
    private int most;

    @Option(names = "-q", paramLabel = "COUNT", defaultValue = "3", description = "Probes per hop; ${DEFAULT-VALUE}.")
    private int queries;

    @Option(names = "-w", paramLabel = "SECONDS", defaultValue = "5", description = "For an answer; ${DEFAULT-VALUE}.")
    private double wait;

    @Option(names = "-N", paramLabel = "COUNT", defaultValue = "16", description = "Probes at once; ${DEFAULT-VALUE}.")
    private int atOnce;

    @Option(names = "-p", paramLabel = "PORT", description = "UDP: of the first probe, 33434. TCP: of all, 80.")
    private @Nullable Integer port;

    @Option(names = "--json", description = "One JSON document at the end instead of lines.")
    private boolean json;

    private static final class Method {
        @Option(names = "-I", description = "ICMP echo requests instead of UDP.")
        private boolean icmp;

        @Option(names = "-T", description = "TCP SYNs instead of UDP.")
        private boolean tcp;
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
            out.line("traceroute to " + target.host() + " (" + Target.number(address) + "), " + most + " hops max");
        }
        WarmUp.run();
        warmUp();
        List<Hop> hops = new ArrayList<>();
        boolean reached = false;
        try (Interruption interruption = new Interruption();
                Probes probes =
                        new Probes(probe(address, Duration.ofNanos((long) (wait * 1e9))), atOnce, queries, most)) {
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

    private Probe probe(InetAddress address, Duration patience) {
        if (method.icmp) {
            return new IcmpProbe(address, patience);
        } else if (method.tcp) {
            return new TcpProbe(address, port == null ? TCP_PORT : port, patience);
        }
        return new UdpProbe(address, port == null ? UDP_PORT : port, patience);
    }

    /** The first probes go off at once: what they need is loaded by one to this host. */
    private void warmUp() {
        try {
            Answer ignored = probe(InetAddress.getLoopbackAddress(), WARM_UP).send(1, 0, () -> {});
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
