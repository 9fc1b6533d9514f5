package io.sockfd.benchmarks.command;

import io.sockfd.benchmarks.Row;
import io.sockfd.benchmarks.Who;
import io.sockfd.cli.Output;
import io.sockfd.cli.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code --list} shows. */
final class Listing {
    private Listing() {}

    static void print(CommandSpec spec, Map<Row, List<Who>> selection) {
        Table table = new Table(spec.commandLine().getColorScheme().ansi(), 0);
        selection.forEach((row, who) -> table.row(
                "@|bold " + row.id() + "|@",
                row.isQuick() ? "quick" : "",
                row.title(),
                who.stream().map(Who::id).collect(Collectors.joining(" "))));
        new Output(spec).print(table.toString());
    }
}
