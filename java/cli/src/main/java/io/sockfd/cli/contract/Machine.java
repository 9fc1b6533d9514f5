package io.sockfd.cli.contract;

import io.sockfd.cli.contract.Outcome.Kind;
import io.sockfd.cli.contract.Step.How;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.raw.Backend;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.lang.ref.Reference;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs rows on one backend, the chosen one or another. */
public final class Machine {
    /** "until" gives up here: nothing takes that much. */
    private static final int REPEATS = 1_000_000;

    private final Libc libc;

    public Machine(Backend backend) {
        this.libc = backend.libc();
    }

    /** Everything that the row opened is closed when this returns. */
    public Outcome run(Row row) {
        String unmet = row.needs().unmet(libc);
        if (unmet != null) {
            return new Outcome(row, row.needs().absent() ? Kind.LEFT_OUT : Kind.SKIPPED, unmet);
        }
        Run run = new Run(row);
        try {
            return run.excused(run.outcome());
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            return run.excused(new Outcome(row, Kind.FAILED, String.valueOf(e.getMessage())));
        } finally {
            run.owned.forEach(libc::close);
            Reference.reachabilityFence(run);
        }
    }

    private final class Run {
        private final Row row;
        private final Scope scope = new Scope();
        private final Set<Integer> owned = new LinkedHashSet<>();
        private long last;
        /** The first call that was answered as filters of system calls answer, with the errno. */
        private @Nullable String refused;

        Run(Row row) {
            this.row = row;
        }

        Outcome outcome() {
            int remaining = row.steps().size();
            for (Step step : row.steps()) {
                remaining--;
                last = step.isCall() ? call(step) : step.arguments().get(0).value(scope);
                boolean asFiltersSay = last == -Linux.EPERM || last == -Linux.ENOSYS;
                if (step.isCall() && asFiltersSay && refused == null) {
                    refused = step.call() + " is refused by a filter of system calls: "
                            + Constants.result(last).substring(1);
                }
                String missing = missingFunction(step);
                if (missing != null) {
                    return new Outcome(row, Kind.SKIPPED, missing);
                }
                if (!step.result().isEmpty()) {
                    scope.set(step.result(), last);
                }
                if (step.owned() && last >= 0) {
                    owned.add((int) last);
                }
                if (last < 0 && remaining > 0 && step.mustSucceed()) {
                    return new Outcome(row, Kind.FAILED, step.call() + ": " + Constants.result(last));
                }
            }
            String shown = row.expected().show(last, scope);
            return new Outcome(row, row.expected().accepts(shown) ? Kind.PASSED : Kind.FAILED, shown);
        }

        /**
         * A row that failed, or one that could not run because a filter refused what it calls, as those of containers do. Such
         * a filter answers before the kernel looks at the arguments: all that the row expects is then of no account.
         */
        Outcome excused(Outcome outcome) {
            String reason = refused;
            boolean excuse = outcome.kind() == Kind.FAILED && reason != null && isFiltered();
            return excuse ? new Outcome(row, Kind.SKIPPED, String.valueOf(reason)) : outcome;
        }

        /** Whether this thread has a filter, seccomp(2). */
        private static boolean isFiltered() {
            return Proc.self()
                    .field("thread-self/status", "Seccomp")
                    .filter(Integer.toString(Linux.SECCOMP_MODE_FILTER)::equals)
                    .isPresent();
        }

        private long call(Step step) {
            long[] arguments = step.arguments().stream()
                    .mapToLong(argument -> argument.value(scope))
                    .toArray();
            long start = System.nanoTime();
            long result = Calls.invoke(libc, scope, step.call(), arguments);
            for (int i = 0; step.how() == How.UNTIL && result >= 0; i++) {
                if (i == REPEATS) {
                    throw new IllegalStateException(step.call() + " never fails");
                }
                result = Calls.invoke(libc, scope, step.call(), arguments);
            }
            scope.elapsed(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            if (step.call().equals("close") && result == 0) {
                owned.remove((int) arguments[0]);
            }
            return result;
        }

        private @Nullable String missingFunction(Step step) {
            boolean missing = last == -Linux.ENOSYS && row.needs().libc(step.call());
            return missing ? step.call() + " is not in this libc" : null;
        }
    }
}
