package io.sockfd.cli.demo;

import io.sockfd.cli.Table;
import io.sockfd.cli.endpoint.EngineOption;
import io.sockfd.event.Engine;
import io.sockfd.raw.Backend;
import io.sockfd.raw.BackendException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sockfd demo}. */
@Command(
        name = "demo",
        description = {
            "Holds conversations on loopback over TCP with epoll or io_uring, UDP, UNIX sockets and ICMP, on every backend, each in a "
                    + "JVM of its own, and ends with what one call costs on each.",
            "Ends with status 0 when every line is ok or skipped for the reason it gives."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sockfd demo", "  sockfd demo --backend jni --no-cost"})
public final class Demo implements Callable<Integer> {
    private static final String PROPERTY = "sockfd.backend";

    // java.nio comes last
    private static final List<String> TABLE_ORDER = List.of("ffm", "jni", "jnr");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--backend", paramLabel = "NAME", description = "Run only on this backend: ffm, jnr or jni.")
    private @Nullable String only;

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(names = "--no-cost", description = "Leave the table of costs out.")
    private boolean withoutCost;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        if (only != null) {
            System.setProperty(PROPERTY, only);
        }
        Engine chosen = engine.chosen() == null ? Engine.preferred() : engine.chosen();
        Conversations conversations = new Conversations(chosen, ansi, out);
        boolean good = System.getProperty(PROPERTY) != null
                ? conversations.hold(Backend.chosen())
                : onEach(conversations, chosen);
        if (!withoutCost) {
            printCosts(ansi, out);
        }
        out.flush();
        return good ? 0 : 1;
    }

    private static boolean onEach(Conversations conversations, Engine engine) throws IOException {
        // with no backend at all there is nothing to show
        Backend.chosen();
        boolean good = true;
        for (String name : Backend.NAMES) {
            try {
                Backend.load(name);
            } catch (BackendException e) {
                conversations.skip(name, String.valueOf(e.getMessage()));
                continue;
            }
            good &= Child.run(name, "demo", "--no-cost", "--engine", engine.toString()) == 0;
        }
        return good;
    }

    private static void printCosts(Ansi ansi, PrintWriter out) throws IOException {
        List<Backend> backends = TABLE_ORDER.stream().flatMap(Demo::load).toList();
        try (CallCost measurement = new CallCost(backends)) {
            Table table = new Table(ansi, 2);
            table.row("", "getppid", "ratio", "send+recv " + Contestant.SIZE + " bytes", "ratio");
            for (CallCost.Cost one : measurement.measure()) {
                table.row(
                        one.name(),
                        format("%5.0f ns", one.call()),
                        format("%5.2f", one.callRatio()),
                        format("%5.0f ns", OptionalDouble.of(one.exchange())),
                        format("%5.2f", OptionalDouble.of(one.exchangeRatio())));
            }
            out.println();
            out.println(ansi.string("@|bold The cost of a call|@, medians of " + CallCost.ROUNDS
                    + " rounds in which all took turns; UNIX stream pair, one thread"));
            out.print(table);
        }
    }

    private static Stream<Backend> load(String name) {
        try {
            return Stream.of(Backend.load(name));
        } catch (BackendException e) {
            return Stream.empty(); // the conversations have said why
        }
    }

    private static String format(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
    }
}
