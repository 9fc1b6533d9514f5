package io.sockfd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where child processes run: they would inherit the processor that the measuring JVM is pinned to. */
public final class Processors {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

    private Processors() {}

    /** How many there are, whatever this process may use. */
    public static int count() {
        try {
            int count = 0;
            for (String range : Files.readString(ONLINE).strip().split(",", -1)) { // as 0-3,8
                String[] ends = range.split("-", -1);
                count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
            }
            return count;
        } catch (IOException e) {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    /** The words before a command that may use all processors. */
    public static List<String> all() throws IOException {
        return List.of("taskset", "-c", Files.readString(ONLINE).strip());
    }

    /**
     * The words before two commands that get a processor each, the first two.
     *
     * @throws UnavailableException when there is one only
     */
    public static List<List<String>> two() throws IOException, UnavailableException {
        if (Files.readString(ONLINE).strip().equals("0")) {
            throw new UnavailableException("needs two processors");
        }
        return List.of(List.of("taskset", "-c", "0"), List.of("taskset", "-c", "1"));
    }
}
