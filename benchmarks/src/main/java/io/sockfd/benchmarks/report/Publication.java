package io.sockfd.benchmarks.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The results in the tree, {@code benchmarks/results}: for each machine and JDK the JSON and CSV of its full runs and a
 * table of all rows; and what the README shows of them.
 */
public final class Publication {
    private static final String RESULTS = "benchmarks/results";
    private static final String PICTURE = "ratios.svg";

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
        Path json = folder.resolve(name + ".json");
        Results all = Files.exists(json) ? Results.read(json).with(results) : results;
        put(json, all.json());
        put(folder.resolve(name + ".csv"), CsvReport.of(all));
    }

    /**
     * Writes the README's section, the picture and the tables from the results that are there.
     *
     * @throws IOException when there are none, or the README has no place for them
     */
    public void updateReadme() throws IOException {
        List<Results> all = readAll();
        Results first = all.get(0);
        for (Results results : all) {
            put(
                    folder.resolve(results.machine().id() + ".md"),
                    Markdown.provenance(results) + "\n\n" + Markdown.table(results.rows()));
        }
        put(folder.resolve(PICTURE), Picture.of(first.headlines()));
        Path readme = home.resolve("README.md");
        Readme.update(readme, section(first, all));
        written.accept(readme);
    }

    /** The newest JDK first, of equal ones the newest run. */
    private List<Results> readAll() throws IOException {
        List<Results> all = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
                for (Path file : files) {
                    all.add(Results.read(file));
                }
            }
        }
        if (all.isEmpty()) {
            throw new IOException("there are no results in " + folder + ": measure with --full --update-readme");
        }
        all.sort(Comparator.comparingInt((Results results) -> results.machine().feature())
                .thenComparing(Results::date)
                .reversed());
        return all;
    }

    private static String section(Results first, List<Results> all) {
        StringBuilder section = new StringBuilder();
        section.append("![Time of others, in times of sockfd](")
                .append(RESULTS)
                .append('/')
                .append(PICTURE)
                .append(")\n\n");
        section.append(Markdown.table(first.headlines())).append('\n');
        section.append(Markdown.provenance(first)).append(" All rows:");
        for (Results results : all) {
            String name = results.machine().id();
            section.append(String.format(
                    " [%s](%s/%s.md) ([JSON](%s/%s.json), [CSV](%s/%s.csv))",
                    name, RESULTS, name, RESULTS, name, RESULTS, name));
        }
        section.append(".\n\nWhere another library is faster, of all rows of that run:\n\n");
        return section.append(Markdown.losses(first.rows())).toString();
    }

    private void put(Path file, String text) throws IOException {
        Files.writeString(file, text);
        written.accept(file);
    }
}
