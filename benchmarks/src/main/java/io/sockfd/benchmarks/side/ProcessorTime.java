package io.sockfd.benchmarks.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code /proc/stat} says of one processor, in ticks; see proc_stat(5). */
record ProcessorTime(long total, long stolen) {
    private static final int STEAL = 8;
    private static final int GUEST = 9;

    static ProcessorTime now(int cpu) throws IOException {
        String name = cpu < 0 ? "cpu" : "cpu" + cpu;
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            List<String> words = List.of(line.trim().split("\\s+", -1));
            if (words.get(0).equals(name)) {
                // guest time is in user time already
                long total = words.subList(1, GUEST).stream()
                        .mapToLong(Long::parseLong)
                        .sum();
                return new ProcessorTime(total, Long.parseLong(words.get(STEAL)));
            }
        }
        throw new IOException("/proc/stat has no " + name);
    }

    double stolenSince(ProcessorTime before) {
        long ticks = total - before.total;
        return ticks == 0 ? 0 : (double) (stolen - before.stolen) / ticks;
    }
}
