package io.sockfd.benchmarks.command;

import io.sockfd.benchmarks.report.CsvReport;
import io.sockfd.benchmarks.report.HtmlReport;
import io.sockfd.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files that a run leaves. */
final class ResultFiles {
    private static final String HOME = "sockfd.home";

    private ResultFiles() {}

    /** The tree that the launcher is in; null without a launcher. */
    static @Nullable Path home() {
        String home = System.getProperty(HOME);
        return home == null ? null : Path.of(home);
    }

    /** Where files go when nobody says where. */
    static Path usualFolder() {
        Path home = home();
        return home != null && Files.isWritable(home)
                ? home.resolve("target").resolve("bench")
                : Path.of("sockfd-bench");
    }

    /** Writes them, and tells of each. */
    static void write(Results results, Path folder, Consumer<Path> written) throws IOException {
        Files.createDirectories(folder);
        put(folder.resolve("results.json"), results.json(), written);
        put(folder.resolve("results.csv"), CsvReport.of(results), written);
        put(folder.resolve("results.html"), HtmlReport.of(results), written);
    }

    private static void put(Path file, String text, Consumer<Path> written) throws IOException {
        Files.writeString(file, text);
        written.accept(file);
    }
}
