package io.sockfd.benchmarks.command;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.cli.Output;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --list} shows. */
final class Listing {
    private Listing() {}

    static void print(CommandSpec spec, Map<Row, List<Who>> selection) {
        Output out = new Output(spec);
        selection.forEach((row, who) -> {
            out.line(spec.commandLine()
                            .getColorScheme()
                            .ansi()
                            .string("@|bold " + row.id() + "|@" + (row.isQuick() ? " (quick)" : ""))
                    + ": " + row.title());
            out.line("    " + who.stream().map(Who::id).collect(Collectors.joining(" ")));
        });
    }
}
