package io.sockfd.cli.ss;

import io.sockfd.cli.kernel.Proc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts by {@code /proc/thread-self/net/sockstat}, of this network namespace: ss -s. */
final class Summary {
    private final Proc proc;

    Summary(Proc proc) {
        this.proc = proc;
    }

    /** What is counted, by name. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("total", value("sockstat", "sockets", "used"));
        long listed = value("sockstat", "TCP", "inuse") + value("sockstat6", "TCP6", "inuse");
        long timewait = value("sockstat", "TCP", "tw");
        long all = value("sockstat", "TCP", "alloc") + timewait;
        counts.put("tcp", all);
        counts.put("tcpEstablished", established());
        counts.put("tcpClosed", Math.max(0, all - listed));
        counts.put("tcpOrphaned", value("sockstat", "TCP", "orphan"));
        counts.put("tcpTimewait", timewait);
        for (String name : List.of("RAW", "UDP", "TCP", "FRAG")) {
            counts.put(name + "4", value("sockstat", name, "inuse"));
            counts.put(name + "6", value("sockstat6", name + "6", "inuse"));
        }
        return counts;
    }

    private long value(String file, String line, String key) {
        String[] words = proc.field("thread-self/net/" + file, line).orElse("").split(" ", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equals(key)) {
                return Long.parseLong(words[i + 1]);
            }
        }
        return 0;
    }

    /** {@code CurrEstab} in two lines of names and values. */
    private long established() {
        List<String> tcp = proc.lines("thread-self/net/snmp").stream()
                .filter(line -> line.startsWith("Tcp:"))
                .toList();
        if (tcp.size() < 2) {
            return 0;
        }
        int at = List.of(tcp.get(0).split(" ", -1)).indexOf("CurrEstab");
        return at < 0 ? 0 : Long.parseLong(tcp.get(1).split(" ", -1)[at]);
    }

    @Override
    public String toString() {
        Map<String, Long> c = counts();
        StringBuilder text = new StringBuilder();
        text.append("Total: ").append(c.get("total")).append('\n');
        text.append("TCP:   ").append(c.get("tcp"));
        text.append(" (estab ").append(c.get("tcpEstablished"));
        text.append(", closed ").append(c.get("tcpClosed"));
        text.append(", orphaned ").append(c.get("tcpOrphaned"));
        text.append(", timewait ").append(c.get("tcpTimewait")).append(")\n\n");
        text.append(line("Transport", "Total", "IP", "IPv6"));
        long four = 0;
        long six = 0;
        for (String name : List.of("RAW", "UDP", "TCP")) {
            four += c.getOrDefault(name + "4", 0L);
            six += c.getOrDefault(name + "6", 0L);
            text.append(line(name, c.getOrDefault(name + "4", 0L), c.getOrDefault(name + "6", 0L)));
        }
        text.append(line("INET", four, six));
        return text.append(line("FRAG", c.getOrDefault("FRAG4", 0L), c.getOrDefault("FRAG6", 0L)))
                .append('\n')
                .toString();
    }

    private static String line(String name, long four, long six) {
        return line(name, Long.toString(four + six), Long.toString(four), Long.toString(six));
    }

    private static String line(String name, String total, String four, String six) {
        return String.format(Locale.ROOT, "%-9s %-9s %-9s %s%n", name, total, four, six);
    }
}
