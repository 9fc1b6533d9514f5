package io.sockfd.inject;

import io.sockfd.netlink.RtNetlink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Programs with failures, one after the other in one JVM. Each is announced by a line before, so that who waits for this
 * process knows what hangs; the last lines are the counts. Ends by itself, with status 2, when a run takes too long.
 *
 * <p>Arguments: {@code all} or the number of errors for each call and place, the number of runs to leave out, the programs.
 */
final class InjectChild {
    private static final long TOO_LONG_NS = TimeUnit.SECONDS.toNanos(60);
    static final int HANGS = 2;

    private static volatile long started = System.nanoTime();
    private static volatile String current = "";

    private InjectChild() {}

    public static void main(String[] args) throws Exception {
        boolean all = args[0].equals("all");
        int errors = all ? Integer.MAX_VALUE : Integer.parseInt(args[0]);
        int skipped = Integer.parseInt(args[1]);
        List<String> names = List.of(args).subList(2, args.length);
        watch();
        loopbackUp();
        Trial trial = new Trial();
        int index = 0;
        for (String name : names) {
            Program program = Objects.requireNonNull(Programs.all().get(name), name);
            announce(name + " without a failure");
            Map<String, Integer> counts;
            try {
                trial.dryRun(program);
                counts = trial.dryRun(program); // the first one makes what is made once
            } catch (Trial.Failed e) {
                say(isMissing(e) ? "SKIP " + name + " " + e.getMessage() : "FAULT " + name + ": " + trace(e));
                continue;
            }
            for (FailingLibc.Rule rule : skipped == 0 ? Rules.of(name) : List.<FailingLibc.Rule>of()) {
                announce(name + " under a rule");
                try {
                    trial.under(program, rule);
                    say("UNNOTICED");
                } catch (Trial.Failed e) {
                    say("FAULT " + name + " under rule " + Rules.of(name).indexOf(rule) + ": " + trace(e));
                }
            }
            for (Injection injection : injections(name, counts, all, errors)) {
                if (index++ < skipped) {
                    continue;
                }
                announce(injection.toString());
                say("RUN " + index + " " + injection);
                try {
                    Trial.End end = trial.run(program, injection);
                    trial.dryRun(program);
                    say("END " + end);
                } catch (Trial.Failed e) {
                    say("FAULT " + injection + ": " + trace(e));
                    if (e.isLasting()) {
                        Runtime.getRuntime().halt(HANGS);
                    }
                } catch (Throwable e) { // threads that still wait: what follows would only suffer from it
                    say("FAULT " + injection + ": " + trace(e));
                    Runtime.getRuntime().halt(HANGS);
                }
            }
            for (String call : counts.keySet()) {
                if (!Errnos.isKnown(call) && !hasKinds(call, counts)) {
                    say("FAULT " + name + " calls " + call + ", which has no line in errnos.txt");
                }
            }
        }
        say("END");
        System.exit(0); // the watch and the poller go on otherwise
    }

    private static List<Injection> injections(String program, Map<String, Integer> counts, boolean all, int errors) {
        List<Injection> injections = new ArrayList<>();
        int turn = program.hashCode() & 0xff;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            if (hasKinds(entry.getKey(), counts)) {
                continue;
            }
            List<Errnos.Case> cases = Errnos.of(entry.getKey());
            int last = entry.getValue();
            for (int nth = 1; nth <= last; nth++) {
                if (!all && nth > 1 && nth < last) {
                    continue;
                }
                for (int i = 0; i < Math.min(errors, cases.size()); i++) {
                    Errnos.Case error = cases.get(all ? i : turn++ % cases.size());
                    injections.add(new Injection(program, entry.getKey(), nth, error));
                }
            }
        }
        return injections;
    }

    private static boolean hasKinds(String call, Map<String, Integer> counts) {
        return counts.keySet().stream().anyMatch(other -> other.startsWith(call + "/"));
    }

    /** Whether it fails since this process may not do it, or this kernel cannot. */
    private static boolean isMissing(Trial.Failed failed) {
        String text = String.valueOf(failed.getMessage());
        return List.of("EPERM", "EACCES", "/dev/net/tun", "no virtual threads", "ENODEV", "EAFNOSUPPORT").stream()
                .anyMatch(text::contains);
    }

    private static void loopbackUp() {
        try (RtNetlink rt = RtNetlink.open()) {
            if (!rt.link("lo").isUp()) {
                rt.setUp(rt.link("lo").index());
            }
        } catch (IOException e) {
            say("SKIP loopback " + e);
        }
    }

    private static void announce(String what) {
        current = what;
        started = System.nanoTime();
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void watch() {
        Thread watch = new Thread(
                () -> {
                    while (true) {
                        try {
                            TimeUnit.MILLISECONDS.sleep(200);
                        } catch (InterruptedException e) {
                            return;
                        }
                        if (System.nanoTime() - started > TOO_LONG_NS) {
                            StringBuilder text = new StringBuilder("FAULT " + current + ": hangs\n");
                            Thread.getAllStackTraces().forEach((thread, frames) -> {
                                text.append(thread).append('\n');
                                for (StackTraceElement frame : frames) {
                                    text.append("    ").append(frame).append('\n');
                                }
                            });
                            say(text.toString());
                            Runtime.getRuntime().halt(HANGS);
                        }
                    }
                },
                "watch");
        watch.setDaemon(true);
        watch.start();
    }
}
