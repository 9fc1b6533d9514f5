package io.sockfd.benchmarks.command;

import io.sockfd.benchmarks.report.Comparison;
import io.sockfd.benchmarks.report.ComparisonReport;
import io.sockfd.benchmarks.report.Results;
import io.sockfd.cli.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sockfd bench compare}. */
@Command(
        name = "compare",
        description = {
            "Shows the rows of several results.json side by side: of two machines, of several JDKs, of two versions. Says which "
                    + "figures differ from those of the first file, and whether that may be chance.",
            "Nothing is measured."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sockfd bench compare before.json after.json",
            "  sockfd bench compare --names 17,25 jdk17/results.json jdk25/results.json"
        })
final class Compare implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "2..*", description = "Results as JSON, from an earlier bench.")
    private List<Path> files = List.of();

    @Option(
            names = "--names",
            paramLabel = "NAME",
            split = ",",
            description = "What to call them (default: the names of the files, or of their folders).")
    private List<String> names = List.of();

    @Option(names = "--markdown", description = "A table for a page instead of text.")
    private boolean markdown;

    @Override
    public Integer call() throws IOException {
        List<String> heads = names.isEmpty()
                ? ComparisonReport.names(files.stream().map(Path::toString).toList())
                : names;
        if (heads.size() != files.size()) {
            throw new ParameterException(
                    spec.commandLine(), "there are " + files.size() + " files, and " + heads.size() + " --names");
        }
        List<Results> runs = new ArrayList<>();
        for (Path file : files) {
            runs.add(Results.read(file));
        }
        ComparisonReport report = new ComparisonReport(new Comparison(heads, runs));
        new Output(spec)
                .print(
                        markdown
                                ? report.markdown()
                                : report.text(
                                        spec.commandLine().getColorScheme().ansi()));
        return 0;
    }
}
