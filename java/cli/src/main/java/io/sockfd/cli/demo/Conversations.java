package io.sockfd.cli.demo;

import io.sockfd.cli.demo.Scenario.Outcome;
import io.sockfd.raw.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Holds all conversations on one backend, with a line for each. */
final class Conversations {
    private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

    static {
        ALL.put("TCP echo by epoll", EpollEcho::run);
        ALL.put("UDP both ways", UdpEcho::run);
        ALL.put("UNIX stream pair", UnixPairs::stream);
        ALL.put("UNIX seqpacket pair", UnixPairs::seqpacket);
        ALL.put("ICMP echo", IcmpEcho::run);
    }

    private final Ansi ansi;
    private final PrintWriter out;

    Conversations(Ansi ansi, PrintWriter out) {
        this.ansi = ansi;
        this.out = out;
    }

    /** True when none failed. */
    boolean hold(Backend backend) {
        boolean good = true;
        for (Map.Entry<String, Scenario> entry : ALL.entrySet()) {
            good &= hold(backend, entry.getKey(), entry.getValue());
        }
        return good;
    }

    private boolean hold(Backend backend, String name, Scenario scenario) {
        try {
            // the first time loads classes and binds functions, which would be all that the time says
            scenario.run();
            Outcome outcome = scenario.run();
            if (outcome.wasSkipped()) {
                line("@|yellow skip|@", backend.name(), name, "", outcome.skipped());
            } else {
                String micros = String.format(Locale.ROOT, "%.0f us", outcome.nanos() / 1e3);
                line("@|green ok|@  ", backend.name(), name, micros, outcome.sent() + " -> " + outcome.received());
            }
            return true;
        } catch (IOException | RuntimeException e) {
            line("@|red FAIL|@", backend.name(), name, "", String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** A backend that is not there. */
    void skip(String backend, String why) {
        line("@|yellow skip|@", backend, "", "", why);
    }

    private void line(String state, String backend, String name, String time, String text) {
        out.println(ansi.string(state)
                + String.format(Locale.ROOT, "  %-4s %-20s %9s  ", backend, name, time)
                        .replaceAll(" +$", "  ")
                + text);
        out.flush();
    }
}
