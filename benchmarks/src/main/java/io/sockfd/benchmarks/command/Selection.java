package io.sockfd.benchmarks.command;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.report.Family;
import io.sockfd.cli.Output;
import io.sockfd.cli.Table;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Which rows are measured, with whom. */
final class Selection {
    private static final Map<String, Set<Who>> NAMES = names();
    private static final int WIDTH = 80;

    private Selection() {}

    /**
     * The rows with these names, in the order of the table.
     *
     * @param names of operations and of rows
     * @throws IllegalArgumentException when there is none of a name
     */
    static List<Row> rows(List<Row> all, List<String> names) {
        for (String name : names) {
            if (all.stream().noneMatch(row -> isNamed(row, name))) {
                throw new IllegalArgumentException("there is no operation or row " + name + "; operations are "
                        + operations(all) + " (--list shows their rows)");
            }
        }
        return all.stream()
                .filter(row -> names.stream().anyMatch(name -> isNamed(row, name)))
                .toList();
    }

    private static boolean isNamed(Row row, String name) {
        return name.equals(row.operation()) || name.equals(row.id());
    }

    private static String operations(List<Row> all) {
        return String.join(", ", all.stream().map(Row::operation).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /**
     * Everybody with these names, and sockfd.
     *
     * @param names {@code nio} for both of {@code nio} and {@code nio-nonblocking}, and so on; none for everybody
     * @throws IllegalArgumentException when nobody has a name
     */
    static Set<Who> against(List<String> names) {
        if (names.isEmpty()) {
            return EnumSet.allOf(Who.class);
        }
        Set<Who> wanted = EnumSet.of(Who.SOCKFD);
        for (String name : names) {
            Set<Who> family = NAMES.get(name.toLowerCase(Locale.ROOT));
            if (family == null) {
                throw new IllegalArgumentException("nobody is called " + name + "; there are "
                        + Arrays.stream(Family.values()).map(Family::id).collect(Collectors.joining(", "))
                        + ", and the names in --list");
            }
            wanted.addAll(family);
        }
        return wanted;
    }

    /**
     * Each row with those of its contestants who are wanted; rows with nobody to compare are left out.
     *
     * @param other whether there is another jar: it takes part where sockfd does
     */
    static Map<Row, List<Who>> of(List<Row> rows, Set<Who> wanted, boolean other) {
        Map<Row, List<Who>> selection = new LinkedHashMap<>();
        boolean everybody = wanted.containsAll(EnumSet.allOf(Who.class));
        for (Row row : rows) {
            List<Who> who = row.without(EnumSet.complementOf(EnumSet.copyOf(wanted)));
            if (other && who.contains(Who.SOCKFD)) {
                who.add(who.indexOf(Who.SOCKFD) + 1, Who.OTHER);
            }
            if (everybody || who.stream().anyMatch(each -> each != Who.SOCKFD)) {
                selection.put(row, who);
            }
        }
        return selection;
    }

    /** What {@code --list} shows. */
    static void print(CommandSpec spec, Map<Row, List<Who>> selection) {
        Output out = new Output(spec);
        Ansi ansi = spec.commandLine().getColorScheme().ansi();
        selection.forEach((row, who) -> {
            out.print(new Table(ansi, 0)
                    .wrap(WIDTH)
                    .row("@|bold " + row.id() + "|@" + (row.isQuick() ? " (quick)" : ""), row.title())
                    .toString());
            out.print(new Table(ansi, 4)
                    .wrap(WIDTH)
                    .row(who.stream().map(Who::id).collect(Collectors.joining(" ")))
                    .toString());
        });
    }

    /** Families, and everybody alone. */
    private static Map<String, Set<Who>> names() {
        Map<String, Set<Who>> names = new LinkedHashMap<>();
        Arrays.stream(Family.values()).forEach(family -> names.put(family.id(), family.members()));
        Arrays.stream(Who.values()).forEach(who -> names.putIfAbsent(who.id(), Set.of(who)));
        return names;
    }
}
