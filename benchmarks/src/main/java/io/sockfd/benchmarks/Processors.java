package io.sockfd.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where child processes run: they would inherit the processor that the measuring JVM is pinned to. */
public final class Processors {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Processors() {}

    /** The words before a command that may use all processors. */
    public static List<String> all() throws IOException {
        return taskset(Files.readString(ONLINE).strip());
    }

    /** The words before a command that stays away from the processor of this process, if there is another. */
    public static List<String> other() throws IOException {
        List<Integer> free = list(Files.readString(ONLINE).strip());
        free.removeAll(list(own()));
        return free.isEmpty() ? List.of() : taskset(Integer.toString(free.get(0)));
    }

    private static List<String> taskset(String processors) {
        return List.of("taskset", "-c", processors);
    }

    private static String own() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(ALLOWED)) {
                return line.substring(ALLOWED.length()).strip();
            }
        }
        throw new IOException("/proc/self/status has no " + ALLOWED);
    }

    /** {@code 0-2,5} is 0, 1, 2, 5. */
    static List<Integer> list(String text) {
        List<Integer> processors = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
                processors.add(i);
            }
        }
        return processors;
    }
}
