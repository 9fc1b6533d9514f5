package io.sockfd.benchmarks.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What our own operations cost does not grow. Renew with {@link Count} what has changed for a good reason. Each kind of cost is
 * counted in children of its own, all at the same time.
 */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class BudgetsIT {
    /** The other backends run the same Java code: what they cost is in the tables, but not counted every time. */
    private static final List<Who> OURS = List.of(Who.SOCKFD, Who.SOCKFD_URING, Who.FFM);

    private static final Row MEASURED = Operations.row("unix/64");
    private static final double MORE_CALLS = 0.005; // the tables are rounded
    private static final double MORE_BYTES = 0.06;
    private static final double MORE_INSTRUCTIONS = 1.05;
    private static final double LENIENCE = 1.03; // of what is not nothing: now and then a call has to wait

    private static final List<Row> ROWS =
            Operations.all().stream().filter(Count::isPlain).toList();
    private static Budgets budgets = new Budgets();

    @BeforeAll
    static void read() throws Exception {
        budgets = Budgets.read(Path.of(System.getProperty("sockfd.budgets", "budgets")));
    }

    private static void assumeNo(Optional<String> obstacle) {
        assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    }

    private static void compare(
            List<String> complaints,
            Subject subject,
            String what,
            @Nullable Double now,
            @Nullable Double budget,
            double tolerance) {
        if (budget == null) {
            complaints.add(subject + ": " + what + " have no budget yet: ./sockfd bench --count --renew-budgets");
        } else if (now == null) {
            System.out.println(subject + ": takes no part here, for want of a privilege perhaps");
        } else if (now > budget * LENIENCE + tolerance) {
            complaints.add(subject + ": " + now + " " + what + ", and the budget is " + budget);
        } else if (now < budget / LENIENCE - tolerance) {
            System.out.println(subject + ": " + now + " " + what + ", fewer than the budget's " + budget);
        }
    }

    private static @Nullable Budget budget(Row row, Who who) {
        return budgets.get(row, who);
    }

    @Test
    void systemCalls() throws Exception {
        assumeNo(Counter.whyNoCalls());
        Map<Subject, Map<String, Double>> calls = Counter.calls(ROWS, OURS);
        List<String> complaints = new ArrayList<>();
        for (Row row : ROWS) {
            for (Who who : row.who().stream().filter(OURS::contains).toList()) {
                Budget budget = budget(row, who);
                Subject subject = new Subject(row.id(), who.id());
                Double now = new Budget(subject, calls.get(subject), null, null).allCalls();
                compare(
                        complaints,
                        subject,
                        "system calls",
                        now,
                        budget == null ? null : budget.allCalls(),
                        MORE_CALLS);
            }
        }
        assertEquals("", String.join("\n", complaints));
    }

    @Test
    void bytes() throws Exception {
        List<String> complaints = new ArrayList<>();
        for (Row row : ROWS.stream().filter(Row::isQuick).toList()) {
            List<Who> ours = row.who().stream().filter(OURS::contains).toList();
            Map<Subject, Double> bytes = Counter.bytes(row, ours);
            for (Who who : ours) {
                Budget budget = budget(row, who);
                Subject subject = new Subject(row.id(), who.id());
                compare(
                        complaints,
                        subject,
                        "bytes",
                        bytes.get(subject),
                        budget == null ? null : budget.bytes(),
                        MORE_BYTES);
            }
        }
        assertEquals("", String.join("\n", complaints));
    }

    @Test
    void instructions() throws Exception {
        assumeNo(Counter.whyNoInstructions());
        assumeTrue(
                budgets.instructionsAreOfThisJava(MEASURED),
                () -> "the budget's instructions were not counted on " + Budgets.machine());
        Budget budget = budget(MEASURED, Who.SOCKFD);
        Double most = budget == null ? null : budget.instructions();
        Subject subject = new Subject(MEASURED.id(), Who.SOCKFD.id());
        Double now = Counter.instructions(MEASURED, List.of(Who.SOCKFD)).get(subject);
        System.out.println(subject + ": " + now + " instructions, and the budget is " + most);
        assertNotNull(most, "no budget");
        assertNotNull(now, "no count");
        assertTrue(now <= most * MORE_INSTRUCTIONS, () -> now + " instructions, and the budget is " + most);
    }
}
