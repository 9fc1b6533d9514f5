package io.sockfd.benchmarks.side;

import io.sockfd.cli.kernel.Proc;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where to measure. */
final class Processors {
    /**
     * Before whatever else wants the processor, sched(7): what others do between two slices does not matter, but what they
     * do in one is counted against a contestant. Only for loops that never wait for anybody.
     */
    static final List<String> FIRST = List.of("chrt", "--rr", "1");

    private static final boolean CAN_GO_FIRST = succeeds(FIRST);

    private Processors() {}

    /** Root may, or who has CAP_SYS_NICE. */
    static boolean canGoFirst() {
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
    static int toPinTo() {
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
    static int lastOf(String list) {
        String[] numbers = list.split("[-,]", -1);
        return Integer.parseInt(numbers[numbers.length - 1].strip());
    }
}
