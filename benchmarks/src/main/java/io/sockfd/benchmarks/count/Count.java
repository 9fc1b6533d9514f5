package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts everybody's system calls, bytes and, if asked for, instructions; prints them, and renews the budgets. */
public final class Count {
    /** Nothing of the library is in kind, of netty in most of its own, and the others make the calls of epoll-wait and epoll-ctl. */
    private static final Set<String> NOT_COUNTED =
            Set.of("kind", "many-sockets", "many-registrations", "netty-nio", "netty-gso");

    private Count() {}

    /**
     * Counts some rows; those that are no plain loop are left out.
     *
     * @param instructions of the quick rows too, with callgrind, which takes half a minute a row
     * @param budgets the folder of the tables to renew, or null
     * @param lines is told of each contestant
     */
    public static void run(List<Row> rows, boolean instructions, @Nullable Path budgets, Consumer<String> lines)
            throws IOException, InterruptedException {
        List<Row> plain = rows.stream().filter(Count::isPlain).toList();
        List<Who> who = List.of(Who.values());
        refuse(Counter.whyNoCalls());
        if (instructions) {
            refuse(Counter.whyNoInstructions());
        }
        Budgets all = budgets == null ? new Budgets() : Budgets.read(budgets);
        Map<Subject, Map<String, Double>> calls = Counter.calls(plain, who);
        lines.accept(Budget.HEAD);
        for (Row row : plain) {
            Map<Subject, Double> bytes = Counter.bytes(row, who);
            Map<Subject, Double> executed =
                    instructions && row.isQuick() ? Counter.instructions(row, who) : new HashMap<>();
            for (Budget budget : budgets(row, calls, executed, bytes)) {
                all.add(budget);
                lines.accept(budget.line());
            }
        }
        if (budgets != null) {
            all.write(budgets, plain, instructions);
        }
    }

    private static List<Budget> budgets(
            Row row,
            Map<Subject, Map<String, Double>> calls,
            Map<Subject, Double> instructions,
            Map<Subject, Double> bytes) {
        List<Budget> budgets = new ArrayList<>();
        for (Who who : row.who()) {
            Subject subject = new Subject(row.id(), who.id());
            if (calls.containsKey(subject)) {
                budgets.add(new Budget(subject, calls.get(subject), instructions.get(subject), bytes.get(subject)));
            }
        }
        return budgets;
    }

    /** So many things in one run are not counted. */
    private static final int MANY = 1000;

    /** Others measure a server's time, or wait for somebody else. */
    static boolean isPlain(Row row) {
        // the more interfaces a machine has, the more calls does the last one make
        // and a run of a thousand connections takes minutes when each of its calls is traced
        return row.metric().equals("time")
                && !row.id().equals("netlink/interfaces")
                && !NOT_COUNTED.contains(row.operation())
                && row.divisor() < MANY;
    }

    private static void refuse(Optional<String> why) throws IOException {
        if (why.isPresent()) {
            throw new IOException(why.get());
        }
    }

    /** Arguments: operations or rows, all if there are none; {@code --instructions}; {@code --renew-budgets=FOLDER}. */
    public static void main(String... args) throws Exception {
        boolean instructions = false;
        Path budgets = null;
        List<String> wanted = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals("--instructions")) {
                instructions = true;
            } else if (arg.startsWith("--renew-budgets=")) {
                budgets = Path.of(arg.substring("--renew-budgets=".length()));
            } else {
                wanted.add(arg);
            }
        }
        run(Operations.named(wanted), instructions, budgets, System.out::println);
    }
}
