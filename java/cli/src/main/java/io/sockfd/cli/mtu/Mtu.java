package io.sockfd.cli.mtu;

import io.sockfd.cli.Arguments;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Target;
import io.sockfd.cli.icmp.WarmUp;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sockfd mtu}. */
@Command(
        name = "mtu",
        description = {
            "Finds the largest packet that gets to a host without being fragmented (the path MTU), and the hop where the path "
                    + "becomes narrower: UDP datagrams that fill the MTU and must not be fragmented, hop by hop. No privilege "
                    + "is needed.",
            "Ends with status 0 when the host was reached, else 1."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sockfd mtu -n 192.0.2.1", "  sockfd mtu --json example.org | jq .pmtu"})
public final class Mtu implements Callable<Integer> {
    private static final int LEAST = 68;
    private static final int MOST = 65_535;
    private static final int MOST_HOPS = 255;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Target target = new Target();

    @Option(
            names = "-m",
            paramLabel = "HOPS",
            defaultValue = "30",
            description = "Ask as far as this hop (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = "-l",
            paramLabel = "BYTES",
            defaultValue = "65535",
            description = "Try packets of so many bytes at most, IP header included (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "-p",
            paramLabel = "PORT",
            defaultValue = "44444",
            description = "Ask from this port on (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "-w",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "Wait SECONDS for an answer (default: ${DEFAULT-VALUE}).")
    private double patience;

    @Option(names = "--json", description = "Print one JSON document at the end instead of lines.")
    private boolean json;

    private record Line(
            int hop,
            @Nullable String address,
            @Nullable Double millis,
            @Nullable Integer pmtu,
            String says) {}

    private record Path(String host, String address, boolean reached, int hops, int pmtu, List<Line> lines) {}

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, most >= 1 && most <= MOST_HOPS, "-m is a number of hops, 1 to 255: " + most);
        Arguments.require(spec, length >= LEAST && length <= MOST, "-l is a number of bytes, 68 to 65535: " + length);
        Arguments.require(spec, port >= 1 && port <= MOST, "-p is a port, 1 to 65535: " + port);
        Arguments.require(spec, patience > 0 && patience < 3600, "-w is a time in seconds, more than 0: " + patience);
        InetAddress address = target.resolve();
        Output out = new Output(spec);
        List<Line> lines = new ArrayList<>();
        WarmUp.run();
        try (Interruption interruption = new Interruption();
                PathProbe probe = new PathProbe(address, length, port, (long) (patience * 1e9), interruption)) {
            boolean reached = false;
            int hop = 1;
            while (!interruption.asked() && !reached && hop <= most) {
                PathProbe.Outcome outcome = probe.send(hop);
                reached = outcome.what() == PathProbe.What.REACHED;
                Line line = line(hop, outcome);
                lines.add(line);
                if (!json) {
                    out.line(text(line, outcome.from()));
                }
                if (outcome.what() == PathProbe.What.FAILED) {
                    break;
                }
                hop += reached || outcome.what() == PathProbe.What.SMALLER ? 0 : 1;
            }
            int hops = Math.min(hop, most);
            if (json) {
                out.line(Json.pretty(
                        new Path(target.host(), Target.number(address), reached, hops, probe.mtu(), lines)));
            } else {
                out.line("     " + (reached ? "Path" : "So far") + ": pmtu " + probe.mtu() + ", hops " + hops
                        + (reached ? "" : interruption.asked() ? " (interrupted)" : " (not reached)"));
            }
            return interruption.end(interruption.asked() ? Interruption.STATUS : reached ? 0 : 1);
        }
    }

    private static Line line(int hop, PathProbe.Outcome outcome) {
        InetAddress from = outcome.from();
        return new Line(
                hop,
                from == null ? null : Target.number(from),
                outcome.millis() < 0 ? null : outcome.millis(),
                outcome.what() == PathProbe.What.SMALLER ? outcome.mtu() : null,
                outcome.text());
    }

    private String text(Line line, @Nullable InetAddress from) {
        String who = from == null ? line.pmtu() == null ? "no reply" : "[LOCALHOST]" : target.named(from);
        String time = line.millis() == null ? "" : String.format(Locale.ROOT, "%8.3f ms", line.millis());
        String end = line.pmtu() == null ? line.says() : "pmtu " + line.pmtu();
        return String.format(Locale.ROOT, "%2d:  %-40s %11s %s", line.hop(), who, time, end)
                .stripTrailing();
    }
}
