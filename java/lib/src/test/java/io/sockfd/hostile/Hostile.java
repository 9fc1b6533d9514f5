package io.sockfd.hostile;

import io.sockfd.raw.Memory;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/** Runs programs one after the other, says which has begun before it begins, and how it ended. */
final class Hostile {
    static final String BEGIN = "begin ";
    static final String SURVIVED = "survived ";
    static final String IMPOSSIBLE = "impossible ";
    static final String FAILED = "failed ";

    /** The control: a program of the raw layer, which may crash. */
    static final Program CRASH =
            Program.of("a crash", () -> Memory.wrap(Long.BYTES, 1).put(0, (byte) 1));

    private Hostile() {}

    static List<Program> all() {
        List<Program> all = new ArrayList<>();
        all.addAll(ArenaPrograms.all());
        all.addAll(RacePrograms.all());
        all.addAll(RingPrograms.all());
        all.addAll(OptionPrograms.all());
        all.addAll(LifetimePrograms.all());
        all.addAll(UringPrograms.all());
        all.addAll(XdpPrograms.all());
        all.addAll(EbpfPrograms.all());
        return all;
    }

    /** Those that are not among the arguments; with the argument of the control only that. */
    public static void main(String[] arguments) {
        Set<String> done = Set.of(arguments);
        List<Program> programs = done.contains(CRASH.name()) ? List.of(CRASH) : all();
        PrintStream out = System.out;
        for (Program program : programs) {
            if (programs.size() > 1 && done.contains(program.name())) {
                continue;
            }
            if (!program.isPossible()) {
                out.println(IMPOSSIBLE + program.name() + ": needs " + program.needs());
                continue;
            }
            out.println(BEGIN + program.name());
            try {
                program.body().run();
                out.println(SURVIVED + program.name());
            } catch (TestAbortedException e) {
                out.println(IMPOSSIBLE + program.name() + ": needs what is not here: " + e.getMessage());
            } catch (Throwable t) {
                out.println(FAILED + program.name() + ": " + t);
                t.printStackTrace(out);
            }
        }
    }
}
