package io.sockfd.cli.doctor;

import io.sockfd.cli.Table;
import io.sockfd.cli.doctor.Report.Channels;
import io.sockfd.cli.doctor.Report.FeatureState;
import io.sockfd.cli.doctor.Report.Limit;
import io.sockfd.cli.doctor.Report.Loadable;
import io.sockfd.cli.doctor.Report.Machine;
import io.sockfd.cli.doctor.Report.Privileges;
import io.sockfd.cli.doctor.Report.SocketState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The report for people. */
final class ReportText {
    private static final int INDENT = 2;
    private static final int COLUMNS = 80;

    private final Ansi ansi;
    private final PrintWriter out;

    ReportText(Ansi ansi, PrintWriter out) {
        this.ansi = ansi;
        this.out = out;
    }

    void print(Report report) {
        environment(report);
        sockets(report.sockets());
        features(report.features());
        limits(report.limits());
        String verdict = report.usable()
                ? "@|green,bold sockfd works here|@ on backend "
                        + report.backend().name() + "."
                : "@|red,bold sockfd does not work here:|@ "
                        + (report.backend().name() == null
                                ? plain(report.backend().reason())
                                : "neither TCP nor UNIX sockets open.");
        out.println(ansi.string(verdict));
    }

    private void environment(Report report) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        String backend = report.backend().name();
        table.row(
                "backend",
                (backend == null ? "@|red none|@" : "@|bold " + backend + "|@") + ": "
                        + plain(report.backend().reason()));
        String way = report.backend().way();
        if (way != null) {
            table.row("", plain(way));
        }
        for (Loadable one : report.backend().loadable()) {
            table.row("", one.loads() ? one.name() + " loads" : one.name() + " does not: " + plain(one.problem()));
        }
        table.row(
                "java",
                plain(report.jdk().version() + ", " + report.jdk().vendor() + ", "
                        + report.jdk().home()));
        Channels channels = report.channels();
        table.row(
                "java.nio",
                plain("channels of " + channels.provider()
                        + (channels.remedy() == null ? "" : "; of this library with " + channels.remedy())));
        Machine machine = report.machine();
        table.row("kernel", plain(machine.kernel()) + " on " + machine.architecture());
        String version = machine.libcVersion() == null ? "" : " " + machine.libcVersion();
        table.row("libc", plain(machine.libc() + version + "  " + machine.libcFile()));
        String colour = report.abi().state().equals("ok")
                ? "green"
                : report.abi().state().equals("differs") ? "red" : "yellow";
        String count = report.abi().checked() == 0 ? "" : report.abi().checked() + " ";
        table.row(
                "abi",
                "@|" + colour + " " + report.abi().state() + "|@: " + count
                        + plain(report.abi().detail()));
        report.abi().differences().forEach(difference -> table.row("", plain(difference)));
        Privileges rights = report.privileges();
        table.row(
                "user",
                "uid " + known(rights.euid())
                        + ", CAP_NET_RAW " + yesNo(rights.capNetRaw())
                        + ", CAP_NET_ADMIN " + yesNo(rights.capNetAdmin())
                        + ", ping groups " + known(rights.pingGroups()));
        section("sockfd " + report.version(), table);
    }

    private void sockets(List<SocketState> sockets) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        for (SocketState socket : sockets) {
            String arguments = socket.family() + " " + socket.type() + " " + socket.protocol();
            table.row(
                    state(socket.works(), socket.state()),
                    socket.name(),
                    socket.works() ? arguments : plain(socket.reason())); // --json has both
        }
        long working = sockets.stream().filter(SocketState::works).count();
        section("Sockets: " + working + " of " + sockets.size() + " kinds open", table);
    }

    private void features(List<FeatureState> features) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        for (FeatureState feature : features) {
            table.row(state(feature.works(), feature.state()), feature.name(), plain(feature.detail()));
        }
        long working = features.stream().filter(FeatureState::works).count();
        section("Features: " + working + " of " + features.size() + " work", table);
    }

    private void limits(List<Limit> limits) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        for (Limit limit : limits) {
            String colour = limit.bad() ? "yellow" : limit.value() == null ? "faint" : "green";
            table.row(
                    "@|" + colour + " " + limit.state() + "|@", limit.name(), known(limit.value()), plain(limit.why()));
        }
        long bad = limits.stream().filter(Limit::bad).count();
        section("Limits: " + bad + " of " + limits.size() + " deserve a change on a server", table);
        if (bad > 0) {
            out.println(ansi.string("@|bold To change them|@"));
            limits.stream().map(Limit::remedy).filter(Objects::nonNull).forEach(line -> out.println("  " + line));
            out.println();
        }
    }

    private void section(String title, Table table) {
        out.println(ansi.string("@|bold " + title + "|@"));
        out.print(table);
        out.println();
    }

    private static String state(boolean works, String state) {
        return works ? "@|green " + state + "|@" : "@|yellow " + state + "|@";
    }

    private static String known(@Nullable Object value) {
        return value == null ? "unknown" : plain(value.toString());
    }

    private static String yesNo(@Nullable Boolean value) {
        return value == null ? "unknown" : value ? "yes" : "no";
    }

    /** Text from elsewhere, in which the marks of picocli's markup mean nothing. */
    private static String plain(@Nullable String text) {
        return text == null ? "" : text.replace("@|", "@ |");
    }
}
