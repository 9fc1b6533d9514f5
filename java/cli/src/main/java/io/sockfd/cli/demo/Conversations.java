package io.sockfd.cli.demo;

import io.sockfd.cli.demo.Scenario.Outcome;
import io.sockfd.event.Engine;
import io.sockfd.raw.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Holds all conversations on one backend, with a line for each. */
final class Conversations {
    private final Map<String, Scenario> all = new LinkedHashMap<>();
    private final Ansi ansi;
    private final PrintWriter out;

    /** All of them; the server of the first one on this engine. */
    Conversations(Engine engine, Ansi ansi, PrintWriter out) {
        this.ansi = ansi;
        this.out = out;
        all.put("TCP echo by " + engine, () -> TcpEcho.run(engine));
        all.put("UDP both ways", UdpEcho::run);
        all.put("UNIX stream pair", UnixPairs::stream);
        all.put("UNIX seqpacket pair", UnixPairs::seqpacket);
        all.put("ICMP echo", IcmpEcho::run);
    }

    /** True when none failed. */
    boolean hold(Backend backend) {
        boolean good = true;
        for (Map.Entry<String, Scenario> entry : all.entrySet()) {
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
