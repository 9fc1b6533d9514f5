package io.sockfd.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sockfd.cli.contract.Descriptors;
import io.sockfd.cli.contract.Machine;
import io.sockfd.cli.contract.Outcome;
import io.sockfd.cli.contract.Outcome.Kind;
import io.sockfd.cli.contract.Report;
import io.sockfd.cli.contract.Row;
import io.sockfd.cli.contract.Table;
import io.sockfd.raw.Backend;
import io.sockfd.raw.BackendException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the raw contract here and now. */
@Command(
        name = "selftest",
        description = {
            "Checks on this machine what every system call of the library returns, good arguments and bad ones.",
            "It needs no privilege and no network, changes nothing and takes a few seconds."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:passed, with gaps or without", "1:something is not as it has to be", "2:wrong usage"},
        footer = {"", "Example:", "  sockfd selftest --backend ffm -v"})
public final class Selftest implements Callable<Integer> {
    @Option(
            names = "--backend",
            paramLabel = "ffm|jnr|jni",
            description = "Check one backend (default: -Dsockfd.backend, or all that load).")
    private List<String> wanted = List.of();

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print every row.")
    private boolean verbose;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Report report = new Report();
        Table table = Table.load();
        for (Backend backend : backends()) {
            check(table, backend, report);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(toJson(report)));
        } else {
            print(report, out);
        }
        out.flush();
        return report.failed() ? 1 : 0;
    }

    private List<Backend> backends() {
        if (wanted.isEmpty()) {
            Backend chosen = Backend.chosen(); // with no backend at all this says why
            if (System.getProperty("sockfd.backend") != null) {
                return List.of(chosen);
            }
        }
        List<Backend> backends = new ArrayList<>();
        for (String name : wanted.isEmpty() ? Backend.NAMES : wanted) {
            try {
                backends.add(Backend.load(name));
            } catch (BackendException e) {
                if (!wanted.isEmpty()) {
                    throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
                }
                if (verbose && !json) {
                    spec.commandLine().getOut().println(name + " is left out: " + e.getMessage());
                }
            }
        }
        return backends;
    }

    private static void check(Table table, Backend backend, Report report) {
        Machine machine = new Machine(backend);
        // what the virtual machine and the backend open for good is open after the first row
        machine.run(table.rows().get(0));
        Map<Integer, String> before = Descriptors.open();
        for (Row row : table.rows()) {
            report.add(backend.name(), machine.run(row));
        }
        report.addLeaks(backend.name(), Descriptors.leakedSince(before));
    }

    private void print(Report report, PrintWriter out) {
        report.outcomes()
                .forEach((backend, outcomes) -> outcomes.stream()
                        .filter(outcome -> verbose || outcome.kind() == Kind.FAILED)
                        .forEach(outcome -> out.println(line(backend, outcome))));
        report.leaks().forEach(leak -> out.println(styled(Style.fg_red, leak)));
        Style style = report.failed() ? Style.fg_red : report.gaps().isEmpty() ? Style.fg_green : Style.fg_yellow;
        out.println(styled(style, "selftest: " + report.verdict()));
    }

    private String line(String backend, Outcome outcome) {
        String line = backend + "  " + outcome.describe();
        return switch (outcome.kind()) {
            case PASSED -> line;
            case FAILED -> styled(Style.fg_red, line);
            case SKIPPED, LEFT_OUT -> styled(Style.fg_yellow, line);
        };
    }

    /** Not through picocli's markup: a row's text may look like it. */
    private String styled(Style style, String line) {
        boolean colored = spec.commandLine().getColorScheme().ansi().enabled();
        return colored ? style.on() + line + style.off() : line;
    }

    private static JsonObject toJson(Report report) {
        JsonObject json = new JsonObject();
        json.addProperty("verdict", report.verdict());
        json.addProperty("failed", report.failed());
        json.addProperty("checks", report.ran());
        JsonArray rows = new JsonArray();
        report.outcomes()
                .forEach((backend, outcomes) -> outcomes.forEach(outcome -> {
                    JsonObject row = new JsonObject();
                    row.addProperty("backend", backend);
                    row.addProperty("row", outcome.row().name());
                    row.addProperty("outcome", outcome.kind().name());
                    row.addProperty("expected", outcome.row().expected().text());
                    row.addProperty("got", outcome.shown());
                    rows.add(row);
                }));
        json.add("rows", rows);
        JsonArray leaks = new JsonArray();
        report.leaks().forEach(leaks::add);
        json.add("leaks", leaks);
        return json;
    }
}
