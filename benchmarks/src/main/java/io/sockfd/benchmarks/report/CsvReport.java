package io.sockfd.benchmarks.report;

import java.util.Locale;

/** For spreadsheets and for whoever wants to do the sums again: a line for each JVM of each contestant of each row. */
public final class CsvReport {
    private static final String HEAD = "row,contestant,fork,nanos,ratio,ratio_lower,ratio_upper,bytes\n";

    private CsvReport() {}

    public static String of(Results results) {
        StringBuilder csv = new StringBuilder(HEAD);
        for (Result row : results.rows()) {
            for (Figure figure : row.figures()) {
                for (int fork = 0; fork < figure.forks().size(); fork++) {
                    Figure.Fork one = figure.forks().get(fork);
                    csv.append(String.format(
                            Locale.ROOT,
                            "%s,%s,%d,%.2f,%.4f,%.4f,%.4f,%.3f%n",
                            row.row(),
                            figure.who().id(),
                            fork + 1,
                            one.nanos(),
                            one.ratio(),
                            one.lower(),
                            one.upper(),
                            one.bytes()));
                }
            }
        }
        return csv.toString();
    }
}
