package io.sockfd.cli.check;

import io.sockfd.SocketType;
import io.sockfd.address.Addresses;
import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Table;
import io.sockfd.cli.endpoint.Endpoint;
import io.sockfd.cli.endpoint.Outcome;
import io.sockfd.cli.endpoint.Prober;
import io.sockfd.event.EventLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd check}. */
@Command(
        name = "check",
        description = {
            "Says which of these addresses accept a connection; all are tried at once. A host name counts as accepting "
                    + "when one of its addresses does.",
            "Ends with status 0 when all accept, else 1; 2 for wrong usage."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd check localhost:22 localhost:5432 /run/docker.sock",
            "  sockfd check -q -w 0.5 unix:/run/fpm.sock || systemctl restart php-fpm"
        })
public final class Check implements Callable<Integer> {
    private static final int AT_ONCE = 512;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ADDRESS",
            arity = "1..*",
            description = "Try HOST:PORT, a UNIX PATH, @ABSTRACT, vsock:CID:PORT (and the other forms of addresses).")
    private List<String> texts = List.of();

    @Option(names = "-w", paramLabel = "SECONDS", description = "Wait SECONDS for an answer (default: 3).")
    private double seconds = 3;

    @Option(names = "--json", description = "Print one JSON document instead of a table.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only the targets that fail, on stderr.")
    private boolean quiet;

    /** One address of one target. */
    private record Attempt(Target target, SocketAddress address, SocketType type) implements Prober.Probe {}

    /** What the user asked about, and what is known so far. */
    private static final class Target {
        private final String text;
        private @Nullable SocketAddress address;
        private @Nullable Outcome outcome;

        Target(String text) {
            this.text = text;
        }

        /** The best of its addresses counts, the first one where they are equal. */
        void ended(SocketAddress tried, Outcome result) {
            if (outcome == null || (!isOpen() && result.state() == Outcome.State.OPEN)) {
                address = tried;
                outcome = result;
            }
        }

        boolean isOpen() {
            return outcome != null && outcome.state() == Outcome.State.OPEN;
        }

        Row row() {
            Outcome known = outcome != null ? outcome : new Outcome(Outcome.State.FAILED, "interrupted", 0);
            return new Row(
                    text,
                    address == null ? null : Addresses.format(address),
                    known.state().words(),
                    Math.round(known.nanos() / 1e3) / 1e3,
                    known.reason());
        }
    }

    private record Row(String target, @Nullable String address, String state, double ms, String reason) {}

    @Override
    public Integer call() throws IOException {
        if (!(seconds > 0)) {
            throw new ParameterException(spec.commandLine(), "-w " + seconds + ": a time above 0, please");
        }
        List<Target> targets = texts.stream().map(Target::new).toList();
        EventLoop loop = EventLoop.open();
        Interruption interruption = new Interruption(() -> loop.stop(Duration.ZERO));
        try {
            Prober.run(
                    loop, attempts(targets).iterator(), AT_ONCE, Duration.ofNanos((long) (seconds * 1e9)), (p, o) -> {
                        if (p instanceof Attempt attempt) {
                            attempt.target().ended(attempt.address(), o);
                        }
                    });
            print(targets);
        } finally {
            interruption.close();
        }
        return targets.stream().allMatch(Target::isOpen) ? 0 : 1;
    }

    private static List<Attempt> attempts(List<Target> targets) {
        List<Attempt> attempts = new ArrayList<>();
        for (Target target : targets) {
            try {
                Endpoint endpoint = Endpoint.parse(target.text);
                if (endpoint.isDatagram()) {
                    throw new FailedException(target.text + ": datagrams are not connected, there is nothing to check");
                }
                endpoint.addresses().forEach(a -> attempts.add(new Attempt(target, a, endpoint.type())));
            } catch (FailedException e) {
                String reason = String.valueOf(e.getMessage());
                boolean unknown = reason.contains("no such host");
                target.outcome = new Outcome(unknown ? Outcome.State.UNKNOWN_HOST : Outcome.State.FAILED, reason, 0);
            }
        }
        return attempts;
    }

    private void print(List<Target> targets) {
        PrintWriter out = spec.commandLine().getOut();
        List<Row> rows = targets.stream().map(Target::row).toList();
        if (quiet) {
            rows.stream()
                    .filter(row -> !row.state().equals("open"))
                    .forEach(row ->
                            Output.note(spec, "sockfd: " + row.target() + ": " + row.state() + ": " + row.reason()));
        } else if (json) {
            out.println(Json.pretty(rows));
        } else {
            Table table = new Table(spec.commandLine().getColorScheme().ansi(), 0);
            for (Row row : rows) {
                boolean open = row.state().equals("open");
                table.row(
                        open ? "@|green open|@" : "@|bold,red " + row.state() + "|@",
                        row.target(),
                        row.address() == null || row.address().equals(row.target()) ? "" : row.address(),
                        open ? String.format(Locale.ROOT, "%.1f ms", row.ms()) : row.reason());
            }
            out.print(table);
        }
        Output.finish(out);
    }
}
