package io.sockfd.cli.doctor;

import io.sockfd.cli.Json;
import io.sockfd.cli.Version;
import io.sockfd.cli.doctor.Report.BackendState;
import io.sockfd.cli.doctor.Report.FeatureState;
import io.sockfd.cli.doctor.Report.SocketState;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.raw.Libc;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sockfd doctor}. */
@Command(
        name = "doctor",
        description = {
            "Tries every backend, kind of socket and feature, and shows what does not work here and why, and the limits "
                    + "that are low for a server, with the command that raises them. -v shows all that was tried.",
            "Ends with status 0 when the library can work here, else 1."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd doctor",
            "  sockfd doctor -v",
            "  sockfd doctor --json | jq '.limits[] | select(.state == \"low\") | .remedy'",
            "  sockfd -Dsockfd.backend=jni doctor"
        })
public final class Doctor implements Callable<Integer> {
    private static final String SCHEMA = "sockfd-doctor/1";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print one JSON document instead of tables.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show all that was tried, and not only what does not work.")
    private boolean verbose;

    @Override
    public Integer call() {
        Report report = examine(Proc.self());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(report));
        } else {
            Ansi ansi = spec.commandLine().getColorScheme().ansi();
            ReportText text = new ReportText(ansi, out);
            if (verbose) {
                text.details(report);
            } else {
                text.summary(report);
            }
        }
        out.flush();
        return report.usable() ? 0 : 1;
    }

    private static Report examine(Proc proc) {
        BackendState backend = Environment.backend();
        List<SocketState> sockets = List.of();
        List<FeatureState> features = List.of();
        if (backend.name() != null) {
            Libc libc = Libc.get();
            sockets = Sockets.probe(libc);
            features = Features.probe(libc, proc);
        }
        return new Report(
                SCHEMA,
                Version.current(),
                sockets.stream().anyMatch(Doctor::essential),
                backend,
                Environment.jdk(),
                Environment.channels(),
                Environment.machine(proc),
                AbiCheck.run(),
                Environment.privileges(proc),
                sockets,
                features,
                Limits.of(proc));
    }

    private static boolean essential(SocketState socket) {
        return socket.works()
                && (socket.protocol().equals("IPPROTO_TCP") || socket.family().equals("AF_UNIX"));
    }
}
