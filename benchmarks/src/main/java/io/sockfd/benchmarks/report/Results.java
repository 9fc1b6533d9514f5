package io.sockfd.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.sockfd.benchmarks.Who;
import io.sockfd.benchmarks.side.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run: what is kept as JSON.
 *
 * @param date of its end, ISO 8601 in UTC
 * @param command that makes another one like it
 * @param contestants what is behind each of their names
 */
public record Results(
        String date,
        String command,
        Machine machine,
        Settings settings,
        Map<Who, Contestant> contestants,
        List<Result> rows) {
    private static final int MOST_HEADLINES = 24;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** As {@link Who} has it. */
    public record Contestant(String title, String meaning, boolean ours) {}

    /** Everybody. */
    public static Map<Who, Contestant> everybody() {
        Map<Who, Contestant> everybody = new EnumMap<>(Who.class);
        Arrays.stream(Who.values())
                .forEach(who -> everybody.put(who, new Contestant(who.title(), who.meaning(), who.ours())));
        return everybody;
    }

    /**
     * What {@link #json} gave.
     *
     * @throws IOException when the file cannot be read or is something else
     */
    public static Results read(Path file) throws IOException {
        try {
            Results results = GSON.fromJson(Files.readString(file), Results.class);
            if (results != null && results.rows != null && results.machine != null) {
                return results;
            }
        } catch (JsonParseException e) {
            throw new IOException(file + " is no file of results: " + e.getMessage(), e);
        }
        throw new IOException(file + " is no file of results");
    }

    /** Of its date. */
    String day() {
        return date.substring(0, date.indexOf('T'));
    }

    public String json() {
        return GSON.toJson(this) + "\n";
    }

    /** The rows to show where there is no room for many: those of the quick run. */
    List<Result> headlines() {
        List<Result> quick = rows.stream().filter(Result::quick).toList();
        return rows.size() <= MOST_HEADLINES || quick.isEmpty() ? rows : quick;
    }

    /** These, with the rows of another run in the place of those of the same name, and after them where they are new. */
    public Results with(Results newer) {
        Map<String, Result> merged = new LinkedHashMap<>();
        rows.forEach(row -> merged.put(row.row(), row));
        newer.rows.forEach(row -> merged.put(row.row(), row));
        return new Results(
                newer.date, command, newer.machine, newer.settings, newer.contestants, List.copyOf(merged.values()));
    }

    /** Without rows whose figures are not to be trusted. */
    public Results sound() {
        List<Result> sound =
                rows.stream().filter(row -> row.troubles().isEmpty()).toList();
        return new Results(date, command, machine, settings, contestants, sound);
    }

    /** Whether there are figures, and all are to be trusted. */
    public boolean isSound() {
        return rows.stream().allMatch(row -> row.troubles().isEmpty());
    }
}
