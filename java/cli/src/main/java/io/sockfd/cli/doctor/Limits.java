package io.sockfd.cli.doctor;

import io.sockfd.cli.doctor.Report.Limit;
import io.sockfd.cli.kernel.Proc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits that bite servers. What is wanted is what a server with some thousand connections needs. */
final class Limits {
    private static final long FILES = 65_536;
    private static final long BUFFER = 4 << 20;
    private static final long PORTS = 20_000;

    private final Proc proc;
    private final List<Limit> limits = new ArrayList<>();

    private Limits(Proc proc) {
        this.proc = proc;
    }

    static List<Limit> of(Proc proc) {
        Limits found = new Limits(proc);
        found.openFiles();
        found.atLeast("net.core.somaxconn", 1024, "caps the backlog of listen(2); beyond it connections are dropped");
        found.atLeast("net.ipv4.tcp_max_syn_backlog", 1024, "half-open connections per listener");
        found.atLeast(
                "net.core.netdev_max_backlog", 1000, "packets that wait for a processor; beyond it they are lost");
        found.atLeast("net.core.rmem_max", BUFFER, "caps SO_RCVBUF; fast UDP loses datagrams with less");
        found.atLeast("net.core.wmem_max", BUFFER, "caps SO_SNDBUF");
        found.largest("net.ipv4.tcp_rmem", "a TCP connection's receive window grows to this");
        found.largest("net.ipv4.tcp_wmem", "a TCP connection's send buffer grows to this");
        found.ports();
        found.atMost("net.ipv4.tcp_fin_timeout", 60, "seconds an orphaned connection stays in FIN_WAIT2");
        found.atLeast("net.ipv4.tcp_tw_reuse", 1, "clients may reuse ports in TIME_WAIT (1 all, 2 loopback, 0 none)");
        found.atLeast("net.ipv4.tcp_syncookies", 1, "keeps a listener reachable under a flood of SYNs");
        found.atMost("net.ipv4.tcp_keepalive_time", 1800, "seconds of silence before the first keepalive probe");
        found.atMost("net.ipv4.tcp_keepalive_intvl", 75, "seconds between keepalive probes");
        found.atMost("net.ipv4.tcp_keepalive_probes", 9, "unanswered probes before the connection is given up");
        return List.copyOf(found.limits);
    }

    private void openFiles() {
        // Max open files            1024                 1048576              files
        String[] columns = proc.lines("self/limits").stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.substring("Max open files".length()).strip().split("\\s+"))
                .findFirst()
                .orElseGet(() -> new String[0]);
        String soft = columns.length > 0 ? columns[0] : null;
        String hard = columns.length > 1 ? columns[1] : null;
        String why = "each socket is one; more give EMFILE (java raises its own soft limit to the hard one)";
        add("open files (soft)", soft, count(soft), FILES, Long.MAX_VALUE, why, "ulimit -n " + FILES);
        add(
                "open files (hard)",
                hard,
                count(hard),
                FILES,
                Long.MAX_VALUE,
                "the most that the soft limit can be raised to",
                "echo '* hard nofile " + FILES + "' >> /etc/security/limits.conf");
    }

    private void atLeast(String name, long wanted, String why) {
        String value = proc.sysctl(name).orElse(null);
        add(name, value, count(value), wanted, Long.MAX_VALUE, why, "sysctl -w " + name + "=" + wanted);
    }

    private void atMost(String name, long wanted, String why) {
        String value = proc.sysctl(name).orElse(null);
        add(name, value, count(value), Long.MIN_VALUE, wanted, why, "sysctl -w " + name + "=" + wanted);
    }

    /** Three numbers: least, default, most. */
    private void largest(String name, String why) {
        Optional<String[]> words =
                proc.sysctl(name).map(line -> line.split("\\s+")).filter(w -> w.length == 3);
        String value = words.map(w -> String.join(" ", w)).orElse(null);
        Long most = words.map(w -> count(w[2])).orElse(null);
        String remedy = words.map(w -> "sysctl -w " + name + "=\"" + w[0] + " " + w[1] + " " + BUFFER + "\"")
                .orElse("");
        add(name, value, most, BUFFER, Long.MAX_VALUE, why, remedy);
    }

    private void ports() {
        String name = "net.ipv4.ip_local_port_range";
        Optional<String[]> words =
                proc.sysctl(name).map(line -> line.split("\\s+")).filter(w -> w.length == 2);
        Long first = words.map(w -> count(w[0])).orElse(null);
        Long last = words.map(w -> count(w[1])).orElse(null);
        add(
                name,
                words.map(w -> String.join(" ", w)).orElse(null),
                first == null || last == null ? null : last - first + 1,
                PORTS,
                Long.MAX_VALUE,
                "ports for outgoing connections to one address",
                "sysctl -w " + name + "=\"16384 65535\"");
    }

    private void add(
            String name,
            @Nullable String text,
            @Nullable Long value,
            long least,
            long most,
            String why,
            String remedy) {
        String wanted = least == Long.MIN_VALUE ? "at most " + most : "at least " + least;
        String state = value == null ? "unknown" : value < least ? "low" : value > most ? "high" : "ok";
        boolean bad = state.equals("low") || state.equals("high");
        limits.add(new Limit(name, text, state, wanted, why, bad ? remedy : null));
    }

    /** A count as the kernel prints it, null when it is none. */
    private static @Nullable Long count(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.toLowerCase(Locale.ROOT).equals("unlimited")) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
