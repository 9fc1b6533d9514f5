package io.sockfd.benchmarks.report;

import io.sockfd.cli.FailedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The results in the tree, {@code benchmarks/results}: for each machine and JDK the JSON and CSV of its full runs and a
 * table of all rows; and what the README and the benchmarks' page show of them.
 */
public final class Publication {
    private static final String RESULTS = "benchmarks/results";
    private static final String PICTURE = "ratios.svg";
    private static final String PAGE = "benchmarks/README.md";

    private static final String JSON = ".json";

    /** A file of results, by its name without the end. */
    private record Kept(String name, Results results) {}

    private final Path home;
    private final Path folder;
    private final Consumer<Path> written;

    /**
     * The publication of a tree.
     *
     * @param home its root
     * @param written is told of each file
     */
    public Publication(Path home, Consumer<Path> written) {
        this.home = home;
        this.folder = home.resolve(RESULTS);
        this.written = written;
    }

    /** Keeps what is sound of a run, in the place of what was known of the same rows. */
    public void keep(Results run) throws IOException {
        Results results = run.sound();
        if (results.rows().isEmpty()) {
            return;
        }
        Files.createDirectories(folder);
        String name = run.machine().id();
        Path json = folder.resolve(name + JSON);
        Results all = Files.exists(json) ? Results.read(json).with(results) : results;
        put(json, all.json());
        put(folder.resolve(name + ".csv"), CsvReport.of(all));
    }

    /**
     * Writes the sections of the README and of the benchmarks' page, the picture and the tables from the results that are there.
     *
     * @throws FailedException when there are none, or one of the two has no place for them
     */
    public void updateReadme() throws IOException {
        List<Kept> all = readAll();
        for (Kept kept : all) {
            put(
                    folder.resolve(kept.name() + ".md"),
                    Markdown.provenance(kept.results()) + "\n\n"
                            + Markdown.table(kept.results().rows()));
        }
        put(folder.resolve(PICTURE), Picture.of(all.get(0).results().headlines()));
        update("README.md", headlines(all.get(0).results()));
        update(PAGE, details(all));
    }

    private void update(String name, String section) throws IOException {
        Path file = home.resolve(name);
        Readme.update(file, section);
        written.accept(file);
    }

    /** The newest JDK first, of equal ones the newest run. */
    private List<Kept> readAll() throws IOException {
        List<Kept> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + JSON)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    all.add(new Kept(name.substring(0, name.length() - JSON.length()), Results.read(file)));
                }
            }
        }
        if (all.isEmpty()) {
            throw new FailedException("there are no results in " + folder + ": measure with --full --update-readme");
        }
        all.sort(Comparator.comparingInt((Kept kept) -> kept.results().machine().feature())
                .thenComparing(kept -> kept.results().date())
                .reversed());
        return all;
    }

    /** For the first page: a picture, a table, and where the rest is. */
    private static String headlines(Results results) {
        return "![Time of others, in times of sockfd](" + RESULTS + "/" + PICTURE + ")\n\n"
                + Markdown.table(results.headlines()) + "\n"
                + Markdown.summary(results)
                + " All rows, those in which another library is faster, and how it is measured: [benchmarks](" + PAGE
                + "#where-another-library-is-faster).\n";
    }

    /** For the benchmarks' own page, whose folder the results are in. */
    private static String details(List<Kept> all) {
        Results first = all.get(0).results();
        return Markdown.provenance(first) + " All rows:"
                + all.stream().map(Publication::links).collect(Collectors.joining(",", "", "."))
                + "\n\n### Where another library is faster\n\nOf all rows of that run:\n\n"
                + Markdown.losses(first.rows());
    }

    private static String links(Kept kept) {
        String file = "results/" + kept.name();
        String day = kept.results().day();
        return String.format(
                "%n[%s](%s.md) of %s ([JSON](%s.json), [CSV](%s.csv))", kept.name(), file, day, file, file);
    }

    private void put(Path file, String text) throws IOException {
        Files.writeString(file, text);
        written.accept(file);
    }
}
