package io.sockfd.benchmarks.report;

import io.sockfd.cli.FailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a README that is written by a program: what is between two markers. */
public final class Readme {
    public static final String BEGIN = "<!-- bench: written by ./sockfd bench --update-readme -->";
    public static final String END = "<!-- /bench -->";

    private Readme() {}

    /**
     * Replaces what is between the markers.
     *
     * @throws FailedException when the markers are not there, once each and in this order; nothing is written then
     */
    public static void update(Path file, String section) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin || text.indexOf(BEGIN, begin + 1) >= 0 || text.indexOf(END, end + 1) >= 0) {
            throw new FailedException(file + " must have one line " + BEGIN + " and, below it, one line " + END);
        }
        String updated =
                text.substring(0, begin + BEGIN.length()) + "\n\n" + section.strip() + "\n\n" + text.substring(end);
        if (!updated.equals(text)) {
            Files.writeString(file, updated);
        }
    }
}
