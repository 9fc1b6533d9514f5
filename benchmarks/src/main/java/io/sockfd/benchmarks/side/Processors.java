package io.sockfd.benchmarks.side;

import io.sockfd.cli.kernel.Proc;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Where to measure. */
final class Processors {
    private Processors() {}

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
