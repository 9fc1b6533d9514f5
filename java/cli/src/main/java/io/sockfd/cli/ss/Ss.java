package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Printable;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.raw.Linux;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd ss}. */
@Command(
        name = "ss",
        description = {
            "Lists the sockets of this network namespace, of all processes, as the kernel tells them by sock_diag(7). "
                    + "Without options: those that are connected.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nFilters:%n",
        footer = {
            "  state NAME, exclude NAME   established, listening, time-wait, connected, all …; first",
            "  src HOST, dst HOST         10.0.0.0/8, 127.0.0.1:80, [::1]:http, *:53, a name, unix:/run/*",
            "  sport OP PORT, dport …     = != < > <= >=, a number or a service",
            "  dev NAME, fwmark MARK[/MASK], autobound",
            "  joined by and, or, not and ( )",
            "",
            "Examples:",
            "  sockfd ss -tlnp",
            "  sockfd ss -tn state established '( dport = :443 or dport = :80 )'",
            "  sockfd ss -ti dst 192.0.2.0/24",
            "  sockfd ss -xa --json | jq '.[] | select(.state == \"LISTEN\") | .local.name'",
            "  sockfd ss -tan --watch 1 not src 127.0.0.1"
        })
public final class Ss implements Callable<Integer> {
    private static final String REDRAW = "\033[H\033[2J";
    private static final int MILLIS = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-l", "--listening"},
            description = "Those that listen or are not connected.")
    private boolean listening;

    @Option(
            names = {"-a", "--all"},
            description = "In all states.")
    private boolean all;

    @Option(
            names = {"-t", "--tcp"},
            description = "TCP.")
    private boolean tcp;

    @Option(
            names = {"-M", "--mptcp"},
            description = "Multipath TCP.")
    private boolean mptcp;

    @Option(
            names = {"-u", "--udp"},
            description = "UDP.")
    private boolean udp;

    @Option(
            names = {"-w", "--raw"},
            description = "Raw.")
    private boolean raw;

    @Option(
            names = {"-x", "--unix"},
            description = "UNIX.")
    private boolean unix;

    @Option(
            names = {"-0", "--packet"},
            description = "Packet.")
    private boolean packet;

    @Option(names = "--netlink", description = "Netlink.")
    private boolean netlink;

    @Option(
            names = {"-4", "--ipv4"},
            description = "IPv4.")
    private boolean ipv4;

    @Option(
            names = {"-6", "--ipv6"},
            description = "IPv6.")
    private boolean ipv6;

    @Option(
            names = {"-n", "--numeric"},
            description = "Numbers instead of the names of services.")
    private boolean numeric;

    @Option(
            names = {"-p", "--processes"},
            description = "Who has it open.")
    private boolean processes;

    @Option(
            names = {"-i", "--info"},
            description = "What TCP knows of the connection.")
    private boolean info;

    @Option(
            names = {"-m", "--memory"},
            description = "Its memory.")
    private boolean memory;

    @Option(
            names = {"-o", "--options"},
            description = "Its timer.")
    private boolean timers;

    @Option(
            names = {"-e", "--extended"},
            description = "User, inode, cookie and more.")
    private boolean extended;

    @Option(
            names = {"-s", "--summary"},
            description = "Counts; with options that choose sockets, before the list.")
    private boolean summary;

    @Option(
            names = {"-H", "--no-header"},
            description = "Without the first line.")
    private boolean noHeader;

    @Option(names = "--json", description = "One line of JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Again and again: in place on a terminal, else one list below the other.")
    private double watch = Double.NaN;

    @Parameters(paramLabel = "FILTER", description = "Which of them; see below.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (watch <= 0 || watch > Integer.MAX_VALUE) {
            throw new ParameterException(spec.commandLine(), "--watch " + watch + ": seconds, more than 0");
        }
        Names names = new Names(numeric, Proc.self());
        Deque<String> rest = new ArrayDeque<>(words);
        Selection selection;
        Filter filter;
        try {
            selection = Selection.of(tables(), ipv4, ipv6, states(rest));
            filter = FilterParser.parse(List.copyOf(rest), names);
        } catch (FailedException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Show show = new Show(numeric, timers || extended, extended, memory, info, processes);
        Listing listing = new Listing(selection, filter, extensions());
        boolean onlySummary = summary && words.isEmpty() && tables().isEmpty() && !ipv4 && !ipv6 && !all && !listening;
        boolean terminal = Ansi.AUTO.enabled();
        PrintWriter out = spec.commandLine().getOut();
        do {
            StringBuilder text = new StringBuilder(Double.isNaN(watch) || json || !terminal ? "" : REDRAW);
            if (summary) {
                Summary counts = new Summary(Proc.self());
                text.append(json ? Json.line(counts.counts()) + "\n" : counts);
            }
            if (!onlySummary) {
                text.append(Printable.lines(list(listing.read(), selection, show, names)));
            }
            out.print(text);
            out.flush();
            if (out.checkError() || System.out.checkError()) {
                throw new FailedException("the output could not be written: its reader is gone, or its disk is full");
            }
            if (!Double.isNaN(watch)) {
                Thread.sleep((long) (watch * MILLIS));
            }
        } while (!Double.isNaN(watch));
        return 0;
    }

    private Set<SocketTable> tables() {
        Set<SocketTable> tables = EnumSet.noneOf(SocketTable.class);
        add(tables, netlink, SocketTable.NETLINK);
        add(tables, packet, SocketTable.PACKET);
        add(tables, unix, SocketTable.UNIX);
        add(tables, raw, SocketTable.RAW);
        add(tables, udp, SocketTable.UDP);
        add(tables, tcp, SocketTable.TCP);
        add(tables, mptcp, SocketTable.MPTCP);
        return tables;
    }

    private static void add(Set<SocketTable> tables, boolean wanted, SocketTable table) {
        if (wanted) {
            tables.add(table);
        }
    }

    /** Takes the states from the front of the filter; 0 for those that are usual. */
    private int states(Deque<String> rest) {
        int states = all ? States.ALL : listening ? States.LISTENING : 0;
        boolean named = false;
        while ("state".equals(rest.peek()) || "exclude".equals(rest.peek())) {
            boolean exclude = rest.remove().equals("exclude");
            if (rest.isEmpty()) {
                throw new FailedException("expected the name of a state at the end of the filter");
            }
            int mask = States.parse(rest.remove());
            if (exclude) {
                states = (named ? states : States.ALL) & ~mask;
            } else {
                states = (named ? states : 0) | mask;
            }
            named = true;
        }
        if (named && states == 0) {
            throw new FailedException("no state is left to show: exclude fewer");
        }
        return states;
    }

    private int extensions() {
        int mask = 0;
        if (memory) {
            mask |= extension(Linux.INET_DIAG_SKMEMINFO);
        }
        if (info) {
            mask |= extension(Linux.INET_DIAG_INFO)
                    | extension(Linux.INET_DIAG_VEGASINFO)
                    | extension(Linux.INET_DIAG_CONG);
        }
        return mask;
    }

    private static int extension(int type) {
        return 1 << (type - 1);
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private String list(List<Entry> entries, Selection selection, Show show, Names names) throws IOException {
        Processes users = processes ? Processes.read(Path.of("/proc")) : new Processes();
        String text;
        if (json) {
            text = new JsonListing(show, names).of(entries, users) + "\n";
        } else {
            TextListing lines = new TextListing(selection, show, names);
            if (!noHeader) {
                lines.header();
            }
            for (Entry entry : entries) {
                lines.add(entry, users);
            }
            text = lines.toString();
        }
        if (users.denied() > 0) {
            Output.note(
                    spec,
                    "sockfd: " + users.denied()
                            + (users.denied() == 1 ? " process of others" : " processes of others")
                            + " may not be looked into: "
                            + (isRoot() ? "CAP_SYS_PTRACE is missing" : "run as root")
                            + " to see who has their sockets");
        }
        return text;
    }
}
