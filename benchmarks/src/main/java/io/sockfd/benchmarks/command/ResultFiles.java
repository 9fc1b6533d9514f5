package io.sockfd.benchmarks.command;

import io.sockfd.benchmarks.report.CsvReport;
import io.sockfd.benchmarks.report.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Writes them, and says where they are. */
    static void write(Results results, Path folder, PrintWriter say) throws IOException {
        Files.createDirectories(folder);
        put(folder.resolve("results.json"), results.json(), say);
        put(folder.resolve("results.csv"), CsvReport.of(results), say);
    }

    private static void put(Path file, String text, PrintWriter say) throws IOException {
        Files.writeString(file, text);
        say.println(file);
    }
}
