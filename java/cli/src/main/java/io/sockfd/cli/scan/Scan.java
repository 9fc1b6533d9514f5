package io.sockfd.cli.scan;

import io.sockfd.SocketType;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Printable;
import io.sockfd.cli.Progress;
import io.sockfd.cli.Table;
import io.sockfd.cli.endpoint.Outcome;
import io.sockfd.cli.endpoint.Ports;
import io.sockfd.cli.endpoint.Prober;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd scan}. */
@Command(
        name = "scan",
        description = {
            "Connects to each of these TCP ports, closes at once, and lists those that are open (somebody accepted) or "
                    + "filtered (no answer, or one that a firewall gave); closed ones are counted. Scan your own hosts: "
                    + "each is named, ranges are refused except on loopback.",
            "Ends with status 0 when a port is open, else 1; 2 for wrong usage."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sockfd scan localhost 1-1024", "  sockfd scan --json 127.0.0.1 22,80,8000-8100 | jq '.open[].port'"
        })
public final class Scan implements Callable<Integer> {
    private static final int MOST_AT_ONCE = 4096;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "HOST",
            description = "Scan this name or address, on loopback also 127.0.0.0/24.")
    private String host = "";

    @Parameters(index = "1", paramLabel = "PORTS", description = "Try these ports, for instance 22,80,8000-8100.")
    private String ports = "";

    @Option(names = "-w", paramLabel = "SECONDS", description = "Wait SECONDS for an answer (default: 1).")
    private double seconds = 1;

    @Option(names = "-c", paramLabel = "COUNT", description = "Try COUNT ports at a time, 1 to 4096 (default: 256).")
    private int atOnce = 256;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    @Option(names = "--all", description = "List the closed ports, too.")
    private boolean all;

    /** One port. */
    private record Attempt(InetSocketAddress address) implements Prober.Probe {
        @Override
        public SocketType type() {
            return SocketType.STREAM;
        }
    }

    private record Row(String host, int port, double ms, String reason) {}

    /** What is printed as JSON. */
    private static final class Report {
        private boolean complete;
        private int scanned;
        private double seconds;
        private final List<Row> open = new ArrayList<>();
        private final List<Row> filtered = new ArrayList<>();
        private final List<Row> closed = new ArrayList<>();
    }

    @Override
    public Integer call() throws IOException {
        if (!(seconds > 0) || atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new ParameterException(spec.commandLine(), "-w above 0 and -c from 1 to 4096, please");
        }
        List<InetAddress> hosts = Hosts.parse(host);
        BitSet wanted = Ports.parse(ports);
        Report report = new Report();
        EventLoop loop = EventLoop.open();
        long began = System.nanoTime();
        int count = hosts.size() * wanted.cardinality();
        Interruption interruption = new Interruption(() -> loop.stop(Duration.ZERO));
        try {
            try (Progress progress = new Progress("scan", "ports", count)) {
                Prober.run(loop, attempts(hosts, wanted), atOnce, Duration.ofNanos((long) (seconds * 1e9)), (p, o) -> {
                    add(report, p, o);
                    progress.step();
                });
            }
            report.complete = report.scanned == count;
            report.seconds = Math.round((System.nanoTime() - began) / 1e6) / 1e3;
            print(report);
        } finally {
            interruption.close();
        }
        return report.open.isEmpty() ? 1 : 0;
    }

    private static Iterator<Attempt> attempts(List<InetAddress> hosts, BitSet ports) {
        Stream<Attempt> all = hosts.stream()
                .flatMap(host -> ports.stream().mapToObj(port -> new Attempt(new InetSocketAddress(host, port))));
        return all.iterator();
    }

    private static void add(Report report, Prober.Probe probe, Outcome outcome) {
        if (!(probe.address() instanceof InetSocketAddress address)) {
            throw new IllegalArgumentException("not a port: " + probe.address());
        }
        List<Row> rows = switch (outcome.state()) {
            case OPEN -> report.open;
            case REFUSED -> report.closed;
            default -> report.filtered;
        };
        report.scanned++;
        double millis = Math.round(outcome.nanos() / 1e3) / 1e3;
        rows.add(new Row(address.getAddress().getHostAddress(), address.getPort(), millis, outcome.reason()));
    }

    private void print(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        Comparator<Row> order = Comparator.comparing(Row::host).thenComparingInt(Row::port);
        Stream.of(report.open, report.filtered, report.closed).forEach(rows -> rows.sort(order));
        if (json) {
            out.println(Json.pretty(report));
        } else {
            Table table = new Table(spec.commandLine().getColorScheme().ansi(), 0);
            report.open.forEach(row -> table.row(cells("@|green open|@", row)));
            report.filtered.forEach(row -> table.row(cells("@|yellow filtered|@", row)));
            if (all) {
                report.closed.forEach(row -> table.row(cells("closed", row)));
            }
            out.print(table);
            out.printf(
                    Locale.ROOT,
                    "%s: %d open, %d filtered, %d closed in %.1f s%s%n",
                    Printable.of(host),
                    report.open.size(),
                    report.filtered.size(),
                    report.closed.size(),
                    report.seconds,
                    report.complete ? "" : " (interrupted)");
        }
        Output.finish(out);
    }

    private static String[] cells(String state, Row row) {
        return new String[] {
            state, row.host(), String.valueOf(row.port()), String.format(Locale.ROOT, "%.1f ms", row.ms()), row.reason()
        };
    }
}
