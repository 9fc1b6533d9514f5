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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The report for people: on one screen what does not work and what to do, or all that was tried. */
final class ReportText {
    private static final int INDENT = 2;
    private static final int COLUMNS = 80;
    private static final Set<String> ABSENT = Set.of("EPROTONOSUPPORT", "ESOCKTNOSUPPORT");

    private final Ansi ansi;
    private final PrintWriter out;

    ReportText(Ansi ansi, PrintWriter out) {
        this.ansi = ansi;
        this.out = out;
    }

    /** What does not work. */
    void summary(Report report) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        String backend = report.backend().name();
        backend(table, report);
        table.row("java", plain(report.jdk().version() + ", " + report.jdk().vendor()));
        table.row("kernel", plain(machine(report.machine())));
        abi(
                table,
                report,
                report.abi().state().equals("ok")
                        ? "sizes, offsets and constants are C's"
                        : report.abi().detail());
        user(table, report);
        section("sockfd " + report.version(), table);
        if (backend != null) {
            titled(socketsTitle(report.sockets()), closed(report.sockets()));
            Table missing = new Table(ansi, INDENT).wrap(COLUMNS);
            report.features().stream().filter(feature -> !feature.works()).forEach(feature -> row(missing, feature));
            titled(featuresTitle(report.features()), missing);
        }
        Table remedies = new Table(ansi, INDENT).wrap(COLUMNS);
        report.limits().stream()
                .filter(Limit::bad)
                .forEach(limit -> remedies.row("@|yellow " + limit.state() + "|@", known(limit.remedy())));
        titled(limitsTitle(report.limits()), remedies);
        verdict(report, " All that was tried: sockfd doctor -v");
    }

    /** All that was tried. */
    void details(Report report) {
        environment(report);
        sockets(report.sockets());
        features(report.features());
        limits(report.limits());
        verdict(report, "");
    }

    private void verdict(Report report, String more) {
        String verdict = report.usable()
                ? "@|green,bold sockfd works here|@ on backend "
                        + report.backend().name() + "."
                : "@|red,bold sockfd does not work here:|@ "
                        + (report.backend().name() == null
                                ? plain(report.backend().reason())
                                : "neither TCP nor UNIX sockets open.");
        out.println(ansi.string(verdict) + more);
    }

    private void environment(Report report) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        backend(table, report);
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
        table.row("kernel", plain(machine(report.machine())));
        table.row("", plain(report.machine().libcFile()));
        abi(table, report, report.abi().detail());
        user(table, report);
        Channels channels = report.channels();
        String remedy = channels.remedy();
        table.row(
                "java.nio",
                plain("channels of " + channels.provider()) + (remedy == null ? "" : "; of this library with"));
        // an option that is broken in two is of no use to anybody who copies it
        section("sockfd " + report.version(), table + (remedy == null ? "" : "  " + remedy + "\n"));
    }

    private static void backend(Table table, Report report) {
        String name = report.backend().name();
        table.row(
                "backend",
                (name == null ? "@|red none|@" : "@|bold " + name + "|@") + ": "
                        + plain(report.backend().reason()));
    }

    private static String machine(Machine machine) {
        String version = machine.libcVersion() == null ? "" : " " + machine.libcVersion();
        return machine.kernel() + " on " + machine.architecture() + ", " + machine.libc() + version;
    }

    private static void abi(Table table, Report report, String detail) {
        String state = report.abi().state();
        String colour = state.equals("ok") ? "green" : state.equals("differs") ? "red" : "yellow";
        String count = report.abi().checked() == 0 ? "" : report.abi().checked() + " ";
        table.row("abi", "@|" + colour + " " + state + "|@: " + count + plain(detail));
        report.abi().differences().forEach(difference -> table.row("", plain(difference)));
    }

    private static void user(Table table, Report report) {
        Privileges rights = report.privileges();
        table.row(
                "user",
                "uid " + known(rights.euid())
                        + ", CAP_NET_RAW " + yesNo(rights.capNetRaw())
                        + ", CAP_NET_ADMIN " + yesNo(rights.capNetAdmin())
                        + ", ping groups " + known(rights.pingGroups()));
    }

    /** The kinds that do not open, by the reason; first those that the kernel was built without. */
    private Table closed(List<SocketState> sockets) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        Set<String> absent = new LinkedHashSet<>();
        Map<String, List<SocketState>> others = new LinkedHashMap<>();
        for (SocketState socket : sockets) {
            if (socket.state().equals("EAFNOSUPPORT")) {
                absent.add(socket.family().replace("AF_", "")); // none of the family's kinds
            } else if (ABSENT.contains(socket.state())) {
                absent.add(socket.name().replace(",", ""));
            } else if (!socket.works()) {
                others.computeIfAbsent(known(socket.reason()), key -> new ArrayList<>())
                        .add(socket);
            }
        }
        if (!absent.isEmpty()) {
            table.row("@|yellow absent|@", "not in this kernel: " + String.join(", ", absent));
        }
        others.forEach((reason, kinds) -> table.row(
                "@|yellow " + kinds.get(0).state() + "|@",
                kinds.stream().map(SocketState::name).collect(Collectors.joining(", ")) + ": " + reason));
        return table;
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
        section(socketsTitle(sockets), table);
    }

    private static String socketsTitle(List<SocketState> sockets) {
        long working = sockets.stream().filter(SocketState::works).count();
        return "Sockets: " + working + " of " + sockets.size() + " kinds open";
    }

    private void features(List<FeatureState> features) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        for (FeatureState feature : features) {
            row(table, feature);
        }
        section(featuresTitle(features), table);
    }

    private static void row(Table table, FeatureState feature) {
        table.row(state(feature.works(), feature.state()), feature.name(), plain(feature.detail()));
    }

    private static String featuresTitle(List<FeatureState> features) {
        long working = features.stream().filter(FeatureState::works).count();
        return "Features: " + working + " of " + features.size() + " work";
    }

    private void limits(List<Limit> limits) {
        Table table = new Table(ansi, INDENT).wrap(COLUMNS);
        for (Limit limit : limits) {
            String colour = limit.bad() ? "yellow" : limit.value() == null ? "faint" : "green";
            table.row("@|" + colour + " " + limit.state() + "|@", limit.name() + " = " + known(limit.value()));
            table.row("", "  " + plain(limit.why()));
        }
        section(limitsTitle(limits), table);
        if (limits.stream().anyMatch(Limit::bad)) {
            out.println(ansi.string("@|bold To change them|@"));
            limits.stream().map(Limit::remedy).filter(Objects::nonNull).forEach(line -> out.println("  " + line));
            out.println();
        }
    }

    private static String limitsTitle(List<Limit> limits) {
        long bad = limits.stream().filter(Limit::bad).count();
        return "Limits: " + bad + " of " + limits.size() + " deserve a change on a server";
    }

    private void section(String title, Object lines) {
        titled(title, lines);
        out.println();
    }

    private void titled(String title, Object lines) {
        out.println(ansi.string("@|bold " + title + "|@"));
        out.print(lines);
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
