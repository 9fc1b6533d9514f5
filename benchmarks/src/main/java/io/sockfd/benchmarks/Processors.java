package io.sockfd.benchmarks;

import io.sockfd.cli.kernel.Proc;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where to measure, and where child processes run: they would inherit the processor that the measuring JVM is pinned to. */
public final class Processors {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

    /**
     * Before whatever else wants the processor, sched(7): what others do between two slices does not matter, but what they
     * do in one is counted against a contestant. Only for loops that never wait for anybody.
     */
    public static final List<String> FIRST = List.of("chrt", "--rr", "1");

    private static final boolean CAN_GO_FIRST = succeeds(FIRST);

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

    /** Root may, or who has CAP_SYS_NICE. */
    public static boolean canGoFirst() {
        return CAN_GO_FIRST;
    }

    private static boolean succeeds(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such tool
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The last processor that this process may use, which gets the fewest interrupts; -1 when nothing can pin to it. */
    public static int toPinTo() {
        boolean canPin = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "taskset")));
        return canPin
                ? Proc.self()
                        .field("self/status", "Cpus_allowed_list")
                        .map(Processors::lastOf)
                        .orElse(-1)
                : -1;
    }

    /** Of a list as {@code 0-3,8}; see cpuset(7). */
    public static int lastOf(String list) {
        String[] numbers = list.split("[-,]", -1);
        return Integer.parseInt(numbers[numbers.length - 1].strip());
    }
}
