package io.sockfd.benchmarks.count;

import io.sockfd.benchmarks.Operations;
import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table of what each operation may cost, {@code benchmarks/budgets/OPERATION.tsv}. Calls and bytes are the same on every
 * machine; instructions belong to one Java and one processor, which the first line of a file names.
 */
public final class Budgets {
    private static final String SUFFIX = ".tsv";
    private static final String COMMENT = "# instructions counted on ";

    private final Map<Subject, Budget> budgets = new HashMap<>();
    private final Map<String, String> machines = new HashMap<>();

    /** What instructions depend on. */
    static String machine() {
        return "Java " + Runtime.version() + ", " + System.getProperty("os.arch");
    }

    static Budgets read(Path directory) throws IOException {
        Budgets all = new Budgets();
        if (!Files.isDirectory(directory)) {
            return all;
        }
        List<Path> files;
        try (Stream<Path> paths = Files.list(directory)) {
            files = paths.filter(path -> path.toString().endsWith(SUFFIX)).toList();
        }
        for (Path file : files) {
            String operation = file.getFileName().toString().replace(SUFFIX, "");
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(COMMENT)) {
                    all.machines.put(operation, line.substring(COMMENT.length()));
                } else if (!line.equals(Budget.HEAD)) {
                    all.add(Budget.parse(line));
                }
            }
        }
        return all;
    }

    void add(Budget budget) {
        budgets.merge(budget.subject(), budget, (before, now) -> now.orElse(before));
    }

    @Nullable
    Budget get(Row row, Who who) {
        return budgets.get(new Subject(row.id(), who.id()));
    }

    /** Whether a row's instructions were counted on the Java that runs this. */
    boolean instructionsAreOfThisJava(Row row) {
        return machine().equals(machines.get(row.operation()));
    }

    /** Takes what was counted, and forgets who does not take part any more; writes the files of these rows' operations. */
    void write(Path directory, List<Row> rows, boolean instructions) throws IOException {
        Files.createDirectories(directory);
        for (String operation : rows.stream().map(Row::operation).distinct().toList()) {
            List<String> lines = new ArrayList<>();
            String machine = instructions ? machine() : machines.get(operation);
            if (machine != null) {
                lines.add(COMMENT + machine);
            }
            lines.add(Budget.HEAD);
            for (Row row : Operations.named(List.of(operation))) {
                for (Who who : row.who()) {
                    Optional.ofNullable(get(row, who)).map(Budget::line).ifPresent(lines::add);
                }
            }
            Files.write(directory.resolve(operation + SUFFIX), lines);
        }
    }
}
