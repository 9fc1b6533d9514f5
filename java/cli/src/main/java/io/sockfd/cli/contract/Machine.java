package io.sockfd.cli.contract;

import io.sockfd.cli.contract.Outcome.Kind;
import io.sockfd.cli.contract.Step.How;
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
            return run.outcome();
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            return new Outcome(row, Kind.FAILED, String.valueOf(e.getMessage()));
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

        Run(Row row) {
            this.row = row;
        }

        Outcome outcome() {
            int remaining = row.steps().size();
            for (Step step : row.steps()) {
                remaining--;
                last = step.isCall() ? call(step) : step.arguments().get(0).value(scope);
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
