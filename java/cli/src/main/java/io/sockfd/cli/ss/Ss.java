package io.sockfd.cli.ss;

import io.sockfd.cli.FailedException;
import io.sockfd.cli.Interruption;
import io.sockfd.cli.Json;
import io.sockfd.cli.Output;
import io.sockfd.cli.Printable;
import io.sockfd.cli.Screen;
import io.sockfd.cli.UsageException;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.netns.NetworkNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  state NAME, exclude NAME   first: established, listening, time-wait, all …",
            "  src HOST, dst HOST         10.0.0.0/8, 127.0.0.1:80, [::1]:http, *:53, a name,",
            "                             unix:/run/*, link:arp:eth0, netlink:rtnl:1234,",
            "                             vsock:2:1024",
            "  sport OP PORT, dport …     = != < > <= >=, a number or a service",
            "  dev NAME, fwmark MARK[/MASK], cgroup PATH, autobound",
            "  joined by and, or, not and ( )",
            "",
            "Examples:",
            "  sockfd ss -tlnp",
            "  sockfd ss -tn state established '( dport = :443 or dport = :80 )'",
            "  sockfd ss -ti dst 192.0.2.0/24",
            "  sockfd ss -xa --json | jq '.[] | select(.state == \"LISTEN\") | .local.name'",
            "  sockfd ss -tan --watch 1 not src 127.0.0.1",
            "  sockfd ss --by-process",
            "  sockfd ss -K dst 192.0.2.7",
            "",
            "Otherwise than ss(8):",
            "  A socket in several netlink groups is one line.",
            "  A name or glob of a UNIX socket needs no unix: before it when only UNIX",
            "  sockets are chosen, and never when it begins with / or @.",
            "  -A packet_raw beside others leaves packet_dgram out. cgroup / is the root.",
            "  -e tells the inode of raw sockets also where only /proc lists them.",
            "  Wrong usage ends with status 2, a kernel's refusal with 1.",
            "  -D and --tipcinfo are missing."
        })
public final class Ss implements Callable<Integer> {
    private static final int MILLIS = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Kinds kinds = new Kinds();

    @Mixin
    private Show show = new Show();

    @Option(
            names = {"-l", "--listening"},
            description = "Show those that listen or are not connected.")
    private boolean listening;

    @Option(
            names = {"-a", "--all"},
            description = "Show those in all states.")
    private boolean all;

    @Option(
            names = {"-s", "--summary"},
            description = "Show counts; with options that choose sockets, before the list.")
    private boolean summary;

    @Option(
            names = {"-H", "--no-header"},
            description = "Leave the first line out.")
    private boolean noHeader;

    @Option(
            names = {"-K", "--kill"},
            description = "End the Internet sockets that are chosen, and show those that ended. Needs CAP_NET_ADMIN.")
    private boolean kill;

    @Option(
            names = {"-E", "--events"},
            description = "Show TCP and UDP sockets as they end, until Ctrl-C. Needs CAP_NET_ADMIN.")
    private boolean events;

    @Option(
            names = {"-N", "--net"},
            paramLabel = "NAME",
            description = "Show the sockets of another network namespace, as ip netns names it.")
    private @Nullable String namespace;

    @Option(
            names = {"-F", "--filter"},
            paramLabel = "FILE",
            description = "Read the filter from a file.")
    private @Nullable Path filterFile;

    @Option(names = "--by-process", description = "Show processes by the number of their sockets.")
    private boolean byProcess;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Show it again and again: in place on a terminal, else one list below the other.")
    private double watch = Double.NaN;

    @Parameters(paramLabel = "FILTER", description = "Show only those that match; see below.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (namespace == null) {
            return list();
        }
        try (NetworkNamespace other = NetworkNamespace.named(namespace)) {
            return other.call(this::listThere);
        } catch (IllegalArgumentException e) {
            throw new UsageException("-N: " + e.getMessage());
        }
    }

    private int listThere() throws IOException {
        try {
            return list();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Interruption.STATUS;
        }
    }

    private int list() throws IOException, InterruptedException {
        if (watch <= 0 || watch > Integer.MAX_VALUE) {
            throw new UsageException("--watch " + watch + ": seconds, more than 0");
        }
        Names names = new Names(show.numeric(), show.resolve(), Proc.self());
        Selection selection;
        Filter filter;
        try {
            Deque<String> rest = new ArrayDeque<>(filterFile == null ? words : wordsOf(filterFile));
            selection = Selection.of(kinds.tables(), kinds.ipv4(), kinds.ipv6(), states(rest));
            filter = FilterParser.parse(List.copyOf(rest), names, selection.onlyUnix());
        } catch (FailedException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (events) {
            return watchEvents(selection, filter, names);
        }
        Listing listing = new Listing(selection, filter, show.extensions());
        boolean onlySummary = summary && words.isEmpty() && kinds.none() && !all && !listening;
        PrintWriter out = spec.commandLine().getOut();
        Screen screen = new Screen(out);
        do {
            StringBuilder text = new StringBuilder();
            if (summary) {
                Summary counts = new Summary(Proc.self());
                text.append(json ? Json.line(counts.counts()) + "\n" : counts);
            }
            int head = (int) text.chars().filter(c -> c == '\n').count() + (noHeader || json ? 0 : 1);
            if (!onlySummary) {
                text.append(Printable.lines(list(kill ? listing.kill() : listing.read(), selection, names)));
            }
            if (!Double.isNaN(watch) && screen.isTerminal() && !json) {
                List<String> lines = text.toString().lines().toList();
                int first = Math.min(head, lines.size());
                screen.show(lines.subList(0, first), lines.subList(first, lines.size()));
            } else {
                out.print(text);
            }
            Output.finish(out);
            if (!Double.isNaN(watch)) {
                Thread.sleep((long) (watch * MILLIS));
            }
        } while (!Double.isNaN(watch));
        return 0;
    }

    private int watchEvents(Selection selection, Filter filter, Names names) throws IOException {
        Output out = new Output(spec);
        try (Interruption interruption = new Interruption()) {
            if (!noHeader && !json) {
                out.print(new TextListing(selection, show, names).header().toString());
            }
            new Events(selection, filter)
                    .run(
                            interruption,
                            entry -> out.print(event(entry, selection, names)),
                            note -> Output.note(spec, "sockfd: " + note));
        }
        return Interruption.STATUS;
    }

    private String event(Entry entry, Selection selection, Names names) {
        try {
            Processes nobody = new Processes();
            return json
                    ? new JsonListing(show, names).of(List.of(entry), nobody) + "\n"
                    : new TextListing(selection, show, names).add(entry, nobody).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> wordsOf(Path file) throws IOException {
        try {
            return List.of(Files.readString(file).strip().split("\\s+"));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new FailedException("-F " + file + ": there is no such file");
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

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private String list(List<Entry> entries, Selection selection, Names names) throws IOException {
        Processes users = show.processes() || byProcess
                ? Processes.read(Path.of("/proc"), show.threads() && !byProcess, show.contexts())
                : new Processes();
        String text;
        if (byProcess) {
            ByProcess table = new ByProcess(entries, users);
            text = json ? table.json() + "\n" : table.text(!noHeader);
        } else if (json) {
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
